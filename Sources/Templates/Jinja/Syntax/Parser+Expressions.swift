extension Parser {
  /// Reads an expression.
  package mutating func expression(
    allowsConditional: Bool = true
  ) throws(TemplateError) -> Expression {
    try deeper()
    defer { depth -= 1 }
    return allowsConditional ? try conditional() : try or()
  }

  private mutating func conditional() throws(TemplateError) -> Expression {
    var position = current.position
    var result = try or()
    while try skip(.if) {
      try link()
      let test = try or()
      var otherwise: Expression?
      if try skip(.else) {
        try deeper()
        otherwise = try conditional()
        depth -= 1
      }
      result = .conditional(test: test, then: result, else: otherwise, position)
      position = current.position
    }
    return result
  }

  private mutating func or() throws(TemplateError) -> Expression {
    var position = current.position
    var left = try and()
    while try skip(.or) {
      try link()
      left = .or(left, try and(), position)
      position = current.position
    }
    return left
  }

  private mutating func and() throws(TemplateError) -> Expression {
    var position = current.position
    var left = try not()
    while try skip(.and) {
      try link()
      left = .and(left, try not(), position)
      position = current.position
    }
    return left
  }

  private mutating func not() throws(TemplateError) -> Expression {
    guard isName(.not) else { return try comparison() }
    let position = try advance().position
    try deeper()
    defer { depth -= 1 }
    return .not(try not(), position)
  }

  private mutating func comparison() throws(TemplateError) -> Expression {
    var position = current.position
    let first = try sum()
    var operands: [Operand] = []
    while let comparator = try comparator() {
      operands.append(Operand(comparator: comparator, expression: try sum()))
      position = current.position
    }
    return operands.isEmpty ? first : .comparison(first, operands, position)
  }

  private mutating func comparator() throws(TemplateError) -> Operand.Comparator? {
    let result: Operand.Comparator
    switch current.kind {
    case .equal: result = .equal
    case .notEqual: result = .notEqual
    case .less: result = .order(.less)
    case .lessOrEqual: result = .order(.lessOrEqual)
    case .greater: result = .order(.greater)
    case .greaterOrEqual: result = .order(.greaterOrEqual)
    case .name:
      if current.keyword == .in {
        result = .contained
      } else if current.keyword == .not {
        let next = try look()
        guard next.kind == .name, next.keyword == .in else { return nil }
        try advance()
        result = .notContained
      } else {
        return nil
      }
    default: return nil
    }
    try advance()
    return result
  }

  private mutating func sum() throws(TemplateError) -> Expression {
    var position = current.position
    var left = try concatenation()
    while current.kind == .add || current.kind == .subtract {
      let op: Arithmetic.Operator = current.kind == .add ? .add : .subtract
      try advance()
      try link()
      left = .binary(op, left, try concatenation(), position)
      position = current.position
    }
    return left
  }

  private mutating func concatenation() throws(TemplateError) -> Expression {
    let position = current.position
    let first = try product()
    guard current.kind == .tilde else { return first }
    var parts = [first]
    while try skip(.tilde) { parts.append(try product()) }
    return .concatenation(parts, position)
  }

  private mutating func product() throws(TemplateError) -> Expression {
    var position = current.position
    var left = try power()
    while true {
      let op: Arithmetic.Operator
      switch current.kind {
      case .multiply: op = .multiply
      case .divide: op = .divide
      case .floorDivide: op = .floorDivide
      case .modulo: op = .modulo
      default: return left
      }
      try advance()
      try link()
      left = .binary(op, left, try power(), position)
      position = current.position
    }
  }

  private mutating func power() throws(TemplateError) -> Expression {
    var position = current.position
    var left = try unary()
    while try skip(.power) {
      try link()
      left = .binary(.power, left, try unary(), position)
      position = current.position
    }
    return left
  }

  private mutating func unary(allowsFilter: Bool = true) throws(TemplateError) -> Expression {
    let position = current.position
    var result: Expression
    switch current.kind {
    case .subtract, .add:
      let isMinus = try advance().kind == .subtract
      try deeper()
      let operand = try unary(allowsFilter: false)
      depth -= 1
      result = isMinus ? .negative(operand, position) : .positive(operand, position)
    default: result = try primary()
    }
    result = try postfix(result)
    return allowsFilter ? try filters(result) : result
  }

  /// Reads a name, a literal or something in brackets.
  ///
  /// - Parameter allowsNamespace: whether `ns.name` is one target.
  mutating func primary(allowsNamespace: Bool = false) throws(TemplateError) -> Expression {
    let token = current
    switch token.kind {
    case .name: return try name(allowsNamespace: allowsNamespace)
    case .string:
      var text = Text.empty
      while case .string(let part) = literal, current.kind == .string {
        text = text + part
        try advance()
      }
      return .literal(.string(text), token.position)
    case .integer, .float:
      let value = literal
      try advance()
      return .literal(value, token.position)
    case .leftParenthesis:
      try advance()
      let inner = try tuple(isInParentheses: true)
      try expect(.rightParenthesis)
      return inner
    case .leftBracket: return try list()
    case .leftBrace: return try dict()
    default:
      throw error("unexpected \(Printing.repr(describe(token)))", at: token.position)
    }
  }

  private mutating func name(allowsNamespace: Bool) throws(TemplateError) -> Expression {
    let token = try advance()
    switch token.keyword {
    case .true, .capitalTrue: return .literal(.bool(true), token.position)
    case .false, .capitalFalse: return .literal(.bool(false), token.position)
    case .none, .capitalNone: return .literal(.none, token.position)
    default: break
    }
    let name = name(of: token)
    if allowsNamespace, current.kind == .dot {
      try advance()
      let attribute = try expect(.name)
      return .namespaceTarget(name, text(of: attribute), token.position)
    }
    return .name(name, token.position)
  }

  /// Reads expressions between commas; one without a comma is itself.
  mutating func tuple(
    isSimple: Bool = false, allowsConditional: Bool = true,
    isInParentheses: Bool = false, allowsNamespace: Bool = false
  ) throws(TemplateError) -> Expression {
    var position = current.position
    var items: [Expression] = []
    var isTuple = false
    while true {
      if !items.isEmpty { try expect(.comma) }
      if isTupleEnd { break }
      items.append(
        isSimple
          ? try primary(allowsNamespace: allowsNamespace)
          : try expression(allowsConditional: allowsConditional))
      guard current.kind == .comma else { break }
      isTuple = true
      position = current.position
    }
    if !isTuple {
      if let first = items.first { return first }
      guard isInParentheses else {
        throw error("Expected an expression, got \(Printing.repr(describe(current)))")
      }
    }
    return .tuple(items, position)
  }

  private var isTupleEnd: Bool {
    switch current.kind {
    case .variableEnd, .blockEnd, .rightParenthesis: true
    default: false
    }
  }

  private mutating func list() throws(TemplateError) -> Expression {
    let start = try expect(.leftBracket)
    var items: [Expression] = []
    while current.kind != .rightBracket {
      if !items.isEmpty { try expect(.comma) }
      if current.kind == .rightBracket { break }
      items.append(try expression())
    }
    try expect(.rightBracket)
    return .list(items, start.position)
  }

  private mutating func dict() throws(TemplateError) -> Expression {
    let start = try expect(.leftBrace)
    var pairs: [ExpressionPair] = []
    while current.kind != .rightBrace {
      if !pairs.isEmpty { try expect(.comma) }
      if current.kind == .rightBrace { break }
      let key = try expression()
      try expect(.colon)
      pairs.append(ExpressionPair(key: key, value: try expression()))
    }
    try expect(.rightBrace)
    return .dict(pairs, start.position)
  }
}
