import Compute

extension RowExpression {
  /// As a suite has it, with no more parentheses than it needs; reads back to the same expression.
  package var text: String { text(at: RowExpressionParser.Power.or) }

  private typealias Power = RowExpressionParser.Power

  /// - Parameter least: what is weaker stands in parentheses.
  private func text(at least: Int) -> String {
    let (written, power) = written
    return power < least ? "(\(written))" : written
  }

  private var written: (String, Int) {
    switch self {
    case .column(let name): (SuiteQuotes.column(name), Power.sign)
    case .number(let value): (SuiteNumber.text(value), Power.sign)
    case .great(let value): (value.text, Power.sign)
    case .text(let text): (SuiteQuotes.text(text), Power.sign)
    case .truth(let truth): (truth ? "true" : "false", Power.sign)
    case .arithmetic(let operation, let left, let right):
      binary(
        left, operation.rawValue, right,
        operation == .add || operation == .subtract ? Power.sum : Power.product)
    case .comparison(let comparison, let left, let right):
      (
        "\(left.text(at: Power.sum)) \(comparison.rawValue) \(right.text(at: Power.sum))",
        Power.comparison
      )
    case .among(let one, let others, let isNegated):
      (
        one.text(at: Power.sum) + (isNegated ? " not in [" : " in [")
          + others.map(\.listed).joined(separator: ", ") + "]", Power.comparison
      )
    case .isMissing(let one, let isNegated):
      (one.text(at: Power.sum) + (isNegated ? " is not null" : " is null"), Power.comparison)
    case .not(let one): ("not " + one.text(at: Power.not), Power.not)
    case .and(let left, let right): binary(left, "and", right, Power.and)
    case .or(let left, let right): binary(left, "or", right, Power.or)
    }
  }

  /// Equal operators are read from the left, so a right side of the same strength is in parentheses.
  private func binary(
    _ left: RowExpression, _ sign: String, _ right: RowExpression, _ power: Int
  ) -> (String, Int) {
    ("\(left.text(at: power)) \(sign) \(right.text(at: power + 1))", power)
  }

  /// In a list, where a column stands in backticks.
  private var listed: String {
    if case .column(let name) = self { return SuiteQuotes.text(name, "`") }
    return text
  }
}
