import Formats
import Platform

/// Reads a schema of pandera, as `to_yaml` and `to_json` write it.
struct PanderaReader {
  private let root: ForeignNode
  private var tests: ForeignTests

  init(_ root: ForeignNode, _ data: String?) {
    self.root = root
    tests = ForeignTests(
      file: root.file, data: data ?? ForeignTests.path(of: root["name"]?.text ?? "data"))
  }

  func suites() throws(Failure) -> [ForeignSuite] {
    guard let columns = root["columns"] else {
      throw Failure(.invalid, "a schema of pandera without `columns`", at: root.location)
    }
    var reader = self
    let fields = columns.fields
    for (name, column) in fields { reader.read(name, column) }
    reader.readTable(fields)
    return [
      ForeignSuite(
        tool: .pandera, name: root["name"]?.text, suite: reader.tests.finished(),
        remarks: reader.tests.remarks)
    ]
  }

  private mutating func readTable(_ columns: [(key: String, value: ForeignNode)]) {
    let isOrdered = root["ordered"]?.truth ?? false
    var isStrict = root["strict"]?.truth ?? false
    // A pattern of names stands for columns that cannot be listed; the others are in order all the same.
    let named = columns.filter { $0.value["regex"]?.truth != true }
    let names = named.map(\.key)
    if isStrict, named.count < columns.count {
      isStrict = false
      tests.leave(
        "`strict`", "the columns that a pattern of names stands for cannot be listed",
        at: root["strict"]?.location ?? root.location)
    }
    if isStrict || isOrdered, named.contains(where: { $0.value["required"]?.truth == false }) {
      tests.remark(
        isStrict ? "`strict`" : "`ordered`",
        "columns with `required: false` have to be there too", at: root.location)
    }
    if let strict = root["strict"], strict.truth == nil {
      tests.leave(
        "strict: \(strict.text ?? "")", "data is looked at and not changed; write `schema`",
        at: strict.location)
    }
    if isStrict || isOrdered, !names.isEmpty {
      tests.add(
        .schema(columns: names, isOrdered: isOrdered, allowsOthers: !isStrict), of: "strict",
        at: root["strict"]?.location ?? root.location)
    }
    if let unique = root["unique"], let columns = unique.texts, !columns.isEmpty {
      tests.add(.duplicates(columns: columns, max: 0), of: "unique", at: unique.location)
    }
    for key in ["checks", "index", "dtype", "parsers"] {
      guard let node = root[key] else { continue }
      tests.leave(
        "`\(key)` of the schema",
        key == "index" ? "tables have no index here; name the column" : "there is no such test",
        at: node.location)
    }
  }

  // MARK: Columns

  private mutating func read(_ name: String, _ column: ForeignNode) {
    guard column["regex"]?.truth != true else {
      return tests.leave(
        "`\(name)`, which is a pattern of names", "columns are named one by one",
        at: column.location)
    }
    if column["required"]?.truth == false {
      tests.remark(
        "`required: false` of `\(name)`", "a column that is tested has to be there",
        at: column.location)
    }
    var type: ColumnType?
    if let said = column["dtype"] {
      type = said.text.flatMap(ColumnType.init(storage:))
      if type == nil {
        tests.leave(
          "`dtype: \(said.text ?? "")` of `\(name)`", "there is no such type", at: said.location)
      }
    }
    tests.declare(name, type)
    if type == .float {
      tests.remark(
        "`dtype` of `\(name)`", "whole numbers are floats too here", at: column.location)
    }
    if let type { tests.add(.type(type), name, of: "`dtype` of `\(name)`", at: column.location) }
    let isNullable = column["nullable"]?.truth ?? false
    if !isNullable {
      tests.add(.nulls(max: 0), name, of: "`nullable` of `\(name)`", at: column.location)
    }
    if column["unique"]?.truth == true {
      tests.add(.unique, name, of: "`unique` of `\(name)`", at: column.location)
      if isNullable {
        tests.remark(
          "`unique` of `\(name)`", "two missing values are no duplicates here",
          at: column.location)
      }
    }
    // Newer versions write checks beside the other keys, older ones below `checks`.
    let own = [
      "title", "description", "dtype", "nullable", "unique", "coerce", "required", "regex",
      "checks", "default", "metadata", "report_duplicates", "drop_invalid_rows", "parsers",
    ]
    var checks = column.fields.filter { !own.contains($0.key) && !$0.value.isNull }
    if let listed = column["checks"] {
      checks += listed.fields
      for item in listed.items ?? [] {
        // Where one check stands there twice, each says by itself which it is.
        if let name = item["options"]?["check_name"]?.text {
          checks.append((name, item))
        } else {
          checks += item.fields
        }
      }
    }
    for (key, check) in checks { read(key, check, of: name, type) }
  }

