import BigInt
import Formats

extension FormatSpecification {
  /// `format(integer, spec)`.
  func apply(to value: BigInt) throws(TemplateError) -> Text {
    switch type {
    case "e", "E", "f", "F", "g", "G", "%":
      return try apply(to: Arithmetic.double(.integer(value)))
    case nil, "d", "n", "b", "o", "x", "X", "c": break
    default: throw unknown()
    }
    if precision != nil { throw .value("Precision not allowed in integer format specifier") }
    if coercesZero {
      throw .value("Negative zero coercion (z) not allowed in integer format specifier")
    }
    let digits: String
    var prefix = ""
    switch type {
    case nil, "d", "n": digits = try IntegerText.decimal(value.magnitudeInteger)
    case "b":
      digits = String(value.magnitude, radix: 2)
      prefix = "0b"
    case "o":
      digits = String(value.magnitude, radix: 8)
      prefix = "0o"
    case "x":
      digits = String(value.magnitude, radix: 16)
      prefix = "0x"
    case "X":
      digits = String(value.magnitude, radix: 16, uppercase: true)
      prefix = "0X"
    case "c": return try character(value)
    default: throw unknown()
    }
    return try assemble(
      isNegative: value < 0, prefix: isAlternate ? prefix : "", digits: digits,
      every: prefix.isEmpty ? 3 : 4)
  }

  private func character(_ value: BigInt) throws(TemplateError) -> Text {
    if sign != nil { throw .value("Sign not allowed with integer format specifier 'c'") }
    if isAlternate {
      throw .value("Alternate form (#) not allowed with integer format specifier 'c'")
    }
    guard let point = UInt32(exactly: value), point < 0x110000 else {
      throw .overflow("%c arg not in range(0x110000)")
    }
    var copy = self
    if copy.alignment == nil { copy.alignment = ">" }
    return try copy.pad(Text(codePoints: [point]), default: ">")
  }

  /// `format(float, spec)`.
  func apply(to value: Double) throws(TemplateError) -> Text {
    if let precision, precision > Int(Int32.max) { throw .value("precision too big") }
    var value = value
    var number: String
    var suffix = ""
    switch type {
    case nil:
      if let precision {
        number = try FloatText.formatted(
          value, UInt8(ascii: "g"), precision: precision, isAlternate: isAlternate, addsPoint: true)
      } else {
        number = PythonText.repr(value)
        if isAlternate, value.isFinite, let mark = number.firstIndex(of: "e"),
          !number.utf8.contains(UInt8(ascii: "."))
        {
          number.insert(".", at: mark)
        }
      }
    case "e", "E", "f", "F", "g", "G", "n":
      let letter = type == "n" ? UInt8(ascii: "g") : UInt8(type?.value ?? 0)
      number = try FloatText.formatted(
        value, letter, precision: precision ?? 6, isAlternate: isAlternate)
    case "%":
      value *= 100
      number = try FloatText.formatted(
        value, UInt8(ascii: "f"), precision: precision ?? 6, isAlternate: isAlternate)
      suffix = "%"
    default: throw unknown()
    }
    var isNegative = number.utf8.first == UInt8(ascii: "-")
    if isNegative { number.removeFirst() }
    if coercesZero, isNegative, !number.utf8.contains(where: { $0 >= 0x31 && $0 <= 0x39 }) {
      isNegative = !value.isFinite
    }
    let whole = number.utf8.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
    let split = number.utf8.index(number.utf8.startIndex, offsetBy: whole)
    if whole == 0 {
      // Infinity and NaN are padded as they are.
      var copy = self
      copy.grouping = nil
      return try copy.assembleWord(number + suffix, isNegative: isNegative)
    }
    return try assemble(
      isNegative: isNegative, digits: String(number[..<split]),
      rest: String(number[split...]) + suffix)
  }

  private func assembleWord(_ word: String, isNegative: Bool) throws(TemplateError) -> Text {
    try assemble(isNegative: isNegative, digits: "", rest: word)
  }
}

extension BigInt {
  /// The absolute value.
  var magnitudeInteger: BigInt { self < 0 ? -self : self }
}
