import Platform

extension SuiteReader {
  /// Reads what stands behind the words of a short form, in any order.
  mutating func readArguments(
    of form: TestForm, _ cursor: inout SuiteCursor, into arguments: inout TestArguments
  ) throws(SuiteProblem) {
    var open = form.parameters
    while !cursor.isAtEnd,
      let place = open.firstIndex(where: { begins($0, cursor, form) })
    {
      let parameter = open.remove(at: place)
      let offset = cursor.offset
      if let lead = parameter.lead { _ = cursor.takeWord(lead) }
      let value = try argument(parameter, &cursor, form)
      arguments.set(parameter.key, value, at: offset)
    }
    for parameter in open where parameter.isRequired && !isFromSuite(parameter) {
      if let near = nearWord(cursor, form) { throw near }
      if let lead = parameter.lead, !cursor.takeWord(lead) {
        throw cursor.problem(
          "expected `\(lead)` behind \(form.shown), found \(cursor.found)",
          hint: "write `\(form.example)`")
      }
      _ = try argument(parameter, &cursor, form)
    }
  }

  /// A misspelled word where one of few has to stand.
  private func nearWord(_ cursor: SuiteCursor, _ form: TestForm) -> SuiteProblem? {
    guard let word = cursor.hyphenatedWord?.text, !form.shortWords.isEmpty else { return nil }
    let near = nearestKey(word, form.shortWords)
    return cursor.problem(
      "expected \(SuiteCursor.choices(form.shortWords.map { "`\($0)`" })) behind \(form.shown), found `\(SuiteCursor.shortened(word))`",
      hint: near.map { "did you mean `\($0)`?" } ?? "write `\(form.example)`")
  }

  /// Whether the suite says it when the test does not.
  func isFromSuite(_ parameter: TestParameter) -> Bool { parameter.syntax == .label }

  private func begins(
    _ parameter: TestParameter, _ cursor: SuiteCursor, _ form: TestForm
  ) -> Bool {
    if let lead = parameter.lead { return cursor.word == lead }
    switch parameter.syntax {
    case .bounds: return cursor.isAtBounds
    case .most, .least, .below, .above:
      return cursor.isAtNumber || cursor.next.map { "<>=≤≥".unicodeScalars.contains($0) } == true
    case .number: return cursor.isAtNumber
    case .flag: return cursor.word == parameter.key
    case .choice(let words): return cursor.hyphenatedWord.map { words.contains($0.text) } == true
    case .column, .label:
      let isTaken = cursor.word.map(form.shortWords.contains) == true
      return cursor.isAtColumn && !isTaken
    case .columns, .choices: return cursor.next == "["
    case .pattern, .timeFormat: return cursor.isAtQuote
    case .set, .cell, .expression: return true
    }
  }

  private mutating func argument(
    _ parameter: TestParameter, _ cursor: inout SuiteCursor, _ form: TestForm
  ) throws(SuiteProblem) -> TestArgument {
    let what = parameter.lead.map { "`\($0)`" } ?? form.noun
    switch parameter.syntax {
    case .bounds(let measure): return .bounds(try cursor.bounds(measure, of: what))
    case .most(let measure):
      let start = cursor.position
      let sign = try cursor.comparisonSign(["<=", "=="], of: what)
      let value = try cursor.measure(measure, of: what)
      guard sign == "<=" || value == 0 else {
        throw cursor.problem(
          "\(what) says how much there may be at most", at: start,
          hint: "write `<= \(measure.text(value))`")
      }
      return .number(value)
    case .least(let measure):
      _ = try cursor.comparisonSign([">="], of: what)
      return .number(try cursor.measure(measure, of: what))
    case .below(let measure):
      _ = try cursor.comparisonSign(["<"], of: what)
      return .number(try cursor.measure(measure, of: what))
    case .above(let measure):
      _ = try cursor.comparisonSign([">"], of: what)
      return .number(try cursor.measure(measure, of: what))
    case .number(let measure): return .number(try cursor.measure(measure, of: what))
    case .flag:
      _ = cursor.takeWord()
      return .flag
    case .choice(let words): return .word(try cursor.choice(words, behind: what))
    case .choices(let words): return .words(try cursor.choices(words, behind: what))
    case .column, .label:
      let column = try cursor.column(of: "a column")
      if form.place != .split { name([column]) }
      return .word(column.text)
    case .columns:
      guard let columns = try cursor.takeColumns() else {
        throw cursor.problem(
          "expected columns behind \(what), found \(cursor.found)", hint: "write `[id, city]`")
      }
      if form.place != .split, form.name != "schema" { name(columns) }
      return .words(columns.map(\.text))
    case .pattern: return .text(try quoted(&cursor, form, SuiteReader.checkPattern))
    case .timeFormat: return .text(try quoted(&cursor, form, SuiteReader.checkTimeFormat))
    case .set: return .set(try set(&cursor, form))
    case .cell:
      guard let text = try cursor.takePath() else {
        throw cursor.problem(
          "expected a column of another table, found \(cursor.found)",
          hint: "write `data/cities.csv#name`")
      }
      return try cell(text)
    case .expression: return .expression(try expression(&cursor))
    }
  }

  private func quoted(
    _ cursor: inout SuiteCursor, _ form: TestForm, _ check: (SuiteText) throws(SuiteProblem) -> Void
  ) throws(SuiteProblem) -> String {
    guard let text = try cursor.takeQuoted() else {
      throw cursor.problem(
        "expected a text in quotes behind \(form.noun), found \(cursor.found)",
        hint: "write `\(form.example)`")
    }
    try check(text)
    return text.string
  }

  /// A condition up to what cannot belong to it.
  mutating func expression(_ cursor: inout SuiteCursor) throws(SuiteProblem) -> RowExpression {
    var parser = RowExpressionParser(cursor, types: types)
    let operand = try parser.condition()
    cursor = parser.cursor
    name(parser.columns)
    return operand.expression
  }
}

extension TestForm {
  /// What a value stands behind or in, for messages.
  var noun: String {
    switch name {
    case "range": "a range"
    case "type": "the type"
    default: shown
    }
  }
}

extension SuiteCursor {
  /// One of some words.
  fileprivate mutating func choice(
    _ words: [String], behind what: String
  ) throws(SuiteProblem) -> String {
    if let word = hyphenatedWord, words.contains(word.text) {
      move(to: word.end)
      return word.text
    }
    let near = hyphenatedWord.flatMap { nearestName(to: $0.text, among: words) }
    throw problem(
      "expected \(Self.choices(words.map { "`\($0)`" })) behind \(what), found \(found)",
      hint: near.map { "did you mean `\($0)`?" })
  }

  /// Some of some words, in brackets.
  fileprivate mutating func choices(
    _ words: [String], behind what: String
  ) throws(SuiteProblem) -> [String] {
    let start = position
    guard take("[") else {
      throw problem("expected `[` behind \(what), found \(found)", hint: "write `[\(words[0])]`")
    }
    var chosen: [String] = []
    while !take("]") {
      if !chosen.isEmpty, !take(",") { throw problem("expected `,` or `]`, found \(found)") }
      let place = position
      let word = try choice(words, behind: "`[`")
      guard !chosen.contains(word) else { throw problem("`\(word)` stands twice", at: place) }
      chosen.append(word)
    }
    guard !chosen.isEmpty else { throw problem("an empty list", at: start) }
    return words.filter(chosen.contains)
  }
}
