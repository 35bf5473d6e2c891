import Formats
import Glibc

/// A Python `complex`, which a power of a negative number can give; it prints, and that is all.
final class ComplexObject: ValueObject {
  private let real: Double
  private let imaginary: Double

  /// The power of a negative number with an exponent that is not whole, as CPython computes it.
  init(power base: Double, _ exponent: Double) {
    let length = pow(base.magnitude, exponent)
    let angle = atan2(0, base) * exponent
    real = length * cos(angle)
    imaginary = length * sin(angle)
  }

  var typeName: String { "complex" }

  func truth(_ render: Render) throws(TemplateError) -> Bool { real != 0 || imaginary != 0 }

  func repr(_ render: Render) throws(TemplateError) -> Text {
    let sign = imaginary.sign == .minus || imaginary.isNaN ? "" : "+"
    return Text("(\(short(real))\(sign)\(short(imaginary))j)")
  }

  /// Whole numbers stand without `.0`.
  private func short(_ value: Double) -> String {
    let text = PythonText.repr(value)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
