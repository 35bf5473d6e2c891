import Formats
import Platform

/// Reads checks of Soda (SodaCL, `checks.yml`): a suite for each `checks for TABLE`.
struct SodaReader {
  private let root: ForeignNode
  private let data: String?

  init(_ root: ForeignNode, _ data: String?) {
    self.root = root
    self.data = data
  }

  func suites() throws(Failure) -> [ForeignSuite] {
    var suites: [ForeignSuite] = []
    var others: [ForeignSuite.Remark] = []
    for (key, section) in root.fields {
      guard key.hasPrefix("checks for "), let checks = section.items else {
        others.append(
          .init(
            what: "`\(key)`", why: "there is no such section", location: section.location,
            isTranslated: false))
        continue
      }
      let name = String(key.dropFirst("checks for ".count))
      guard name.unicodeScalars.allSatisfy({ $0 != "[" && $0 != " " }) else {
        others.append(
          .init(
            what: "`\(key)`", why: "a part of a table has no suite; write `where` in a suite",
            location: section.location, isTranslated: false))
        continue
      }
      var table = SodaTable(
        ForeignTests(file: root.file, data: data ?? ForeignTests.path(of: name)))
      for check in checks { table.read(check) }
      suites.append(
        ForeignSuite(
          tool: .soda, name: name, suite: table.tests.finished(), remarks: table.tests.remarks))
    }
    guard !suites.isEmpty else {
      throw Failure(
        .invalid, "there is no `checks for TABLE` in `\(root.file)`", at: root.location)
    }
    suites[0].remarks += others
    return suites
  }
}

/// The checks of one table.
struct SodaTable {
  var tests: ForeignTests

  init(_ tests: ForeignTests) { self.tests = tests }

  mutating func read(_ node: ForeignNode) {
    if let text = node.text { return read(SodaCheck(text, nil, node.location), of: text) }
    guard let (key, value) = node.fields.first else { return }
    switch key {
    case "schema": readSchema(value)
    case "failed rows": readRows(value)
    default: read(SodaCheck(key, value, node.location), of: key)
    }
  }

  private mutating func read(_ check: SodaCheck?, of text: String) {
    guard let check else {
      return tests.leave(
        "`\(text)`", "there is no such check", at: SourceLocation(file: tests.suite.file))
    }
    var filter: RowExpression?
    if let condition = check.options?["filter"] {
      let sql = condition.text?.replacing(" = ", with: " == ")
      guard let parsed = sql.flatMap({ try? RowExpression(parsing: $0) }) else {
        return tests.leave(
          "`\(text)`", "its `filter` cannot be read; write it behind `where`",
          at: condition.location)
      }
      filter = parsed
    }
    if let (child, parent) = check.reference {
      return tests.add(
        .foreignKey(
          TableReference(.path(ForeignTests.path(of: parent.table)), at: check.location),
          column: parent.column), child, filter: filter, of: "`\(text)`", at: check.location)
    }
    // One condition, or one for each severity; that of a freshness is no number.
    var conditions: [(TestSeverity, Bounds)] = check.bounds.map { [(.error, $0)] } ?? []
    if check.metric == "freshness" { conditions = [(.error, Bounds())] }
    for (word, severity) in [("fail", TestSeverity.error), ("warn", .warn)] {
      guard let when = check.options?[word]?.text, when.hasPrefix("when "),
        let bounds = SodaCheck.bounds(String(when.dropFirst("when ".count)))
      else { continue }
      // It says when the check does not pass.
      guard let opposite = bounds.opposite else { continue }
      conditions.append((severity, opposite))
    }
    let kinds = conditions.flatMap { severity, bounds in
      (check.kinds(bounds) ?? []).map { (severity, $0) }
    }
    guard !kinds.isEmpty else {
      return tests.leave("`\(text)`", "there is no such test", at: check.location)
    }
    if check.metric.hasSuffix("_percent"), conditions.contains(where: \.1.excludesUpper) {
      tests.remark(
        "`\(text)`", "a share that is as large passes too: ours is `<=`", at: check.location)
    }
    for (severity, test) in kinds {
      tests.add(
        test.kind, test.column, mostly: test.mostly, severity: severity, filter: filter,
        of: "`\(text)`", at: check.location)
    }
  }

  private mutating func readSchema(_ node: ForeignNode) {
    for (word, severity) in [("fail", TestSeverity.error), ("warn", .warn)] {
      for (key, value) in node[word]?.fields ?? [] {
        let what = "`\(key)` of `schema`"
        switch key {
        case "when required column missing":
          guard let names = value.texts else { continue }
          tests.add(
            .schema(columns: names, isOrdered: false, allowsOthers: true), severity: severity,
            of: what, at: value.location)
        case "when wrong column type":
          for (name, type) in value.fields {
            guard let found = type.text.flatMap(ColumnType.init(storage:)) else {
              tests.leave(
                "\(what) for `\(name)`", "there is no type `\(type.text ?? "")`", at: type.location)
              continue
            }
            tests.declare(name, found)
            tests.add(.type(found), name, severity: severity, of: what, at: type.location)
          }
        default:
          tests.leave(
            what, "write `schema`, or `schema extra allow`, under `table`", at: value.location)
        }
      }
    }
  }

  private mutating func readRows(_ node: ForeignNode) {
    let text = node["fail condition"]?.text?.replacing(" = ", with: " == ")
    guard let text, let condition = try? RowExpression(parsing: text) else {
      return tests.leave(
        "`failed rows`", "SQL is not run; write a condition: `start <= end`", at: node.location)
    }
    tests.add(.holds(.not(condition)), of: "`failed rows`", at: node.location)
  }
}

extension Bounds {
  /// All numbers that are not inside; nil when these are not in one piece.
  fileprivate var opposite: Bounds? {
    switch (lower, upper) {
    case (let lower?, nil): Bounds(upper: lower, excludesUpper: !excludesLower)
    case (nil, let upper?): Bounds(lower: upper, excludesLower: !excludesUpper)
    default: nil
    }
  }
}
