import BigInt

/// A constant that stands in a template.
package enum Literal: Sendable, Hashable {
  case none
  case bool(Bool)
  case int(Int)
  case bigInt(BigInt)
  case float(Double)
  case string(Text)
  /// Safe text, which only folding makes.
  case markup(Text)

  var value: Value {
    switch self {
    case .none: .none
    case .bool(let flag): .bool(flag)
    case .int(let number): .int(number)
    case .bigInt(let number): .integer(number)
    case .float(let number): .float(number)
    case .string(let text): .string(text)
    case .markup(let text): .markup(text)
    }
  }

  /// The same number without its minus; nil for what is written without one.
  var negated: Literal? {
    switch self {
    case .int(let number) where number < 0 && number > .min: .int(-number)
    case .int(.min): .bigInt(-BigInt(Int.min))
    case .bigInt(let number) where number < 0: .bigInt(-number)
    case .float(let number) where number.sign == .minus: .float(-number)
    default: nil
    }
  }
}
