/// How a name is written (PEP 8, "Naming Conventions").
enum NameForm {
  /// Without capitals: `value`, `_x1`, `날짜`.
  static func isLowercase(_ name: ArraySlice<UInt8>) -> Bool {
    for byte in name {
      if byte >= 0x41 && byte <= 0x5A { return false }
      if byte >= 0x80 {
        return String(decoding: name, as: UTF8.self).unicodeScalars.allSatisfy {
          $0.properties.isLowercase || !$0.properties.isAlphabetic
        }
      }
    }
    return true
  }

  private static func isUppercase(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? scalar >= "A" && scalar <= "Z" : scalar.properties.isUppercase
  }

  private static func isLowercase(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? scalar >= "a" && scalar <= "z" : scalar.properties.isLowercase
  }

  /// With small letters and no capital.
  static func isCasedLowercase(_ name: String) -> Bool {
    var hasCase = false
    for scalar in name.unicodeScalars {
      if isUppercase(scalar) { return false }
      if isLowercase(scalar) { hasCase = true }
    }
    return hasCase
  }

  /// With capitals and no small letter.
  static func isCasedUppercase(_ name: String) -> Bool {
    var hasCase = false
    for scalar in name.unicodeScalars {
      if isLowercase(scalar) { return false }
      if isUppercase(scalar) { hasCase = true }
    }
    return hasCase
  }

  /// `CapWords`
  static func isCamelCase(_ name: String) -> Bool {
    !isCasedLowercase(name) && !isCasedUppercase(name) && !name.contains("_")
  }

  /// `mixedCase`
  static func isMixedCase(_ name: String) -> Bool {
    let rest = name.hasPrefix("_") ? name.dropFirst() : name[...]
    guard let first = rest.unicodeScalars.first, isLowercase(first) else { return false }
    return !isCasedLowercase(name)
  }

  /// `ElementTree` as `ET`
  static func isAcronym(_ short: String, of name: String) -> Bool {
    String(String.UnicodeScalarView(name.unicodeScalars.filter(\.properties.isUppercase))) == short
  }
}
