extension Parser {
  /// An atom and the calls, subscripts and attributes behind it.
  mutating func primary() throws(Stop) -> Ref {
    let start = position
    var base = try atom()
    while true {
      switch kind {
      case .dot:
        advance()
        try expect(.name)
        var children = Children()
        draft.append(base, to: &children)
        base = node(.attribute, from: start, children)
      case .leftParenthesis:
        var children = Children()
        draft.append(base, to: &children)
        try arguments(&children)
        base = node(.call, from: start, children)
      case .leftBracket:
        var children = Children()
        draft.append(base, to: &children)
        advance()
        try descend()
        draft.append(try index(), to: &children)
        depth -= 1
        try expect(.rightBracket)
        base = node(.subscriptExpression, from: start, children)
      default: return base
      }
    }
  }

  private mutating func atom() throws(Stop) -> Ref {
    let start = position
    switch kind {
    case .name:
      advance()
      return node(.name, from: start)
    case .number:
      advance()
      return node(.number, from: start)
    case .string, .formatStart: return try strings()
    case .leftParenthesis, .leftBracket, .leftBrace:
      let kind = kind
      try descend()
      defer { depth -= 1 }
      if kind == .leftParenthesis { return try parenthesized() }
      return kind == .leftBracket ? try bracketed() : try braced()
    case .trueKeyword: return constant(.trueConstant)
    case .falseKeyword: return constant(.falseConstant)
    case .noneKeyword: return constant(.noneConstant)
    case .ellipsis: return constant(.ellipsis)
    default: throw fail()
    }
  }

  private mutating func constant(_ kind: NodeKind) -> Ref {
    let start = position
    advance()
    return node(kind, from: start)
  }

  /// A tuple, a generator, or an expression in brackets.
  private mutating func parenthesized() throws(Stop) -> Ref {
    let start = position
    advance()
    if take(.rightParenthesis) { return node(.tuple, from: start, flags: .isParenthesized) }
    if kind == .yieldKeyword {
      let inner = try yieldExpression()
      try expect(.rightParenthesis)
      draft.insert(.isParenthesized, in: inner)
      return inner
    }
    let first = try starNamedExpression()
    var children = Children()
    switch kind {
    case .forKeyword, .asyncKeyword:
      if draft[first].kind == .starred {
        throw fail("iterable unpacking cannot be used in comprehension", at: first)
      }
      draft.append(first, to: &children)
      try comprehensions(&children)
      try expect(.rightParenthesis)
      return node(.generator, from: start, children, flags: .isParenthesized)
    case .comma:
      draft.append(first, to: &children)
      while take(.comma), kind != .rightParenthesis {
        draft.append(try starNamedExpression(), to: &children)
      }
      try expect(.rightParenthesis, missingComma)
      return node(.tuple, from: start, children, flags: .isParenthesized)
    default:
      guard kind == .rightParenthesis else { throw fail(missingComma) }
      if draft[first].kind == .starred, !isParenthesized(first) {
        throw fail("cannot use starred expression here", at: first)
      }
      advance()
      draft.insert(.isParenthesized, in: first)
      return first
    }
  }

  /// CPython's guess when two expressions stand side by side.
  var missingComma: String? {
    beginsExpression && kind != .error && kind != .notKeyword
      ? "invalid syntax. Perhaps you forgot a comma?" : nil
  }

  private mutating func bracketed() throws(Stop) -> Ref {
    let start = position
    advance()
    var children = Children()
    if take(.rightBracket) { return node(.list, from: start) }
    let first = try starNamedExpression()
    draft.append(first, to: &children)
    if kind == .forKeyword || kind == .asyncKeyword {
      if draft[first].kind == .starred {
        throw fail("iterable unpacking cannot be used in comprehension", at: first)
      }
      try comprehensions(&children)
      try expect(.rightBracket)
      return node(.listComprehension, from: start, children)
    }
    while take(.comma), kind != .rightBracket {
      draft.append(try starNamedExpression(), to: &children)
    }
    try expect(.rightBracket, missingComma)
    return node(.list, from: start, children)
  }

