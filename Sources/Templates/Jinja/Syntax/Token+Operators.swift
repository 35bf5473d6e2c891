extension Token.Kind {
  /// The operator that starts with a byte, and how many bytes it takes; the longest wins.
  static func `operator`(_ byte: UInt8, _ next: UInt8) -> (Token.Kind, Int)? {
    let hasEqual = next == UInt8(ascii: "=")
    switch byte {
    case UInt8(ascii: "+"): return (.add, 1)
    case UInt8(ascii: "-"): return (.subtract, 1)
    case UInt8(ascii: "*"): return next == byte ? (.power, 2) : (.multiply, 1)
    case UInt8(ascii: "/"): return next == byte ? (.floorDivide, 2) : (.divide, 1)
    case UInt8(ascii: "%"): return (.modulo, 1)
    case UInt8(ascii: "~"): return (.tilde, 1)
    case UInt8(ascii: "["): return (.leftBracket, 1)
    case UInt8(ascii: "]"): return (.rightBracket, 1)
    case UInt8(ascii: "("): return (.leftParenthesis, 1)
    case UInt8(ascii: ")"): return (.rightParenthesis, 1)
    case UInt8(ascii: "{"): return (.leftBrace, 1)
    case UInt8(ascii: "}"): return (.rightBrace, 1)
    case UInt8(ascii: "="): return hasEqual ? (.equal, 2) : (.assign, 1)
    case UInt8(ascii: "!"): return hasEqual ? (.notEqual, 2) : nil
    case UInt8(ascii: ">"): return hasEqual ? (.greaterOrEqual, 2) : (.greater, 1)
    case UInt8(ascii: "<"): return hasEqual ? (.lessOrEqual, 2) : (.less, 1)
    case UInt8(ascii: "."): return (.dot, 1)
    case UInt8(ascii: ":"): return (.colon, 1)
    case UInt8(ascii: "|"): return (.pipe, 1)
    case UInt8(ascii: ","): return (.comma, 1)
    case UInt8(ascii: ";"): return (.semicolon, 1)
    default: return nil
    }
  }
}
