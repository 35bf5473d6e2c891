/// The value of an attribute: text, or a number of at most two decimals.
package struct SVGValue: Sendable, Hashable {
  package let text: String

  package init(_ text: String) { self.text = text }

  /// A number as pictures need it: `12`, `12.5`, `12.35`; 0 for what is no number.
  ///
  /// A hundredth of a pixel is more than a screen shows, and rounding makes the text the same on
  /// every machine.
  package init(_ number: Double) { text = Self.spelled(number) }

  package init(_ number: Int) { text = "\(number)" }

  static func spelled(_ number: Double) -> String {
    guard number.isFinite, number.magnitude < 1e13 else { return "0" }
    let hundredths = Int64((number * 100).rounded())
    let (whole, part) = (hundredths.magnitude / 100, hundredths.magnitude % 100)
    var text = (hundredths < 0 ? "-" : "") + "\(whole)"
    if part > 0 {
      text += part % 10 == 0 ? ".\(part / 10)" : part < 10 ? ".0\(part)" : ".\(part)"
    }
    return text
  }
}

extension SVGValue: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral
{
  package init(stringLiteral value: String) { self.init(value) }
  package init(integerLiteral value: Int) { self.init(value) }
  package init(floatLiteral value: Double) { self.init(value) }
}
