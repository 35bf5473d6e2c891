import Formats

extension DataSuite {
  /// The suite as a file of `tests/data`, in short forms wherever there is one. Reads back to the same suite.
  package func yaml() -> String {
    var entries: [YAMLValue.Entry] = []
    func add(_ key: String, _ value: YAMLValue?) {
      if let value { entries.append(.init(.string(key), value)) }
    }
    add("name", name.map { .string($0) })
    add("description", description.map { .string($0) })
    add("data", .string(data.text))
    add("reference", reference.map { .string($0.text) })
    // A column that is called so is the label anyway.
    let isUsual = label == "label" && columns.contains { $0.name == "label" }
    add("label", isUsual ? nil : label.map { .string($0) })
    add("columns", columnsValue)
    add("table", tableValue)
    add("drift", driftValue)
    add("splits", splitsValue)
    var options = PythonYAMLWriter.Options()
    options.width = 1 << 30
    options.sortsKeys = false
    return PythonYAMLWriter.text(.map(entries), options)
  }

  /// The most characters of a line of tests; longer ones are lists.
  private static let lineWidth = 100

  private var declared: [String] { columns.map(\.name) }

  private var columnsValue: YAMLValue? {
    guard !columns.isEmpty else { return nil }
    return .map(
      columns.map { column in
        let lines = tests.filter { $0.isLine(of: column.name) }.map { $0.line() }
        let line = lines.joined(separator: ", ")
        let isShort = line.unicodeScalars.count + column.name.unicodeScalars.count <= Self.lineWidth
        let value: YAMLValue =
          lines.isEmpty
          ? .none : isShort ? .string(line) : .list(lines.map { .string($0) })
        return .init(.string(column.name), value)
      })
  }

  private var tableValue: YAMLValue? {
    let names = Set(declared)
    let items = tests.compactMap { test -> YAMLValue? in
      if let column = test.column {
        guard !names.contains(column), !test.isDrift else { return nil }
        return test.tableItem(of: column)
      }
      if test.kind == .schema(columns: declared, isOrdered: false, allowsOthers: true) {
        return nil
      }
      switch test.kind {
      case .split, .driftedShare: return nil
      default: return .string(test.line(declared: declared))
      }
    }
    return items.isEmpty ? nil : .list(items)
  }

  private var driftValue: YAMLValue? {
    var entries: [YAMLValue.Entry] = []
    let usual = DriftSettings()
    if drift.method != usual.method {
      entries.append(.init(.string("method"), .string(drift.method.rawValue)))
    }
    if drift.correction != usual.correction {
      entries.append(.init(.string("correction"), .string(drift.correction.rawValue)))
    }
    var columns: [YAMLValue.Entry] = []
    for test in tests where test.isDrift {
      guard let column = test.column else { continue }
      let line = YAMLValue.string(String(test.line().dropFirst("drift ".count)))
      if let place = columns.firstIndex(where: { $0.key == .string(column) }) {
        columns[place].value = .list((columns[place].value.list ?? [columns[place].value]) + [line])
      } else {
        columns.append(.init(.string(column), line))
      }
    }
    if !columns.isEmpty { entries.append(.init(.string("columns"), .map(columns))) }
    let shares = tests.compactMap { test -> YAMLValue? in
      guard case .driftedShare(let most) = test.kind else { return nil }
      return .string(SuiteNumber.percentage(most) + test.modifiers(isMarked: true))
    }
    if let share = shares.first { entries.append(.init(.string("share"), share)) }
    return entries.isEmpty ? nil : .map(entries)
  }

  private var splitsValue: YAMLValue? {
    guard !splits.isEmpty else { return nil }
    let parts = splits.map { YAMLValue.Entry(.string($0.name), .string($0.table.text)) }
    let checks = tests.compactMap { test -> YAMLValue? in
      guard case .split = test.kind else { return nil }
      return .string(test.line())
    }
    return .map(parts + [.init(.string("check"), .list(checks))])
  }
}

extension DataTest {
  /// Whether it stands under `drift:`.
  fileprivate var isDrift: Bool { if case .drift = kind { true } else { false } }

  /// Whether it stands in the line of a column.
  fileprivate func isLine(of name: String) -> Bool { column == name && !isDrift }

  /// A test of a column that is not declared.
  fileprivate func tableItem(of column: String) -> YAMLValue? {
    guard let (form, arguments) = TestForm.writing(kind) else { return nil }
    if !form.words.isEmpty, !["in", "not in", "~"].contains(form.words) {
      return .string(form.shortForm(arguments, column: column) + modifiers(isMarked: true))
    }
    // Those that begin with a sign have no form with a column in front.
    return .map(longForm)
  }

  /// The long form, as a suite has it under `table:`.
  package var longForm: [YAMLValue.Entry] {
    guard let (form, arguments) = TestForm.writing(kind) else { return [] }
    var entries = form.longForm(arguments)
    func add(_ key: String, _ value: YAMLValue?) {
      if let value { entries.append(.init(.string(key), value)) }
    }
    if let column { entries.insert(.init(.string("column"), .string(column)), at: 1) }
    add("mostly", mostly == 1 ? nil : .string(SuiteNumber.percentage(mostly)))
    add("where", filter.map { .string($0.text) })
    add("by", group.map { .string($0) })
    add("severity", severity == .error ? nil : .string(severity.rawValue))
    add("guess", isGuess ? .bool(true) : nil)
    return entries
  }
}
