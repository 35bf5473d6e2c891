import Platform

extension DataTest {
  /// A test whose text is its short form.
  package init(
    _ kind: Kind, column: String? = nil, mostly: Double = 1, severity: TestSeverity = .error,
    filter: RowExpression? = nil, group: String? = nil, location: SourceLocation,
    isGuess: Bool = false
  ) {
    self.init(
      kind, column: column, mostly: mostly, severity: severity, filter: filter, group: group,
      location: location, text: "", isGuess: isGuess)
    text = shortForm()
  }

  /// As a suite has it, behind the name of its column: `age: 18..90 mostly 99%`, `no duplicates on [id]`.
  ///
  /// Severity is left out, so that a test keeps its name when it becomes stricter; ``line(declared:)`` has it.
  ///
  /// - Parameter declared: the suite's columns, which `schema` means when it names none.
  package func shortForm(declared: [String] = []) -> String {
    let item = item(declared: declared, isMarked: false)
    return column.map { "\(SuiteQuotes.column($0)): \(item)" } ?? item
  }

  /// What stands in a suite for the test, behind the name of its column: with all that it says, it reads back to the same test.
  package func line(declared: [String] = []) -> String { item(declared: declared, isMarked: true) }

  private func item(declared: [String], isMarked: Bool) -> String {
    guard let (form, arguments) = TestForm.writing(kind, declared: declared) else { return "" }
    return form.shortForm(arguments) + modifiers(isMarked: isMarked)
  }

  /// `mostly`, `where` and `by`, and with marks `(warn)`.
  func modifiers(isMarked: Bool) -> String {
    var text = ""
    if mostly != 1 { text += " mostly \(SuiteNumber.percentage(mostly))" }
    if let filter { text += " where \(filter.text)" }
    if let group { text += " by \(SuiteQuotes.column(group))" }
    guard isMarked else { return text }
    let marks = (severity == .error ? [] : [severity.rawValue]) + (isGuess ? ["guess"] : [])
    return marks.isEmpty ? text : text + " (\(marks.joined(separator: ", ")))"
  }
}

extension TestForm {
  /// The form that writes a kind, which for a schema of the declared columns does not name them.
  static func writing(
    _ kind: DataTest.Kind, declared: [String]
  ) -> (form: TestForm, arguments: TestArguments)? {
    if case .schema(declared, let isOrdered, let allowsOthers) = kind {
      return writing(.schema(columns: [], isOrdered: isOrdered, allowsOthers: allowsOthers))
    }
    return writing(kind)
  }
}
