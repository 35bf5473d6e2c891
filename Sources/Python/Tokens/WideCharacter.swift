/// Characters beyond ASCII in names (PEP 3131).
enum WideCharacter {
  /// The character that some bytes begin with, and its length; nil when they are not UTF-8.
  static func decode(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> (Unicode.Scalar?, Int)? {
    let first = UInt32(bytes[0])
    let length: Int
    var value: UInt32
    switch first {
    case 0xC2...0xDF: (length, value) = (2, first & 0x1F)
    case 0xE0...0xEF: (length, value) = (3, first & 0x0F)
    case 0xF0...0xF4: (length, value) = (4, first & 0x07)
    default: return nil
    }
    guard length <= count else { return nil }
    for index in 1..<length {
      guard bytes[index] & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(bytes[index] & 0x3F)
    }
    guard value >= (length == 3 ? 0x800 : length == 4 ? 0x10000 : 0x80) else { return nil }
    guard let scalar = Unicode.Scalar(value) else { return nil }
    return (scalar, length)
  }

  static func beginsName(_ scalar: Unicode.Scalar?) -> Bool {
    scalar?.properties.isXIDStart ?? false
  }

  static func continuesName(_ scalar: Unicode.Scalar?) -> Bool {
    scalar?.properties.isXIDContinue ?? false
  }

  /// CPython's words about a character that no name may hold.
  static func message(about scalar: Unicode.Scalar?) -> String {
    guard let scalar else { return "source is not UTF-8" }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let code = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator, .spaceSeparator:
      return "invalid non-printable character U+\(code)"
    default: return "invalid character '\(scalar)' (U+\(code))"
    }
  }
}
