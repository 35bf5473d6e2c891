/// Finds operators, the longest that fits.
enum Operator {
  /// The operator that three bytes begin with, and its length; `error` when there is none.
  static func read(_ bytes: UnsafePointer<UInt8>) -> (kind: TokenKind, length: Int) {
    let next = bytes[1]
    let isEqual = next == UInt8(ascii: "=")
    switch bytes[0] {
    case UInt8(ascii: "("): return (.leftParenthesis, 1)
    case UInt8(ascii: ")"): return (.rightParenthesis, 1)
    case UInt8(ascii: "["): return (.leftBracket, 1)
    case UInt8(ascii: "]"): return (.rightBracket, 1)
    case UInt8(ascii: "{"): return (.leftBrace, 1)
    case UInt8(ascii: "}"): return (.rightBrace, 1)
    case UInt8(ascii: ","): return (.comma, 1)
    case UInt8(ascii: ";"): return (.semicolon, 1)
    case UInt8(ascii: "~"): return (.tilde, 1)
    case UInt8(ascii: "."):
      let isEllipsis = next == UInt8(ascii: ".") && bytes[2] == UInt8(ascii: ".")
      return isEllipsis ? (.ellipsis, 3) : (.dot, 1)
    case UInt8(ascii: ":"): return isEqual ? (.colonEqual, 2) : (.colon, 1)
    case UInt8(ascii: "="): return isEqual ? (.equalEqual, 2) : (.equal, 1)
    case UInt8(ascii: "!"): return isEqual ? (.notEqual, 2) : (.exclamation, 1)
    case UInt8(ascii: "+"): return isEqual ? (.plusEqual, 2) : (.plus, 1)
    case UInt8(ascii: "-"):
      if next == UInt8(ascii: ">") { return (.arrow, 2) }
      return isEqual ? (.minusEqual, 2) : (.minus, 1)
    case UInt8(ascii: "%"): return isEqual ? (.percentEqual, 2) : (.percent, 1)
    case UInt8(ascii: "@"): return isEqual ? (.atEqual, 2) : (.at, 1)
    case UInt8(ascii: "&"): return isEqual ? (.ampersandEqual, 2) : (.ampersand, 1)
    case UInt8(ascii: "|"): return isEqual ? (.barEqual, 2) : (.bar, 1)
    case UInt8(ascii: "^"): return isEqual ? (.caretEqual, 2) : (.caret, 1)
    case UInt8(ascii: "*"):
      return repeated(bytes, (.star, .starEqual), (.doubleStar, .doubleStarEqual))
    case UInt8(ascii: "/"):
      return repeated(bytes, (.slash, .slashEqual), (.doubleSlash, .doubleSlashEqual))
    case UInt8(ascii: "<"):
      // `<>` is `!=` in a joke of CPython's only.
      return repeated(bytes, (.less, .lessEqual), (.leftShift, .leftShiftEqual))
    case UInt8(ascii: ">"):
      return repeated(bytes, (.greater, .greaterEqual), (.rightShift, .rightShiftEqual))
    default: return (.error, 1)
    }
  }

  /// An operator that can be doubled, and each form followed by `=`.
  private static func repeated(
    _ bytes: UnsafePointer<UInt8>, _ single: (TokenKind, TokenKind),
    _ double: (TokenKind, TokenKind)
  ) -> (kind: TokenKind, length: Int) {
    let equal = UInt8(ascii: "=")
    if bytes[1] == bytes[0] { return bytes[2] == equal ? (double.1, 3) : (double.0, 2) }
    return bytes[1] == equal ? (single.1, 2) : (single.0, 1)
  }
}
