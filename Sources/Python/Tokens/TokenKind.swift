/// What a token is; every operator and every keyword has a kind of its own, so that the parser compares one byte.
///
/// The order carries meaning: trivia come first, then what shapes the lines, then values, then operators from
/// `leftParenthesis` on and keywords from `falseKeyword` on. Soft keywords (`match`, `case`, `type`, `_`) are names.
package enum TokenKind: UInt8, Sendable {
  /// A comment, without its line end.
  case comment
  /// The end of a line that ends no statement: of a blank line, a comment's, or inside brackets.
  case lineBreak
  /// The end of a logical line.
  case newline
  case indent, dedent
  /// The end of the file.
  case end
  /// Bytes that are no token; `TokenList.problems` says why.
  case error
  case name, number
  /// A whole string literal without replacement fields, prefix and quotes included.
  case string
  /// The prefix and the opening quotes of an f-string or t-string.
  case formatStart
  /// Literal text between replacement fields, `{{` and escapes as written.
  case formatMiddle
  case formatEnd

  case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
  case colon, comma, semicolon, dot, ellipsis, arrow, exclamation
  case equal
  case colonEqual
  case plusEqual, minusEqual, starEqual, slashEqual, doubleSlashEqual, percentEqual, atEqual
  case ampersandEqual, barEqual, caretEqual, leftShiftEqual, rightShiftEqual, doubleStarEqual
  case plus, minus, star, slash, doubleSlash, percent, at
  case ampersand, bar, caret, leftShift, rightShift, doubleStar
  case tilde
  case equalEqual, notEqual, less, lessEqual, greater, greaterEqual

  case falseKeyword, noneKeyword, trueKeyword
  case andKeyword, asKeyword, assertKeyword, asyncKeyword, awaitKeyword, breakKeyword
  case classKeyword, continueKeyword, defKeyword, delKeyword, elifKeyword, elseKeyword
  case exceptKeyword, finallyKeyword, forKeyword, fromKeyword, globalKeyword, ifKeyword
  case importKeyword, inKeyword, isKeyword, lambdaKeyword, nonlocalKeyword, notKeyword
  case orKeyword, passKeyword, raiseKeyword, returnKeyword, tryKeyword, whileKeyword
  case withKeyword, yieldKeyword

  /// One comparison of bytes in other modules too, where the compiler's own `==` would be a call for every token.
  @inlinable @inline(__always)
  package static func == (left: TokenKind, right: TokenKind) -> Bool {
    unsafeBitCast(left, to: UInt8.self) == unsafeBitCast(right, to: UInt8.self)
  }

  /// Whether the grammar does not see it.
  package var isTrivia: Bool { rawValue <= TokenKind.lineBreak.rawValue }

  package var isOperator: Bool {
    rawValue >= TokenKind.leftParenthesis.rawValue && rawValue < TokenKind.falseKeyword.rawValue
  }

  package var isKeyword: Bool { rawValue >= TokenKind.falseKeyword.rawValue }

  package var isAugmentedAssignment: Bool {
    rawValue >= TokenKind.plusEqual.rawValue && rawValue <= TokenKind.doubleStarEqual.rawValue
  }

  /// The operator that an augmented assignment applies: `plus` of `plusEqual`.
  package var augmentedOperator: TokenKind? {
    guard isAugmentedAssignment else { return nil }
    return TokenKind(rawValue: rawValue - TokenKind.plusEqual.rawValue + TokenKind.plus.rawValue)
  }

  /// Whether only a statement can begin with it, so that it proves, at the start of a line, that no bracket is open.
  var beginsOnlyStatements: Bool {
    switch self {
    case .assertKeyword, .breakKeyword, .classKeyword, .continueKeyword, .defKeyword, .delKeyword,
      .elifKeyword, .exceptKeyword, .finallyKeyword, .globalKeyword, .importKeyword,
      .nonlocalKeyword, .passKeyword, .raiseKeyword, .returnKeyword, .tryKeyword, .whileKeyword,
      .withKeyword:
      true
    default: false
    }
  }
}
