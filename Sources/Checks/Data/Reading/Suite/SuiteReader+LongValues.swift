import Formats

/// Values of long forms.
extension SuiteReader {
  /// The bounds of `min`, `max`, `above` and `below`, and where the first of them stands.
  func bounds(
    _ mapping: SuiteMapping, _ measure: Measure
  ) throws(SuiteProblem) -> (TestArgument, Int)? {
    var bounds = Bounds()
    var first: Int?
    for (key, other) in [("min", "above"), ("above", "min"), ("max", "below"), ("below", "max")] {
      guard let node = mapping[key] else { continue }
      let text = try text(node, "`\(key)`").trimmed
      guard mapping[other] == nil else {
        throw SuiteProblem("`\(key)` and `\(other)` of one test", at: text.offset(0))
      }
      first = first ?? text.offset(0)
      let value = try number(text, measure, "`\(key)`")
      if key == "min" || key == "above" {
        (bounds.lower, bounds.excludesLower) = (value, key == "above")
      } else {
        (bounds.upper, bounds.excludesUpper) = (value, key == "below")
      }
    }
    guard let first else { return nil }
    guard !bounds.isEmpty else {
      throw SuiteProblem("no number is in `\(bounds.shortForm)`", at: first)
    }
    return (.bounds(bounds), first)
  }

  /// The values of `values`, `file` or `from`, and where they stand.
  func set(
    _ mapping: SuiteMapping, _ form: TestForm
  ) throws(SuiteProblem) -> (TestArgument, Int)? {
    let said = ["values", "file", "from"].filter { mapping[$0] != nil }
    guard let key = said.first, let node = mapping[key] else { return nil }
    guard said.count == 1 else {
      throw SuiteProblem(
        "`\(said[0])` and `\(said[1])` of one test",
        at: mapping[said[1]]?.mark.offset ?? mapping.offset)
    }
    let offset = node.mark.offset
    switch key {
    case "values":
      let values = try list(node, "`values`", isOfValues: true)
      for value in values { try checkValue(value, valueType) }
      return (.set(.values(values.map(\.text))), offset)
    case "file": return (.set(.file(try text(node, "`file`").trimmed.string)), offset)
    default:
      guard case .cell(let table, let column) = try cell(try text(node, "`from`").trimmed) else {
        return nil
      }
      return (.set(.column(table, column)), offset)
    }
  }

  /// A list of single values, or one alone.
  func list(
    _ node: YAMLNode, _ what: String, isOfValues: Bool = false
  ) throws(SuiteProblem) -> [SuiteName] {
    var names: [SuiteName] = []
    var known: Set<String> = []
    for item in node.items ?? [node] {
      if isOfValues, item.isNothing {
        throw SuiteProblem(
          "`\(item.text ?? "")` is no value: missing cells are not looked at", at: item.mark.offset,
          hint: "leave it out; a text stands in quotes")
      }
      // A value can be blank.
      let isBlank = item.text.map { $0.unicodeScalars.allSatisfy(SuiteSource.isBlank) } ?? false
      let text =
        isOfValues && isBlank
        ? SuiteText(item, in: source) ?? SuiteText([], at: [item.mark.offset])
        : try self.text(item, "one of \(what)")
      guard known.insert(text.string).inserted else {
        throw SuiteProblem(
          "`\(SuiteCursor.shortened(text.string))` stands twice", at: text.offset(0))
      }
      names.append(SuiteName(text: text.string, offset: text.offset(0)))
    }
    guard !names.isEmpty else { throw SuiteProblem("\(what) is empty", at: node.mark.offset) }
    return names
  }

  func number(
    _ text: SuiteText, _ measure: Measure, _ what: String
  ) throws(SuiteProblem) -> Double {
    var cursor = SuiteCursor(text)
    let value = try cursor.measure(measure, of: what)
    try requireEnd(cursor, what)
    return value
  }

  func requireEnd(_ cursor: SuiteCursor, _ what: String) throws(SuiteProblem) {
    guard cursor.isAtEnd else {
      throw cursor.problem("unexpected \(cursor.found) behind \(what)")
    }
  }

  func requireWord(
    _ word: SuiteName, _ words: [String], _ what: String
  ) throws(SuiteProblem) {
    guard !words.contains(word.text) else { return }
    throw SuiteProblem(
      "\(what) is \(SuiteCursor.choices(words.map { "`\($0)`" })), not `\(SuiteCursor.shortened(word.text))`",
      at: word.offset, hint: nearestKey(word.text, words).map { "did you mean `\($0)`?" })
  }

  func truth(_ word: SuiteName, _ what: String) throws(SuiteProblem) -> Bool {
    switch word.text {
    case "true": true
    case "false": false
    default:
      throw SuiteProblem(
        "\(what) is `true` or `false`, not `\(SuiteCursor.shortened(word.text))`", at: word.offset)
    }
  }

  /// A condition that is a value of its own.
  mutating func condition(_ node: YAMLNode, _ what: String) throws(SuiteProblem) -> RowExpression {
    do throws(SuiteProblem) {
      var parser = RowExpressionParser(SuiteCursor(try text(node, what)), types: types)
      let operand = try parser.all()
      name(parser.columns)
      return operand.expression
    } catch { throw explained(error, in: node) }
  }

  func severity(_ node: YAMLNode) throws(SuiteProblem) -> TestSeverity {
    let text = try text(node, "`severity`").trimmed
    let word = SuiteName(text: text.string, offset: text.offset(0))
    try requireWord(word, TestSeverity.allCases.map(\.rawValue), "`severity`")
    return TestSeverity(rawValue: word.text) ?? .error
  }
}
