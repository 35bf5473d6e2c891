/// What Python 3.11 knows about one code point.
///
/// Python 3.11 follows Unicode 14 and Swift's library a later version: what was assigned since counts as unassigned here,
/// and the few characters whose properties changed are named. `Tests/Interop` compares every code point.
package enum CodePoint {
  /// `str.isspace` of one character.
  package static func isSpace(_ point: UInt32) -> Bool {
    switch point {
    case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F,
      0x205F, 0x3000:
      true
    default: false
    }
  }

  /// Whether `str.splitlines` ends a line here.
  package static func isLineBreak(_ point: UInt32) -> Bool {
    switch point {
    case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  package static func isLower(_ point: UInt32) -> Bool {
    if point < 0x80 { return point >= 0x61 && point <= 0x7A }
    switch point {
    case 0x295: return true
    case 0x10FC, 0xA7F2...0xA7F4, 0xAB69: return false
    default: return properties(point)?.isLowercase ?? false
    }
  }

  package static func isUpper(_ point: UInt32) -> Bool {
    if point < 0x80 { return point >= 0x41 && point <= 0x5A }
    return properties(point)?.isUppercase ?? false
  }

  package static func isTitle(_ point: UInt32) -> Bool {
    point >= 0x80 && properties(point)?.generalCategory == .titlecaseLetter
  }

  /// Unicode's property `Cased`.
  package static func isCased(_ point: UInt32) -> Bool {
    isLower(point) || isUpper(point) || isTitle(point)
  }

  /// Unicode's property `Case_Ignorable`: what the final sigma looks past.
  package static func isCaseIgnorable(_ point: UInt32) -> Bool {
    properties(point)?.isCaseIgnorable ?? false
  }

  /// `str.isalpha` of one character.
  package static func isAlpha(_ point: UInt32) -> Bool {
    if point < 0x80 { return isLower(point | 0x20) }
    switch properties(point)?.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return true
    default: return false
    }
  }

  /// `str.isdecimal` of one character.
  package static func isDecimal(_ point: UInt32) -> Bool { decimalValue(point) != nil }

  /// The value of a decimal digit of any script.
  static func decimalValue(_ point: UInt32) -> Int? {
    if point < 0x80 { return point >= 0x30 && point <= 0x39 ? Int(point) - 0x30 : nil }
    guard let properties = properties(point), properties.numericType == .decimal else {
      return nil
    }
    return properties.numericValue.map { Int($0) }
  }

  /// `str.isdigit` of one character.
  package static func isDigit(_ point: UInt32) -> Bool {
    if point < 0x80 { return point >= 0x30 && point <= 0x39 }
    let type = properties(point)?.numericType
    return type == .decimal || type == .digit
  }

  /// `str.isnumeric` of one character.
  package static func isNumeric(_ point: UInt32) -> Bool {
    if point < 0x80 { return point >= 0x30 && point <= 0x39 }
    switch point {
    case 0x4E24, 0x4EAC, 0x4FE9, 0x5006, 0x62D0, 0x6D1E, 0x7695, 0x79ED, 0x920E, 0x94A9, 0x12038,
      0x12039, 0x12079, 0x12226, 0x1222B, 0x1230B, 0x1230D, 0x12399:
      return false
    default: return properties(point)?.numericType != nil
    }
  }

  /// `str.isalnum` of one character.
  package static func isAlphanumeric(_ point: UInt32) -> Bool { isAlpha(point) || isNumeric(point) }

  /// Whether `\w` of Python's `re` matches.
  package static func isWord(_ point: UInt32) -> Bool { point == 0x5F || isAlphanumeric(point) }

  package static func isIdentifierStart(_ point: UInt32) -> Bool {
    if point < 0x80 { return point == 0x5F || isAlpha(point) }
    return properties(point)?.isXIDStart ?? false
  }

  package static func isIdentifierContinuation(_ point: UInt32) -> Bool {
    if point < 0x80 { return isWord(point) }
    switch point {
    case 0x200C, 0x200D, 0x30FB, 0xFF65: return false
    default: return properties(point)?.isXIDContinue ?? false
    }
  }

  /// `str.isprintable` of one character.
  package static func isPrintable(_ point: UInt32) -> Bool {
    if point < 0x7F { return point >= 0x20 }
    switch properties(point)?.generalCategory {
    case nil, .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator, .spaceSeparator:
      return false
    default: return true
    }
  }

  /// Unicode's `Canonical_Combining_Class`.
  static func combiningClass(_ point: UInt32) -> UInt8 {
    point < 0x300 ? 0 : properties(point)?.canonicalCombiningClass.rawValue ?? 0
  }

  /// The properties of what Unicode 14 assigns; nil for the rest and for surrogates.
  private static func properties(_ point: UInt32) -> Unicode.Scalar.Properties? {
    guard let properties = Unicode.Scalar(point)?.properties, let age = properties.age,
      age.major <= 14
    else { return nil }
    return properties
  }

  static func appendLower(_ point: UInt32, to points: inout [UInt32]) {
    if point < 0x80 { return points.append(isUpper(point) ? point + 0x20 : point) }
    append(properties(point)?.lowercaseMapping, of: point, to: &points)
  }

  static func appendUpper(_ point: UInt32, to points: inout [UInt32]) {
    if point < 0x80 { return points.append(isLower(point) ? point - 0x20 : point) }
    append(
      hasLaterCapital(point) ? nil : properties(point)?.uppercaseMapping, of: point, to: &points)
  }

  static func appendTitle(_ point: UInt32, to points: inout [UInt32]) {
    if point < 0x80 { return appendUpper(point, to: &points) }
    append(
      hasLaterCapital(point) ? nil : properties(point)?.titlecaseMapping, of: point, to: &points)
  }

  /// Unicode's full case folding, which Swift does not give: the lower case of the upper case but for these.
  static func appendFolded(_ point: UInt32, to points: inout [UInt32]) {
    switch point {
    case ..<0x80: appendLower(point, to: &points)
    case 0x131, 0x13A0...0x13F5: points.append(point)
    // Cherokee folds to its capitals.
    case 0x13F8...0x13FD: points.append(point - 8)
    case 0xAB70...0xABBF: points.append(point - 0xAB70 + 0x13A0)
    case 0x1E9E: points += [0x73, 0x73]
    default:
      var upper: [UInt32] = []
      appendUpper(point, to: &upper)
      for point in upper { appendLower(point, to: &points) }
    }
  }

  /// Small letters that got their capitals after Unicode 14.
  private static func hasLaterCapital(_ point: UInt32) -> Bool {
    point == 0x19B || point == 0x264 || point == 0xA7D3 || point == 0xA7D5
  }

  private static func append(_ mapping: String?, of point: UInt32, to points: inout [UInt32]) {
    guard let mapping else { return points.append(point) }
    for scalar in mapping.unicodeScalars { points.append(scalar.value) }
  }
}