  private mutating func read(
    _ key: String, _ check: ForeignNode, of name: String, _ type: ColumnType?
  ) {
    // A value alone, or by its name with options beside it.
    let value = ["value", Self.argument(of: key)].lazy.compactMap { check[$0] }.first ?? check
    let options = check["options"] ?? check
    let severity: TestSeverity = options["raise_warning"]?.truth == true ? .warn : .error
    let what = "`\(key)` of `\(name)`"
    guard options["ignore_na"]?.truth != false else {
      return tests.leave(what, "missing values are no values here", at: check.location)
    }
    guard options["groupby"] == nil else {
      return tests.leave(what, "groups are compared by what Python does", at: check.location)
    }
    guard let kinds = kinds(key, value, check, of: name, type), !kinds.isEmpty else {
      return tests.leave(what, "there is no such test", at: check.location)
    }
    for kind in kinds {
      let isOfTable = if case .holds = kind { true } else { false }
      tests.add(
        kind, isOfTable ? nil : name, severity: severity, of: what, at: check.location)
    }
  }

  /// What a check's only value is called, where it has options.
  private static func argument(of key: String) -> String {
    switch key {
    case "greater_than", "gt", "greater_than_or_equal_to", "ge": "min_value"
    case "less_than", "lt", "less_than_or_equal_to", "le": "max_value"
    case "isin": "allowed_values"
    case "notin": "forbidden_values"
    case "unique_values_eq": "values"
    case "str_matches", "str_contains": "pattern"
    case "str_startswith", "str_endswith": "string"
    default: "value"
    }
  }

  private func kinds(
    _ key: String, _ value: ForeignNode, _ check: ForeignNode, of name: String, _ type: ColumnType?
  ) -> [DataTest.Kind]? {
    switch key {
    case "greater_than", "gt", "greater_than_or_equal_to", "ge", "less_than", "lt",
      "less_than_or_equal_to", "le":
      let isLower = key.hasPrefix("g")
      let isStrict = key.hasSuffix("than") || key.hasSuffix("t")
      return limit(value, name, isLower: isLower, isStrict: isStrict && !key.hasSuffix("to"))
        .map { [$0] }
    case "in_range", "between":
      let low = limit(
        check["min_value"], name, isLower: true, isStrict: check["include_min"]?.truth == false)
      let high = limit(
        check["max_value"], name, isLower: false, isStrict: check["include_max"]?.truth == false)
      guard let low, let high else { return nil }
      if case (.range(let a), .range(let b)) = (low, high) {
        return [
          .range(
            Bounds(
              lower: a.lower, upper: b.upper, excludesLower: a.excludesLower,
              excludesUpper: b.excludesUpper))
        ]
      }
      return [low, high]
    case "equal_to", "eq":
      if let number = value.number, type?.isNumber != false {
        return [.range(Bounds(lower: number, upper: number))]
      }
      return value.text.map { [.inSet(.values([$0]), isNegated: false)] }
    case "not_equal_to", "ne": return value.text.map { [.inSet(.values([$0]), isNegated: true)] }
    case "isin": return value.values.map { [.inSet(.values($0), isNegated: false)] }
    case "notin": return value.values.map { [.inSet(.values($0), isNegated: true)] }
    case "unique_values_eq":
      return value.values.map { values in
        let count = Double(values.count)
        return [
          .inSet(.values(values), isNegated: false),
          .statistic(.distinct, Bounds(lower: count, upper: count)),
        ]
      }
    case "str_matches": return value.text.map { [.pattern(WholePattern.matching($0))] }
    case "str_contains": return value.text.map { [.pattern(WholePattern.searching($0))] }
    case "str_startswith":
      return value.text.map { [.pattern(WholePattern.literal($0) + #"[\s\S]*"#)] }
    case "str_endswith":
      return value.text.map { [.pattern(#"[\s\S]*"# + WholePattern.literal($0))] }
    case "str_length":
      let exact = check["exact_value"] ?? value
      if let exact = exact.number { return [.length(Bounds(lower: exact, upper: exact))] }
      return Bounds(check["min_value"], check["max_value"]).map { [.length($0)] }
    default: return nil
    }
  }

  /// One side of a range; of times a comparison of texts.
  private func limit(
    _ node: ForeignNode?, _ name: String, isLower: Bool, isStrict: Bool
  ) -> DataTest.Kind? {
    guard let node else { return nil }
    if let number = node.number {
      return .range(
        isLower
          ? Bounds(lower: number, excludesLower: isStrict)
          : Bounds(upper: number, excludesUpper: isStrict))
    }
    let comparison: RowExpression.Comparison =
      isLower ? isStrict ? .greater : .greaterOrEqual : isStrict ? .less : .lessOrEqual
    return node.text.map { .holds(.comparison(comparison, .column(name), .text($0))) }
  }
}
