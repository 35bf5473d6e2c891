extension Parser {
  /// `a, *b`, or one expression.
  mutating func starExpressions() throws(Stop) -> Ref {
    let start = position
    let first = try starExpression()
    guard kind == .comma else { return first }
    var children = Children()
    draft.append(first, to: &children)
    while take(.comma), beginsExpression || kind == .star {
      draft.append(try starExpression(), to: &children)
    }
    return node(.tuple, from: start, children)
  }

  mutating func starExpression() throws(Stop) -> Ref {
    kind == .star ? try starred() : try expression()
  }

  mutating func starNamedExpression() throws(Stop) -> Ref {
    kind == .star ? try starred() : try namedExpression()
  }

  mutating func starred() throws(Stop) -> Ref {
    let start = position
    advance()
    var children = Children()
    draft.append(try binary(Precedence.bar), to: &children)
    return node(.starred, from: start, children)
  }

  /// An expression, or `name := expression`.
  mutating func namedExpression() throws(Stop) -> Ref {
    let start = position
    let target = try expression()
    guard kind == .colonEqual else { return target }
    guard draft[target].kind == .name, !isParenthesized(target) else {
      throw fail(
        "cannot use assignment expressions with \(description(of: target))", at: target)
    }
    advance()
    var children = Children()
    draft.append(target, to: &children)
    draft.append(try expression(), to: &children)
    return node(.namedExpression, from: start, children)
  }

  /// `a if b else c`, a lambda, or what binds more strongly.
  mutating func expression() throws(Stop) -> Ref {
    try descend()
    defer { depth -= 1 }
    if kind == .lambdaKeyword { return try lambda() }
    let start = position
    let body = try binary(Precedence.or)
    guard kind == .ifKeyword else { return body }
    advance()
    var children = Children()
    draft.append(body, to: &children)
    draft.append(try binary(Precedence.or), to: &children)
    guard kind == .elseKeyword else {
      throw fail("expected 'else' after 'if' expression", at: body)
    }
    advance()
    draft.append(try expression(), to: &children)
    return node(.conditional, from: start, children)
  }

  /// `or` and all that binds more strongly.
  mutating func disjunction() throws(Stop) -> Ref { try binary(Precedence.or) }

  mutating func binary(_ minimum: UInt8) throws(Stop) -> Ref {
    let start = position
    var left = try unary(minimum)
    while true {
      let precedence = Precedence.of(kind)
      guard precedence >= minimum, precedence > 0 else { return left }
      let symbol = kind
      var children = Children()
      switch precedence {
      case Precedence.or, Precedence.and:
        draft.append(left, to: &children)
        while take(symbol) { draft.append(try binary(precedence + 1), to: &children) }
        left = node(.booleanOperation, from: start, children, detail: symbol.rawValue)
      case Precedence.comparison:
        if symbol == .notKeyword, peek() != .inKeyword { return left }
        left = try comparison(left, from: start)
      default:
        advance()
        draft.append(left, to: &children)
        draft.append(try binary(precedence + 1), to: &children)
        left = node(.binaryOperation, from: start, children, detail: symbol.rawValue)
      }
    }
  }

  /// `left < right <= …`
  private mutating func comparison(_ left: Ref, from start: Int) throws(Stop) -> Ref {
    var children = Children()
    draft.append(left, to: &children)
    // The operands can hold comparisons of their own, so these are stored when all are known.
    var operators: [CompareOperator] = []
    while let symbol = compareOperator() {
      operators.append(symbol)
      draft.append(try binary(Precedence.bar), to: &children)
    }
    let data = comparisons.count
    comparisons.append(contentsOf: operators)
    return node(.compare, from: start, children, data: data)
  }

  /// Takes an operator of comparison.
  private mutating func compareOperator() -> CompareOperator? {
    let symbol: CompareOperator
    switch kind {
    case .equalEqual: symbol = .equal
    case .notEqual: symbol = .notEqual
    case .less: symbol = .less
    case .lessEqual: symbol = .lessOrEqual
    case .greater: symbol = .greater
    case .greaterEqual: symbol = .greaterOrEqual
    case .inKeyword: symbol = .contained
    case .isKeyword:
      advance()
      return take(.notKeyword) ? .notIdentical : .identical
    case .notKeyword:
      guard peek() == .inKeyword else { return nil }
      advance()
      symbol = .notContained
    default: return nil
    }
    advance()
    return symbol
  }

  private mutating func unary(_ minimum: UInt8) throws(Stop) -> Ref {
    let start = position
    let symbol = kind
    switch symbol {
    case .notKeyword:
      guard minimum <= Precedence.not else { throw fail() }
      return try prefixed(symbol, from: start, Precedence.not)
    case .plus, .minus, .tilde: return try prefixed(symbol, from: start, Precedence.factor)
    default:
      let base = try awaited()
      guard kind == .doubleStar else { return base }
      advance()
      try descend()
      defer { depth -= 1 }
      var children = Children()
      draft.append(base, to: &children)
      draft.append(try unary(Precedence.factor), to: &children)
      return node(
        .binaryOperation, from: start, children, detail: TokenKind.doubleStar.rawValue)
    }
  }

  private mutating func prefixed(
    _ symbol: TokenKind, from start: Int, _ precedence: UInt8
  ) throws(Stop) -> Ref {
    try descend()
    defer { depth -= 1 }
    advance()
    var children = Children()
    draft.append(try binary(precedence), to: &children)
    return node(.unaryOperation, from: start, children, detail: symbol.rawValue)
  }

  private mutating func awaited() throws(Stop) -> Ref {
    let start = position
    guard take(.awaitKeyword) else { return try primary() }
    var children = Children()
    draft.append(try primary(), to: &children)
    return node(.await, from: start, children)
  }

  /// `yield`, with what it gives.
  mutating func yieldExpression() throws(Stop) -> Ref {
    let start = position
    advance()
    var children = Children()
    if take(.fromKeyword) {
      draft.append(try expression(), to: &children)
      return node(.yieldFrom, from: start, children)
    }
    if beginsExpression || kind == .star {
      draft.append(try starExpressions(), to: &children)
    }
    return node(.yield, from: start, children)
  }

  /// What can stand on the right of `=`.
  mutating func assignedValue() throws(Stop) -> Ref {
    kind == .yieldKeyword ? try yieldExpression() : try starExpressions()
  }

  private mutating func lambda() throws(Stop) -> Ref {
    let start = position
    advance()
    var children = Children()
    draft.append(try parameters(until: .colon, isLambda: true), to: &children)
    try expect(.colon, "expected ':'")
    draft.append(try expression(), to: &children)
    return node(.lambda, from: start, children)
  }

  /// Whether the current token can begin an expression.
  var beginsExpression: Bool {
    switch kind {
    case .name, .number, .string, .formatStart, .leftParenthesis, .leftBracket, .leftBrace,
      .ellipsis, .plus, .minus, .tilde, .falseKeyword, .noneKeyword, .trueKeyword, .awaitKeyword,
      .lambdaKeyword, .notKeyword, .error:
      true
    default: false
    }
  }
}
