/// How strongly binary operators bind (Python's language reference, 6.17).
enum Precedence {
  static let or: UInt8 = 1
  static let and: UInt8 = 2
  static let not: UInt8 = 3
  static let comparison: UInt8 = 4
  static let bar: UInt8 = 5
  static let caret: UInt8 = 6
  static let ampersand: UInt8 = 7
  static let shift: UInt8 = 8
  static let sum: UInt8 = 9
  static let term: UInt8 = 10
  static let factor: UInt8 = 11

  /// The precedence of a binary operator; 0 for what is none. `**` is read with its operands.
  @inline(__always)
  static func of(_ kind: TokenKind) -> UInt8 {
    switch kind {
    case .orKeyword: or
    case .andKeyword: and
    case .equalEqual, .notEqual, .less, .lessEqual, .greater, .greaterEqual, .inKeyword,
      .isKeyword, .notKeyword:
      comparison
    case .bar: bar
    case .caret: caret
    case .ampersand: ampersand
    case .leftShift, .rightShift: shift
    case .plus, .minus: sum
    case .star, .slash, .doubleSlash, .percent, .at: term
    default: 0
    }
  }
}