  private mutating func braced() throws(Stop) -> Ref {
    let start = position
    advance()
    var children = Children()
    if take(.rightBrace) { return node(.dict, from: start) }
    if kind == .doubleStar { return try dict(from: start, &children) }
    let first = try starNamedExpression()
    draft.append(first, to: &children)
    if kind == .colon {
      if draft[first].kind == .starred || draft[first].kind == .namedExpression,
        !isParenthesized(first)
      {
        throw fail()
      }
      return try dict(from: start, &children)
    }
    if kind == .forKeyword || kind == .asyncKeyword {
      if draft[first].kind == .starred {
        throw fail("iterable unpacking cannot be used in comprehension", at: first)
      }
      try comprehensions(&children)
      try expect(.rightBrace)
      return node(.setComprehension, from: start, children)
    }
    while take(.comma), kind != .rightBrace {
      draft.append(try starNamedExpression(), to: &children)
    }
    try expect(.rightBrace, missingComma)
    return node(.set, from: start, children)
  }

  /// A dictionary, whose first key may have been read already.
  private mutating func dict(from start: Int, _ children: inout Children) throws(Stop) -> Ref {
    var hasKey = children.count == 1
    repeat {
      if kind == .rightBrace, !hasKey { break }
      if !hasKey, kind == .doubleStar {
        let star = position
        advance()
        var inner = Children()
        draft.append(try binary(Precedence.bar), to: &inner)
        draft.append(node(.doubleStarred, from: star, inner), to: &children)
        if kind == .forKeyword || kind == .asyncKeyword {
          throw fail("dict unpacking cannot be used in dict comprehension")
        }
        continue
      }
      if !hasKey { draft.append(try expression(), to: &children) }
      hasKey = false
      try expect(.colon, "':' expected after dictionary key")
      guard beginsExpression else {
        throw fail("expression expected after dictionary key and ':'")
      }
      draft.append(try expression(), to: &children)
      if children.count == 2, kind == .forKeyword || kind == .asyncKeyword {
        try comprehensions(&children)
        try expect(.rightBrace)
        return node(.dictComprehension, from: start, children)
      }
    } while take(.comma)
    try expect(.rightBrace, missingComma)
    return node(.dict, from: start, children)
  }

  /// What stands between the brackets of a subscript.
  private mutating func index() throws(Stop) -> Ref {
    let start = position
    let first = try slice()
    // An unpacked index is a tuple even when it stands alone.
    guard kind == .comma || draft[first].kind == .starred else { return first }
    var children = Children()
    draft.append(first, to: &children)
    while take(.comma), kind != .rightBracket { draft.append(try slice(), to: &children) }
    return node(.tuple, from: start, children)
  }

  private mutating func slice() throws(Stop) -> Ref {
    let start = position
    if kind == .star { return try starred() }
    var children = Children()
    var flags: NodeFlags = []
    if kind != .colon {
      let lower = try namedExpression()
      guard kind == .colon else { return lower }
      if draft[lower].kind == .namedExpression, !isParenthesized(lower) { throw fail() }
      draft.append(lower, to: &children)
      flags.insert(.hasType)
    }
    advance()
    if beginsExpression {
      draft.append(try expression(), to: &children)
      flags.insert(.hasValue)
    }
    if take(.colon), beginsExpression {
      draft.append(try expression(), to: &children)
      flags.insert(.hasExtra)
    }
    return node(.slice, from: start, children, flags: flags)
  }

  /// `for target in iterable if condition …`, once or more.
  mutating func comprehensions(_ children: inout Children) throws(Stop) {
    while kind == .forKeyword || kind == .asyncKeyword {
      let start = position
      let isAsync = take(.asyncKeyword)
      try expect(.forKeyword)
      var own = Children()
      let target = try targets()
      draft.append(target, to: &own)
      try expect(.inKeyword)
      draft.append(try disjunction(), to: &own)
      while take(.ifKeyword) { draft.append(try disjunction(), to: &own) }
      draft.append(
        node(.comprehension, from: start, own, flags: isAsync ? .isMarked : []), to: &children)
    }
  }
}
