/// The classes with a letter: `\d`, `\w`, `\s`; of ASCII, or of all of Unicode as Python's `re` has them.
enum PerlClass {
  case digit
  case word
  case space

  func set(unicode: Bool) -> ScalarSet {
    guard unicode else {
      switch self {
      case .digit: return ScalarSet([0x30...0x39])
      case .word: return ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
      case .space: return ScalarSet([0x09...0x0D, 0x20...0x20])
      }
    }
    switch self {
    case .digit: return Self.digits
    case .word: return Self.words
    case .space: return Self.spaces
    }
  }

  // Asked of the standard library when the first pattern needs them, about 10 ms.
  private static let digits = collect { $0.properties.generalCategory == .decimalNumber }
  private static let spaces = collect {
    $0.properties.isWhitespace || (0x1C...0x1F).contains($0.value)
  }
  private static let words = collect {
    if $0 == "_" { return true }
    switch $0.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber:
      return true
    case .otherNumber: return true
    default: return $0.properties.numericType != nil
    }
  }

  static func isWord(_ scalar: UInt32, unicode: Bool) -> Bool {
    if scalar < 0x80 { return UInt8(scalar).isWord }
    return unicode && words.contains(scalar)
  }

  private static func collect(_ holds: (Unicode.Scalar) -> Bool) -> ScalarSet {
    var ranges: [ClosedRange<UInt32>] = []
    // Beyond the ideographic planes nothing is a letter, a digit or a space.
    for value in UInt32(0)..<0x34000 {
      guard let scalar = Unicode.Scalar(value), holds(scalar) else { continue }
      if let last = ranges.last, last.upperBound + 1 == value {
        ranges[ranges.count - 1] = last.lowerBound...value
      } else {
        ranges.append(value...value)
      }
    }
    return ScalarSet(ranges)
  }
}
