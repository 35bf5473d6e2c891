import Platform

extension RowExpression {
  /// Reads a condition: `start <= end`, `country == 'KR' and age >= 18`.
  ///
  /// - Throws: ``ParseFailure`` with the column in the text.
  package init(parsing text: String) throws(ParseFailure) {
    do {
      var parser = RowExpressionParser(SuiteCursor(SuiteText(text)))
      self = try parser.all().expression
    } catch {
      throw ParseFailure(error.message, column: error.offset + 1, hint: error.hint)
    }
  }
}

extension RowExpressionParser {
  /// A condition that goes to the end of the text.
  mutating func all() throws(SuiteProblem) -> Operand {
    guard !cursor.isAtEnd else {
      throw cursor.problem("an empty condition", hint: "write one: `start <= end`")
    }
    let operand = try condition()
    try requireEnd()
    return operand
  }

  /// Nothing goes on with the expression.
  func requireEnd() throws(SuiteProblem) {
    guard !cursor.isAtEnd else { return }
    if cursor.next == ")" { throw cursor.problem("a `)` that closes nothing") }
    let known = ["and", "or", "in", "is"]
    let word = cursor.word.map { $0.lowercased() }
    let meant = word.flatMap { word in
      known.contains(word) ? word : nearestName(to: word, among: known)
    }
    throw cursor.problem(
      "expected an operator, found \(cursor.found)",
      hint: meant.map { "did you mean `\($0)`?" }
        ?? "operators are `==`, `!=`, `<`, `<=`, `>`, `>=`, `+`, `-`, `*`, `/`, `in`, `is`, `and`, `or`"
    )
  }
}
