extension Parser {
  /// The patterns of `case`: one, or a sequence without brackets.
  mutating func patterns() throws(Stop) -> Ref {
    let start = position
    let first = try maybeStarPattern()
    guard kind == .comma else {
      if draft[first].kind == .matchStar {
        throw fail("starred pattern needs a sequence", at: first)
      }
      return first
    }
    var children = Children()
    draft.append(first, to: &children)
    while take(.comma), kind != .colon, kind != .ifKeyword {
      draft.append(try maybeStarPattern(), to: &children)
    }
    return node(.matchSequence, from: start, children)
  }

  private mutating func maybeStarPattern() throws(Stop) -> Ref {
    guard kind == .star else { return try pattern() }
    let start = position
    advance()
    return try captured(.matchStar, from: start, name: position)
  }

  /// A node that takes a name, `_` being none.
  private mutating func captured(
    _ form: NodeKind, from start: Int, name: Int, _ children: Children = Children()
  ) throws(Stop) -> Ref {
    try expect(.name)
    let isWildcard = isSpelled("_", name)
    return node(form, from: start, children, flags: isWildcard ? [] : .hasName, data: name)
  }

  private mutating func pattern() throws(Stop) -> Ref {
    try descend()
    defer { depth -= 1 }
    let start = position
    let first = try closedPattern()
    var pattern = first
    if kind == .bar {
      var children = Children()
      draft.append(first, to: &children)
      while take(.bar) { draft.append(try closedPattern(), to: &children) }
      pattern = node(.matchOr, from: start, children)
    }
    guard take(.asKeyword) else { return pattern }
    guard kind == .name else { throw fail("invalid pattern target") }
    if isSpelled("_", position) { throw fail("cannot use '_' as a target") }
    var children = Children()
    draft.append(pattern, to: &children)
    let name = position
    advance()
    if kind == .dot || kind == .leftParenthesis { throw fail("invalid pattern target") }
    return node(.matchAs, from: start, children, flags: .hasName, data: name)
  }

  private mutating func closedPattern() throws(Stop) -> Ref {
    let start = position
    switch kind {
    case .noneKeyword, .trueKeyword, .falseKeyword:
      let form: NodeKind =
        kind == .noneKeyword
        ? .noneConstant : kind == .trueKeyword ? .trueConstant : .falseConstant
      advance()
      var children = Children()
      draft.append(node(form, from: start), to: &children)
      return node(.matchSingleton, from: start, children)
    case .number, .minus, .string, .formatStart:
      var children = Children()
      draft.append(try literal(), to: &children)
      return node(.matchValue, from: start, children)
    case .name:
      let isDotted = peek() == .dot
      guard isDotted || peek() == .leftParenthesis else {
        return try captured(.matchAs, from: start, name: start)
      }
      let value = try dottedValue()
      var children = Children()
      draft.append(value, to: &children)
      if kind == .leftParenthesis { return try classPattern(from: start, &children) }
      return node(.matchValue, from: start, children)
    case .leftParenthesis, .leftBracket: return try sequencePattern()
    case .leftBrace: return try mappingPattern()
    default: throw fail()
    }
  }

  /// `a.b.c`
  private mutating func dottedValue() throws(Stop) -> Ref {
    let start = position
    advance()
    var value = node(.name, from: start)
    while take(.dot) {
      try expect(.name)
      var children = Children()
      draft.append(value, to: &children)
      value = node(.attribute, from: start, children)
    }
    return value
  }

  /// A string, a number, or a complex number as a sum.
  private mutating func literal() throws(Stop) -> Ref {
    let start = position
    if kind == .string || kind == .formatStart {
      // That an f-string is no pattern is the compiler's to say.
      return try strings()
    }
    let real = try signedNumber()
    guard kind == .plus || kind == .minus else { return real }
    let symbol = kind
    if isImaginary(real) { throw fail("real number required in complex literal", at: real) }
    advance()
    let place = position
    try expect(.number)
    let imaginary = node(.number, from: place)
    guard isImaginary(imaginary) else {
      throw fail("imaginary number required in complex literal", at: imaginary)
    }
    var children = Children()
    draft.append(real, to: &children)
    draft.append(imaginary, to: &children)
    return node(.binaryOperation, from: start, children, detail: symbol.rawValue)
  }

