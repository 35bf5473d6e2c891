import Formats

/// Short forms.
extension SuiteReader {
  /// Reads the tests of a column that are divided by commas.
  mutating func readBreath(
    _ text: SuiteText, _ node: YAMLNode, _ scope: TestScope, takesType: Bool
  ) {
    var cursor = SuiteCursor(text)
    var isFirst = takesType
    while true {
      let start = cursor.position
      do throws(SuiteProblem) {
        let isType = isFirst && cursor.word.map(ColumnType.words.contains) == true
        let takesType = isFirst
        isFirst = false
        let form: TestForm
        if isType, let type = TestForm.named("type") {
          form = type
        } else {
          form = try columnForm(&cursor, takesType: takesType)
        }
        try readRest(of: form, &cursor, start: start, scope)
        if cursor.isAtEnd { return }
        // `category in [KR, US]`, `string ~ "…"`, `int 18..90`.
        if isType,
          cursor.isAtBounds || cursor.next == "~" || cursor.word == "in"
            || cursor.word == "not"
        {
          continue
        }
        guard cursor.take(",") else { throw strayWord(cursor, form) }
        guard !cursor.isAtEnd else { throw cursor.problem("a comma with nothing behind it") }
      } catch {
        note(explained(error, in: node))
        // What belongs to the test that could not be read goes with it.
        var end: Int? = start
        repeat {
          end = end.flatMap { cursor.itemEnd(from: $0) }
          guard let end, !isFull else { return }
          cursor.move(to: end)
          if cursor.isAtEnd { return }
        } while ["mostly", "where", "by"].contains(cursor.word) || cursor.next == "("
      }
    }
  }

  /// Reads one test that goes to the end of the text.
  mutating func readItem(_ text: SuiteText, _ scope: TestScope) throws(SuiteProblem) {
    var cursor = SuiteCursor(text)
    var scope = scope
    let form: TestForm
    switch scope.place {
    case .column where scope.isDrift: form = try driftForm(cursor)
    case .column: form = try columnForm(&cursor)
    case .table:
      if let found = try tableForm(&cursor) {
        form = found.form
        scope.column = found.column
      } else {
        return try readComparison(&cursor, scope)
      }
    case .split:
      guard let found = longestForm(&cursor, of: .split) else {
        throw unknownTest(cursor, .split)
      }
      form = found
    }
    try readRest(of: form, &cursor, start: 0, scope)
    guard cursor.isAtEnd else { throw strayWord(cursor, form) }
  }

  /// Reads what stands behind the words of a test.
  private mutating func readRest(
    of form: TestForm, _ cursor: inout SuiteCursor, start: Int, _ scope: TestScope
  ) throws(SuiteProblem) {
    if !form.words.isEmpty { _ = cursor.take(":") }
    valueType = scope.column.flatMap { types[$0.text] }
    var arguments = TestArguments(at: cursor.text.offset(start))
    try readArguments(of: form, &cursor, into: &arguments)
    let modifiers = try readModifiers(&cursor, form)
    try finish(form, arguments, modifiers, scope)
  }

  private mutating func readComparison(
    _ cursor: inout SuiteCursor, _ scope: TestScope
  ) throws(SuiteProblem) {
    guard let form = TestForm.named("compare") else { return }
    if let problem = loneWord(cursor) { throw problem }
    let start = cursor
    do throws(SuiteProblem) {
      try readRest(of: form, &cursor, start: 0, scope)
      if cursor.next == "," {
        throw cursor.problem(
          "a comma behind a test", hint: "tests of the table stand in a list, one an item")
      }
      try RowExpressionParser(cursor, types: types).requireEnd()
    } catch { throw misspelledTest(start) ?? error }
  }

  private func driftForm(_ cursor: SuiteCursor) throws(SuiteProblem) -> TestForm {
    guard let form = TestForm.named("drift") else { throw cursor.problem("no test of drift") }
    let methods = DriftMethod.allCases.map(\.rawValue)
    guard let word = cursor.hyphenatedWord?.text, methods.contains(word) else {
      let near = cursor.hyphenatedWord.flatMap { nearestKey($0.text, methods) }
      throw cursor.problem(
        "expected a method of drift, found \(cursor.found)",
        hint: near.map { "did you mean `\($0)`?" }
          ?? "methods are " + SuiteCursor.choices(methods.map { "`\($0)`" }))
    }
    return form
  }
}

extension SuiteCursor {
  /// Where the next test begins, behind the comma that ends the one at a place; nil when there is none.
  fileprivate func itemEnd(from start: Int) -> Int? {
    var depth = 0
    var quote: Unicode.Scalar?
    for place in max(0, start)..<max(start, text.scalars.count) {
      let scalar = text.scalars[place]
      if let open = quote {
        if scalar == open { quote = nil }
        continue
      }
      switch scalar {
      case "\"", "'", "`": quote = scalar
      case "[", "(": depth += 1
      case "]", ")": depth = max(0, depth - 1)
      case "," where depth == 0: return place + 1
      default: break
      }
    }
    return nil
  }
}
