/// The letters and quotes around a string literal.
package struct StringPrefix: Sendable, Hashable {
  package private(set) var isRaw = false
  package private(set) var isBytes = false
  package private(set) var isFormat = false
  package private(set) var isTemplate = false
  /// `u`, which means nothing.
  package private(set) var isUnicode = false
  package private(set) var quote: UInt8 = 0
  package private(set) var isTriple = false
  /// The bytes of the letters.
  package private(set) var length = 0

  init(_ source: UnsafeBufferPointer<UInt8>, _ token: Token) {
    var index = Int(token.start)
    let end = Int(token.end)
    while index < end {
      switch source[index] | 0x20 {
      case UInt8(ascii: "r"): isRaw = true
      case UInt8(ascii: "b"): isBytes = true
      case UInt8(ascii: "f"): isFormat = true
      case UInt8(ascii: "t"): isTemplate = true
      case UInt8(ascii: "u"): isUnicode = true
      default:
        length = index - Int(token.start)
        quote = source[index]
        let isWhole = token.kind == .formatStart ? end - index == 3 : end - index >= 6
        isTriple = isWhole && source[index + 1] == quote && source[index + 2] == quote
        return
      }
      index += 1
    }
  }

  /// The bytes of the quotes at each end.
  package var quoteLength: Int { isTriple ? 3 : 1 }

  /// The bytes between the quotes of a whole string.
  func content(of token: Token) -> Range<Int> {
    let start = Int(token.start) + length + quoteLength
    return start..<max(start, Int(token.end) - quoteLength)
  }
}