  private mutating func signedNumber() throws(Stop) -> Ref {
    let start = position
    let isNegative = take(.minus)
    let digits = position
    try expect(.number)
    let number = node(.number, from: digits)
    guard isNegative else { return number }
    var children = Children()
    draft.append(number, to: &children)
    return node(.unaryOperation, from: start, children, detail: TokenKind.minus.rawValue)
  }

  private func isImaginary(_ number: Ref) -> Bool {
    let end = Int(tokens[Int(draft[number].endToken) - 1].end)
    return source[end - 1] | 0x20 == UInt8(ascii: "j")
  }

  private mutating func sequencePattern() throws(Stop) -> Ref {
    let start = position
    let isGroup = kind == .leftParenthesis
    let end: TokenKind = isGroup ? .rightParenthesis : .rightBracket
    advance()
    var children = Children()
    while kind != end {
      draft.append(try maybeStarPattern(), to: &children)
      let hasComma = take(.comma)
      if !hasComma, isGroup, children.count == 1, kind == end,
        draft[children.first].kind != .matchStar
      {
        advance()
        draft.insert(.isParenthesized, in: children.first)
        return children.first
      }
      if !hasComma { break }
    }
    if isGroup, children.count == 1, draft[children.first].kind == .matchStar,
      tokens[previousEnd - 1].kind != .comma
    {
      throw fail()
    }
    try expect(end)
    return node(.matchSequence, from: start, children)
  }

  private mutating func mappingPattern() throws(Stop) -> Ref {
    let start = position
    advance()
    var children = Children()
    var rest = 0
    while kind != .rightBrace {
      if take(.doubleStar) {
        rest = position
        try expect(.name)
        if isSpelled("_", rest) { throw fail() }
        _ = take(.comma)
        guard kind == .rightBrace else {
          throw fail("double star pattern must be the last (right-most) subpattern in mapping")
        }
        break
      }
      let key = position
      switch kind {
      case .noneKeyword, .trueKeyword, .falseKeyword:
        let form: NodeKind =
          kind == .noneKeyword
          ? .noneConstant : kind == .trueKeyword ? .trueConstant : .falseConstant
        advance()
        draft.append(node(form, from: key), to: &children)
      case .name:
        guard peek() == .dot else {
          throw fail("mapping pattern keys may only match literals and attribute lookups")
        }
        draft.append(try dottedValue(), to: &children)
      case .number, .minus, .string, .formatStart: draft.append(try literal(), to: &children)
      default: throw fail()
      }
      try expect(.colon)
      draft.append(try pattern(), to: &children)
      guard take(.comma) else { break }
    }
    try expect(.rightBrace)
    return node(
      .matchMapping, from: start, children, flags: rest > 0 ? .hasName : [], data: rest)
  }

  private mutating func classPattern(
    from start: Int, _ children: inout Children
  ) throws(Stop) -> Ref {
    advance()
    var hasKeyword = false
    while kind != .rightParenthesis {
      let place = position
      if kind == .name, peek() == .equal {
        hasKeyword = true
        advance()
        advance()
        var own = Children()
        draft.append(try pattern(), to: &own)
        draft.append(node(.keywordPattern, from: place, own), to: &children)
      } else {
        let positional = try pattern()
        if hasKeyword {
          throw fail("positional patterns follow keyword patterns", at: positional)
        }
        draft.append(positional, to: &children)
      }
      guard take(.comma) else { break }
    }
    try expect(.rightParenthesis)
    return node(.matchClass, from: start, children)
  }
}
