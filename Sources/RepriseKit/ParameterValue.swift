/// The value of a trainer's parameter: text, a number, a truth value or a list.
public struct ParameterValue: Sendable, Hashable {
  let text: String

  public init(_ text: String) { self.text = text }
  public init(_ number: Double) { text = "\(number)" }
  public init(_ number: Int) { text = "\(number)" }
  public init(_ truth: Bool) { text = truth ? "true" : "false" }
  public init(_ list: [String]) { text = list.joined(separator: ",") }
}

extension ParameterValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral
{
  public init(stringLiteral value: String) { self.init(value) }
  public init(integerLiteral value: Int) { self.init(value) }
  public init(floatLiteral value: Double) { self.init(value) }
  public init(booleanLiteral value: Bool) { self.init(value) }
  public init(arrayLiteral elements: String...) { self.init(elements) }
}
