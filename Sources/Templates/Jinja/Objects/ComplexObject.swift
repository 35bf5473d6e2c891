import Formats
import Glibc

/// A Python `complex`, which a power of a negative number can give.
final class ComplexObject: ValueObject {
  private let real: Double
  private let imaginary: Double

  init(_ real: Double, _ imaginary: Double) {
    self.real = real
    self.imaginary = imaginary
  }

  /// The power of a negative number with an exponent that is not whole, as CPython computes it.
  convenience init(power base: Double, _ exponent: Double) {
    let length = pow(base.magnitude, exponent)
    let angle = atan2(0, base) * exponent
    self.init(length * cos(angle), length * sin(angle))
  }

  private convenience init?(_ value: Value) throws(TemplateError) {
    if case .object(let object) = value, let number = object as? ComplexObject {
      self.init(number.real, number.imaginary)
    } else if value.isNumber {
      self.init(try Arithmetic.double(value), 0)
    } else {
      return nil
    }
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

  func attribute(_ name: Text, _ render: Render) throws(TemplateError) -> Value? {
    switch name {
    case "real": .float(real)
    case "imag": .float(imaginary)
    default: nil
    }
  }

  func equals(_ other: Value) -> Bool {
    if case .object(let object) = other, let other = object as? ComplexObject {
      return other.real == real && other.imaginary == imaginary
    }
    return imaginary == 0 && Comparison.compareNumbers(.float(real), other) == .equal
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(real)
    hasher.combine(imaginary)
  }

  var magnitude: Double { hypot(real, imaginary) }

  var negated: ComplexObject { ComplexObject(-real, -imaginary) }

  /// An operation on two numbers of which one is complex; nil when it is none, or there is no such operation.
  static func apply(
    _ op: Arithmetic.Operator, _ left: Value, _ right: Value
  ) throws(TemplateError) -> Value? {
    guard left.isComplex || right.isComplex, let a = try ComplexObject(left),
      let b = try ComplexObject(right)
    else { return nil }
    switch op {
    case .add: return .object(ComplexObject(a.real + b.real, a.imaginary + b.imaginary))
    case .subtract: return .object(ComplexObject(a.real - b.real, a.imaginary - b.imaginary))
    case .multiply:
      return .object(
        ComplexObject(
          a.real * b.real - a.imaginary * b.imaginary, a.real * b.imaginary + a.imaginary * b.real))
    case .divide: return .object(try a.divided(by: b))
    case .floorDivide, .modulo, .power: return nil
    }
  }

  /// By Smith's method, as CPython does.
  private func divided(by other: ComplexObject) throws(TemplateError) -> ComplexObject {
    let (a, b) = (other.real.magnitude, other.imaginary.magnitude)
    guard a != 0 || b != 0 else {
      throw TemplateError("ZeroDivisionError", "complex division by zero")
    }
    if a >= b {
      let ratio = other.imaginary / other.real
      let scale = other.real + other.imaginary * ratio
      return ComplexObject(
        (real + imaginary * ratio) / scale, (imaginary - real * ratio) / scale)
    }
    let ratio = other.real / other.imaginary
    let scale = other.real * ratio + other.imaginary
    return ComplexObject((real * ratio + imaginary) / scale, (imaginary * ratio - real) / scale)
  }
}

extension Value {
  /// The complex number that it is.
  var complex: ComplexObject? {
    if case .object(let object) = self { object as? ComplexObject } else { nil }
  }

  var isComplex: Bool { complex != nil }
}
