/// Which characters stand in names, as Python 3.11 and Jinja2's lexer see them.
enum Identifier {
  static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Where the ASCII part of a name ends that starts at an index.
  static func endOfPlainName(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    var end = start
    while end < bytes.count, isNameByte(bytes[end]) { end += 1 }
    return end
  }

  /// Whether a run of these is taken for a name: Python's `\w` and the marks that identifiers allow.
  static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    if properties.isXIDContinue { return true }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber:
      return true
    default: return false
    }
  }

  /// `str.isidentifier()`.
  static func isValid(_ text: Text) -> Bool {
    for (index, point) in text.codePoints.enumerated() {
      guard let scalar = Unicode.Scalar(point) else { return false }
      let isFine =
        index == 0
        ? scalar == "_" || scalar.properties.isXIDStart : scalar.properties.isXIDContinue
      if !isFine { return false }
    }
    return !text.isEmpty
  }
}
