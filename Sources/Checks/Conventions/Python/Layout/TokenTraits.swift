import Python

/// What the checks of layout ask about a token, as bits, so that a line's tokens can be asked together.
struct TokenTraits: OptionSet, Sendable {
  let rawValue: UInt16
  init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Brackets, commas and colons too, and `and`, `or`, `not`, `in`, `is`.
  static let isOperator = TokenTraits(rawValue: 1 << 0)
  static let opens = TokenTraits(rawValue: 1 << 1)
  static let closes = TokenTraits(rawValue: 1 << 2)
  /// A comma, a semicolon, a colon.
  static let isPunctuation = TokenTraits(rawValue: 1 << 3)
  /// `match`, `case` and `type` too, where they are keywords.
  static let isKeyword = TokenTraits(rawValue: 1 << 4)
  static let isComment = TokenTraits(rawValue: 1 << 5)
  /// Neither a comment nor what shapes lines.
  static let isContent = TokenTraits(rawValue: 1 << 6)
  /// An operator around which more than one space is too much.
  static let isSpaced = TokenTraits(rawValue: 1 << 7)
  /// An operator that must have space on both sides.
  static let needsSpace = TokenTraits(rawValue: 1 << 8)
  static let isArithmetic = TokenTraits(rawValue: 1 << 9)
  static let isBitwise = TokenTraits(rawValue: 1 << 10)
  /// `True`, `False`, `None`.
  static let isSingleton = TokenTraits(rawValue: 1 << 11)
  /// Ends a physical line.
  static let endsLine = TokenTraits(rawValue: 1 << 12)

  /// `+`, `-`, `*`, `**`, which may stand before one value.
  static let isUnary = TokenTraits(rawValue: 1 << 13)
  /// Begins a block, or ends a statement in the middle of a line.
  static let dividesStatements = TokenTraits(rawValue: 1 << 14)
  static let isEqual = TokenTraits(rawValue: 1 << 15)

  static let isBracket: TokenTraits = [.opens, .closes]

  /// The traits of every kind. They are never freed, and never changed once made.
  nonisolated(unsafe) static let table: UnsafePointer<TokenTraits> = {
    let table = UnsafeMutablePointer<TokenTraits>.allocate(capacity: 256)
    for value in 0..<256 {
      table[value] = TokenKind(rawValue: UInt8(value)).map(traits(of:)) ?? []
    }
    return UnsafePointer(table)
  }()

  private static func traits(of kind: TokenKind) -> TokenTraits {
    var traits: TokenTraits = []
    switch kind {
    case .comment: return .isComment
    case .lineBreak, .newline: return .endsLine
    case .indent, .dedent, .end: return []
    case .leftParenthesis, .leftBracket, .leftBrace: traits.insert(.opens)
    case .rightParenthesis, .rightBracket, .rightBrace: traits.insert(.closes)
    case .comma, .semicolon, .colon: traits.insert(.isPunctuation)
    case .falseKeyword, .noneKeyword, .trueKeyword: traits.insert(.isSingleton)
    case .star, .doubleStar, .plus, .minus, .slash, .doubleSlash, .at:
      traits.insert(.isArithmetic)
    case .leftShift, .leftShiftEqual, .rightShift, .rightShiftEqual, .ampersand, .ampersandEqual,
      .bar, .barEqual, .caret, .caretEqual, .tilde:
      traits.insert(.isBitwise)
    default: break
    }
    switch kind {
    case .plus, .minus, .star, .doubleStar: traits.insert(.isUnary)
    case .equal: traits.insert(.isEqual)
    case .semicolon, .ifKeyword, .whileKeyword, .forKeyword, .tryKeyword, .exceptKeyword,
      .finallyKeyword, .elifKeyword, .elseKeyword, .classKeyword, .withKeyword:
      traits.insert(.dividesStatements)
    default: break
    }
    traits.insert(.isContent)
    if kind.isKeyword { traits.insert(.isKeyword) }
    let isWord = [
      TokenKind.andKeyword, .orKeyword, .notKeyword, .inKeyword, .isKeyword,
    ].contains(kind)
    if isWord || kind.isOperator && kind != .exclamation { traits.insert(.isOperator) }
    if kind.isAugmentedAssignment && kind != .atEqual || spaced.contains(kind) {
      traits.insert(.isSpaced)
    }
    let needs =
      kind.isAugmentedAssignment && kind != .atEqual
      || isWord && kind != .notKeyword
      || traits.contains(.isArithmetic) || traits.contains(.isBitwise) && kind != .tilde
      || [
        .notEqual, .less, .greater, .equalEqual, .lessEqual, .greaterEqual, .equal, .arrow,
        .colonEqual, .percent,
      ].contains(kind)
    if needs { traits.insert(.needsSpace) }
    return traits
  }

  private static let spaced: [TokenKind] = [
    .plus, .minus, .star, .slash, .bar, .ampersand, .less, .greater, .equal, .percent, .notEqual,
    .equalEqual, .lessEqual, .greaterEqual, .caret, .leftShift, .rightShift, .doubleStar,
    .doubleSlash, .colonEqual,
  ]
}
