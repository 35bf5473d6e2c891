import Compute

extension RowExpressionParser {
  /// One operand, with what stands in front of it.
  mutating func prefix(_ least: Int, depth: Int) throws(SuiteProblem) -> Operand {
    let start = cursor.position
    if cursor.word == "not" {
      guard least <= Power.not else {
        throw cursor.problem("`not` behind an operator", hint: "put it in parentheses: `(not …)`")
      }
      _ = cursor.takeWord()
      let operand = try operand(Power.not, depth: depth + 1)
      try requireCondition(operand, of: "not")
      return Operand(
        expression: .not(operand.expression), kind: .truth, height: operand.height + 1,
        start: start, end: operand.end)
    }
    if cursor.take("(") {
      var operand = try operand(Power.or, depth: depth + 1)
      guard cursor.take(")") else {
        if cursor.isAtEnd { throw cursor.problem("a `(` that is never closed", at: start) }
        throw cursor.problem("expected an operator or `)`, found \(cursor.found)")
      }
      (operand.start, operand.end) = (start, cursor.position)
      return operand
    }
    if cursor.next == "-", !cursor.isAtNumber {
      _ = cursor.take("-")
      if cursor.isAtNumber { return try negative(start) }
      let operand = try operand(Power.sign, depth: depth + 1)
      try requireNumber(operand, of: .subtract)
      return Operand(
        expression: .arithmetic(.subtract, .number(0), operand.expression), kind: .number,
        height: operand.height + 1, start: start, end: operand.end)
    }
    if let literal = try literal() { return literal }
    return try column()
  }

  /// `- 5`.
  private mutating func negative(_ start: Int) throws(SuiteProblem) -> Operand {
    guard cursor.next != "-", cursor.next != "+", var operand = try literal() else {
      throw cursor.problem("two signs in front of a number")
    }
    switch operand.expression {
    case .number(let value): operand.expression = .number(-value)
    case .great(let value):
      operand.expression =
        GreatWhole("-\(value.text)").map { .great($0) } ?? .number(-value.nearest)
    default: throw cursor.problem("two signs in front of a number")
    }
    operand.start = start
    return operand
  }

  /// A number, a text in quotes, a truth value; nil when none of these comes next.
  private mutating func literal() throws(SuiteProblem) -> Operand? {
    let start = cursor.position
    func operand(_ expression: RowExpression, _ kind: ValueKind) -> Operand {
      Operand(expression: expression, kind: kind, start: start, end: cursor.position)
    }
    if let number = try cursor.takeNumber() {
      guard !number.isPercentage else {
        throw cursor.problem(
          "there are no percentages in expressions", at: start,
          hint: "write `\(SuiteNumber.text(number.value))`")
      }
      try cursor.requireEnd(of: number)
      let digits = cursor.text.scalars[number.start..<number.end].filter { $0 != "_" }
      let great = GreatWhole(SuiteText.string(digits[...]))
      return operand(great.map { .great($0) } ?? .number(number.value), .number)
    }
    if let text = try cursor.takeQuoted() { return operand(.text(text.string), .text) }
    if cursor.takeWord("true") { return operand(.truth(true), .truth) }
    if cursor.takeWord("false") { return operand(.truth(false), .truth) }
    return nil
  }

  private mutating func column() throws(SuiteProblem) -> Operand {
    let start = cursor.position
    if cursor.word == "null" {
      throw cursor.problem("nothing equals `null`", hint: "write `is null` or `is not null`")
    }
    guard let name = try cursor.takeColumn() else {
      throw cursor.problem(
        "expected a column or a value, found \(cursor.found)",
        hint: cursor.isAtEnd
          ? nil
          : cursor.next == "!"
            ? "write `not`" : "texts stand in quotes, odd names of columns in backticks")
    }
    let isQuoted = cursor.text.scalars[start] == "`"
    // What SQL and Python write in capitals.
    if !isQuoted, SuiteWords.reserved.contains(name.text.lowercased()) {
      throw cursor.problem(
        "`\(name.text)` is no column", at: start,
        hint: "write `\(name.text.lowercased())`, or put a column of this name in backticks")
    }
    let end = cursor.wordEnd(at: start)
    if !isQuoted, end < cursor.text.scalars.count, cursor.text.scalars[end] == "(" {
      let shown = SuiteCursor.shortened(name.text)
      throw cursor.problem("there is no function `\(shown)`: expressions have none", at: start)
    }
    note(name)
    return Operand(
      expression: .column(name.text), kind: types[name.text].map(ValueKind.init) ?? .unknown,
      start: start, end: cursor.position)
  }

  /// A value of a list: a literal, or a column in backticks.
  mutating func listed() throws(SuiteProblem) -> Operand {
    let start = cursor.position
    if cursor.word == "null" {
      throw cursor.problem("nothing equals `null`", hint: "add `or … is null` to the list")
    }
    if let literal = try literal() { return literal }
    if cursor.next == "`" { return try column() }
    if let word = cursor.word {
      throw cursor.problem(
        "`\(SuiteCursor.shortened(word))` without quotes", at: start,
        hint: "texts of a list stand in quotes: `'\(SuiteCursor.shortened(word))'`")
    }
    throw cursor.problem("expected a value, found \(cursor.found)")
  }
}
