import Compute

/// What a suite says of a row's cells: `start <= end`, `country == 'KR' and age >= 18`.
package indirect enum RowExpression: Sendable, Hashable {
  case column(String)
  case number(Double)
  /// One that no double is.
  case great(GreatWhole)
  case text(String)
  case truth(Bool)
  /// `+ - * /` of numbers.
  case arithmetic(Arithmetic, RowExpression, RowExpression)
  case comparison(Comparison, RowExpression, RowExpression)
  /// `country in ['KR', 'US']`.
  case among(RowExpression, [RowExpression], isNegated: Bool)
  /// `age is null`.
  case isMissing(RowExpression, isNegated: Bool)
  case not(RowExpression)
  case and(RowExpression, RowExpression)
  case or(RowExpression, RowExpression)

  package enum Arithmetic: String, Sendable, Hashable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
  }

  package enum Comparison: String, Sendable, Hashable, CaseIterable {
    case equal = "=="
    case unequal = "!="
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case less = "<"
    case greater = ">"
  }
}
