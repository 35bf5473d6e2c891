/// What a part of an expression is, as far as it can be told.
enum ValueKind: Sendable, Hashable {
  case number, text, truth, time
  /// A column of which nothing is declared, or that may hold anything.
  case unknown

  init(_ type: ColumnType) {
    switch type {
    case .int, .float: self = .number
    case .string, .json, .image: self = .text
    case .bool: self = .truth
    case .date, .dateTime: self = .time
    // Text, or whole numbers.
    case .category: self = .unknown
    }
  }

  var noun: String {
    switch self {
    case .number: "a number"
    case .text: "a text"
    case .truth: "a truth value"
    case .time: "a time"
    case .unknown: "anything"
    }
  }

  /// Whether the two can be compared.
  func fits(_ other: ValueKind, _ comparison: RowExpression.Comparison) -> Bool {
    let kinds: Set<ValueKind> = [self, other]
    if kinds.contains(.unknown) { return true }
    if kinds == [.truth] { return comparison == .equal || comparison == .unequal }
    // Times are written as text; 0 and 1 are truth values.
    return kinds.count == 1 || kinds == [.time, .text] || kinds == [.truth, .number]
  }
}

extension RowExpressionParser {
  /// - Parameter word: the operator that needs a condition; nil: the test itself.
  func requireCondition(_ operand: Operand, of word: String?) throws(SuiteProblem) {
    guard operand.kind != .truth, operand.kind != .unknown else { return }
    let shown = "`\(text(of: operand))` is \(operand.kind.noun)"
    throw cursor.problem(
      word.map { "`\($0)` joins conditions, and \(shown)" } ?? "expected a condition, and \(shown)",
      at: operand.start, hint: "compare it: `\(text(of: operand)) > 0`")
  }

  func requireNumber(
    _ operand: Operand, of operation: RowExpression.Arithmetic
  ) throws(SuiteProblem) {
    guard operand.kind != .number, operand.kind != .unknown else { return }
    throw cursor.problem(
      "`\(operation.rawValue)` is of numbers, and `\(text(of: operand))` is \(operand.kind.noun)",
      at: operand.start)
  }

  func requireComparable(
    _ left: Operand, _ comparison: RowExpression.Comparison, _ right: Operand, at place: Int
  ) throws(SuiteProblem) {
    guard !left.kind.fits(right.kind, comparison) else { return }
    // The literal is the one that can be written another way.
    let isQuoted = right.kind == .text
    let isNumeral = left.kind == .text && right.kind == .number
    throw cursor.problem(
      "`\(text(of: left))` is \(left.kind.noun), and `\(text(of: right))` is \(right.kind.noun)",
      at: place,
      hint: isNumeral
        ? "put the number in quotes"
        : isQuoted && left.kind == .number ? "leave out the quotes" : nil)
  }

  /// The operand as it is written.
  private func text(of operand: Operand) -> String {
    let range = operand.start..<max(operand.start, operand.end)
    return SuiteCursor.shortened(cursor.text[range].trimmed.string)
  }
}
