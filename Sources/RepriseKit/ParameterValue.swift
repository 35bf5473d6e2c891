/// The value of a trainer's parameter: text, a number, a truth value or a list.
public struct ParameterValue: Sendable, Hashable {
  let text: String

  /// Text as it is.
  public init(_ text: String) { self.text = text }
  /// A number.
  public init(_ number: Double) { text = "\(number)" }
  /// A whole number.
  public init(_ number: Int) { text = "\(number)" }
  /// `true` or `false`.
  public init(_ truth: Bool) { text = truth ? "true" : "false" }
  /// Names between commas.
  public init(_ list: [String]) { text = list.joined(separator: ",") }
}

extension ParameterValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral
{
  /// `"gini"`.
  public init(stringLiteral value: String) { self.init(value) }
  /// `6`.
  public init(integerLiteral value: Int) { self.init(value) }
  /// `0.1`.
  public init(floatLiteral value: Double) { self.init(value) }
  /// `true`.
  public init(booleanLiteral value: Bool) { self.init(value) }
  /// `["auc", "logloss"]`.
  public init(arrayLiteral elements: String...) { self.init(elements) }
}
