extension SuiteReader {
  /// Reads `mostly 99%`, `where …`, `by column` and `(warn)`, each once, in any order.
  mutating func readModifiers(
    _ cursor: inout SuiteCursor, _ form: TestForm
  ) throws(SuiteProblem) -> TestModifiers {
    var modifiers = TestModifiers()
    while !cursor.isAtEnd {
      if cursor.next == "," {
        guard try goesOn(behindComma: cursor, form) else { break }
        _ = cursor.take(",")
      }
      let offset = cursor.offset
      let place = cursor.position
      if cursor.word == "mostly" {
        try refuseSecond(modifiers.mostly != nil, cursor)
        _ = cursor.takeWord()
        let share = try cursor.measure(.share, of: "`mostly`")
        guard share > 0 else { throw Self.noneOf(cursor.problem("", at: place).offset) }
        modifiers.mostly = .init(value: share, offset: offset)
      } else if cursor.word == "where" {
        try refuseSecond(modifiers.filter != nil, cursor)
        _ = cursor.takeWord()
        modifiers.filter = .init(value: try expression(&cursor), offset: offset)
      } else if cursor.word == "by" {
        try refuseSecond(modifiers.group != nil, cursor)
        _ = cursor.takeWord()
        let column = try cursor.column(of: "a column behind `by`")
        if form.place != .split { name([column]) }
        modifiers.group = .init(value: column.text, offset: offset)
      } else if cursor.next == "(" {
        try readMarks(&cursor, &modifiers)
      } else {
        break
      }
    }
    return modifiers
  }

  static func noneOf(_ offset: Int) -> SuiteProblem {
    SuiteProblem(
      "`mostly 0%` is passed by everything", at: offset,
      hint: "remove the test, or write `mostly 99%`")
  }

  private func refuseSecond(_ isSecond: Bool, _ cursor: SuiteCursor) throws(SuiteProblem) {
    if isSecond { throw cursor.problem("a second \(cursor.found) of one test") }
  }

  /// Whether `mostly` stands behind a comma: it belongs to the test before, which it can follow as if it were one.
  private func goesOn(
    behindComma cursor: SuiteCursor, _ form: TestForm
  ) throws(SuiteProblem) -> Bool {
    guard form.place == .column else { return false }
    var copy = cursor
    _ = copy.take(",")
    if copy.word == "mostly" { return true }
    // Of one test or of all? It is not said.
    if copy.word == "where" || copy.word == "by" || copy.next == "(" {
      throw cursor.problem(
        "a comma before \(copy.found)",
        hint: "leave it out: \(copy.found) belongs to the test before it")
    }
    return false
  }

  /// `(warn)`, `(guess)`, `(warn, guess)`.
  private func readMarks(
    _ cursor: inout SuiteCursor, _ modifiers: inout TestModifiers
  ) throws(SuiteProblem) {
    let start = cursor.position
    _ = cursor.take("(")
    repeat {
      let offset = cursor.offset
      let found = cursor.found
      let place = cursor.position
      let word = cursor.takeWord() ?? ""
      if let severity = TestSeverity(rawValue: word) {
        guard modifiers.severity == nil else {
          throw cursor.problem("a second severity of one test", at: place)
        }
        modifiers.severity = .init(value: severity, offset: offset)
      } else if word == "guess", !modifiers.isGuess {
        modifiers.isGuess = true
      } else {
        let near = nearestKey(word, ["warn", "error", "guess"])
        throw cursor.problem(
          "expected `warn`, `error` or `guess`, found \(found)", at: place,
          hint: near.map { "did you mean `\($0)`?" })
      }
    } while cursor.take(",")
    guard cursor.take(")") else {
      if cursor.isAtEnd { throw cursor.problem("a `(` that is never closed", at: start) }
      throw cursor.problem("expected `)`, found \(cursor.found)")
    }
  }
}
