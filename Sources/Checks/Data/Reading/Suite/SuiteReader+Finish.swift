import Formats

extension SuiteReader {
  /// Makes the test of what was read, when it fits the column and what else is said.
  mutating func finish(
    _ form: TestForm, _ arguments: TestArguments, _ modifiers: TestModifiers, _ scope: TestScope
  ) throws(SuiteProblem) {
    let arguments = try completed(arguments, form)
    var kind = try form.make(arguments)
    if form.place == .column { try checkFit(form, kind, arguments, scope) }
    if case .schema(let named, let isOrdered, let allowsOthers) = kind, named.isEmpty {
      guard !columns.isEmpty else {
        throw SuiteProblem(
          "`schema` of which columns?", at: arguments.start,
          hint: "declare them under `columns`, or write `schema [id, city]`")
      }
      kind = .schema(columns: columns, isOrdered: isOrdered, allowsOthers: allowsOthers)
    }
    if let severity = modifiers.severity, scope.isSeverityFixed {
      throw SuiteProblem(
        "the severity is said twice", at: severity.offset,
        hint: "the test stands under `\(scope.severity.rawValue):`")
    }
    if let mostly = modifiers.mostly, !kind.isOfRows {
      throw SuiteProblem(
        "`mostly` counts rows, and \(form.noun) is not of single rows", at: mostly.offset,
        hint: "leave it out")
    }
    if let said = modifiers.filter.map({ ("where", $0.offset) })
      ?? modifiers.group.map({ ("by", $0.offset) }), !form.isOfChosenRows
    {
      throw SuiteProblem(
        "\(form.noun) is of all rows, without `\(said.0)`", at: said.1, hint: "leave it out")
    }
    var scope = scope
    scope.narrow(modifiers.filter?.value)
    let isChosen = form.isOfChosenRows
    if form.place == .column, let column = scope.column { name([column]) }
    var test = DataTest(
      kind, column: form.place == .column ? scope.column?.text : nil,
      mostly: modifiers.mostly?.value ?? 1, severity: modifiers.severity?.value ?? scope.severity,
      filter: isChosen ? scope.filter : nil,
      group: isChosen ? modifiers.group?.value ?? scope.group : nil,
      location: source.location(arguments.start),
      isGuess: modifiers.isGuess || source.isMarkedGuess(arguments.start))
    test.text = test.shortForm(declared: columns)
    add(test, at: arguments.start)
  }

  /// The arguments with those that the test leaves to the suite or to the defaults.
  private func completed(
    _ given: TestArguments, _ form: TestForm
  ) throws(SuiteProblem) -> TestArguments {
    var arguments = given
    for parameter in form.parameters where arguments[parameter.key] == nil {
      if parameter.syntax == .label {
        guard let label else {
          throw SuiteProblem(
            "\(form.noun) of which column?", at: given.start,
            hint: "add `label: COLUMN` to the suite, or write `\(form.example)`")
        }
        arguments.set(parameter.key, .word(label))
      } else if form.name == "drift", parameter.key == "method" {
        arguments.set(parameter.key, .word(drift.method.rawValue))
      } else if let standard = parameter.standard {
        arguments.set(parameter.key, standard)
      } else if parameter.isRequired {
        throw SuiteProblem(
          "\(form.noun) needs \(SuiteCursor.choices(parameter.keys.map { "`\($0)`" }))",
          at: given.start, hint: "the short form is `\(form.example)`")
      }
    }
    return arguments
  }

  /// The test is one for the type of its column.
  private func checkFit(
    _ form: TestForm, _ kind: DataTest.Kind, _ arguments: TestArguments, _ scope: TestScope
  ) throws(SuiteProblem) {
    guard let column = scope.column else {
      throw SuiteProblem("\(form.noun) of which column?", at: arguments.start)
    }
    guard let type = types[column.text] else { return }
    let shown = "and `\(SuiteCursor.shortened(column.text))` is `\(type.word)`"
    guard form.fits.contains(type) else {
      let noun = form.name == "range" ? "a range" : form.noun
      var hint: String?
      if form.name == "range", ColumnFit.times.contains(type) {
        hint = "compare it under `table`: `\(SuiteQuotes.column(column.text)) >= '2026-01-01'`"
      } else if form.name == "range", ColumnFit.texts.contains(type) {
        hint = "write `length …` for the length of a text, `in […]` for its values"
      }
      throw SuiteProblem(
        "\(noun) is of \(form.fits.noun), \(shown)", at: arguments.start, hint: hint)
    }
    guard case .drift(let method, _) = kind else { return }
    if method.isOfNumbers, !type.isNumber {
      throw SuiteProblem(
        "`\(method.rawValue)` is of numbers, \(shown)", at: arguments.start,
        hint: "write `psi`, `js` or `chi2`")
    }
    if method.isOfClasses, type == .float {
      throw SuiteProblem(
        "`\(method.rawValue)` is of classes, \(shown)", at: arguments.start,
        hint: "write `psi`, `ks` or `wasserstein`")
    }
  }

  /// A value that a column of its type can hold.
  func checkValue(_ value: SuiteName, _ type: ColumnType?) throws(SuiteProblem) {
    let isFit: Bool
    switch type {
    case .int: isFit = PythonNumber.float(value.text).map { $0 == $0.rounded() } ?? false
    case .float: isFit = PythonNumber.float(value.text) != nil
    case .bool: isFit = ["true", "false", "0", "1"].contains(value.text.lowercased())
    default: return
    }
    guard !isFit, let type else { return }
    throw SuiteProblem(
      "no `\(type.word)` is `\(SuiteCursor.shortened(value.text))`", at: value.offset,
      hint: "the column is declared as `\(type.word)`")
  }
}
