extension Parser {
  /// Reads attributes, subscripts and calls behind a value.
  mutating func postfix(_ value: Expression) throws(TemplateError) -> Expression {
    var value = value
    while true {
      switch current.kind {
      case .dot: value = try attribute(value)
      case .leftBracket: value = try subscripted(value)
      case .leftParenthesis: value = try call(value)
      default: return value
      }
      try link()
    }
  }

  /// Reads filters, tests and calls behind a value.
  mutating func filters(_ value: Expression) throws(TemplateError) -> Expression {
    var value = value
    while true {
      if current.kind == .pipe {
        value = try filter(value)
      } else if isName(.is) {
        value = try test(value)
      } else if current.kind == .leftParenthesis {
        value = try call(value)
      } else {
        return value
      }
      try link()
    }
  }

  private mutating func attribute(_ value: Expression) throws(TemplateError) -> Expression {
    let dot = try advance()
    let number = literal
    let token = try advance()
    switch token.kind {
    case .name:
      let name = name(of: token)
      if Parser.mutates(name) { mayMutate = true }
      return .attribute(value, name, dot.position)
    case .integer:
      return .item(value, .literal(number, token.position), dot.position)
    default: throw error("expected name or number", at: token.position)
    }
  }

  /// Methods that change the list or dict that they are called on.
  private static let mutatingMethods: Set<Text> = [
    "append", "extend", "insert", "remove", "pop", "clear", "sort", "reverse", "update",
    "setdefault", "popitem", "move_to_end", "add", "discard", "__setitem__", "__delitem__",
  ]
  private static let mutatingFilter = NameFilter(mutatingMethods)

  private static func mutates(_ name: Text) -> Bool {
    mutatingFilter.mayContain(name) && mutatingMethods.contains(name)
  }

  private mutating func subscripted(_ value: Expression) throws(TemplateError) -> Expression {
    let start = try advance()
    var items: [Expression] = []
    while current.kind != .rightBracket {
      if !items.isEmpty { try expect(.comma) }
      items.append(try subscriptItem())
    }
    try expect(.rightBracket)
    let key = items.count == 1 ? items[0] : Expression.tuple(items, start.position)
    if case .literal(.string(let name), _) = key, Parser.mutates(name) {
      mayMutate = true
    }
    return .item(value, key, start.position)
  }

  private mutating func subscriptItem() throws(TemplateError) -> Expression {
    let position = current.position
    var first: Expression?
    if current.kind != .colon {
      let item = try expression()
      guard current.kind == .colon else { return item }
      first = item
    }
    try advance()
    var parts: [Expression?] = []
    if current.kind == .colon {
      parts.append(nil)
    } else {
      parts.append(try sliceBound())
    }
    if try skip(.colon) {
      parts.append(try sliceBound())
    } else {
      parts.append(nil)
    }
    return .slice(first, parts[0], parts[1], position)
  }

  private mutating func sliceBound() throws(TemplateError) -> Expression? {
    guard current.kind != .rightBracket, current.kind != .comma else { return nil }
    return try expression()
  }

  private mutating func call(_ value: Expression) throws(TemplateError) -> Expression {
    let position = current.position
    return .call(value, try callArguments(), position)
  }

  mutating func callArguments() throws(TemplateError) -> CallArguments {
    let start = try expect(.leftParenthesis)
    var arguments = CallArguments()
    func invalid() -> TemplateError {
      error("invalid syntax for function call expression", at: start.position)
    }
    var needsComma = false
    while current.kind != .rightParenthesis {
      if needsComma {
        try expect(.comma)
        if current.kind == .rightParenthesis { break }
      }
      needsComma = true
      if current.kind == .multiply {
        guard arguments.rest == nil, arguments.namedRest == nil else { throw invalid() }
        try advance()
        arguments.rest = try expression()
      } else if current.kind == .power {
        guard arguments.namedRest == nil else { throw invalid() }
        try advance()
        arguments.namedRest = try expression()
      } else if current.kind == .name, try look().kind == .assign {
        guard arguments.namedRest == nil else { throw invalid() }
        let name = text(of: try advance())
        try advance()
        arguments.named.append((name, try expression()))
      } else {
        guard arguments.rest == nil, arguments.namedRest == nil, arguments.named.isEmpty else {
          throw invalid()
        }
        arguments.positional.append(try expression())
      }
    }
    try expect(.rightParenthesis)
    return arguments
  }

  /// Reads `|name(…)`, as often as it stands there.
  ///
  /// - Parameter isInline: whether the first name stands without a bar, as in a filter block.
  mutating func filterChain(
    _ value: Expression?, isInline: Bool = false
  ) throws(TemplateError) -> Expression? {
    var value = value
    var isInline = isInline
    while current.kind == .pipe || isInline {
      if !isInline { try advance() }
      isInline = false
      let token = try expect(.name)
      let name = try dottedName(token)
      if name == "map" || name == "attr" { mayMutate = true }
      let arguments =
        current.kind == .leftParenthesis ? try callArguments() : CallArguments()
      value = .filter(value, name, arguments, token.position)
      try link()
    }
    return value
  }

  private mutating func filter(_ value: Expression) throws(TemplateError) -> Expression {
    try filterChain(value) ?? value
  }

  private mutating func dottedName(_ token: Token) throws(TemplateError) -> String {
    var name = text(of: token).string
    while try skip(.dot) {
      let part = try expect(.name)
      name += "." + text(of: part).string
    }
    return name
  }

  private mutating func test(_ value: Expression) throws(TemplateError) -> Expression {
    let position = try advance().position
    let isNegated = try skip(.not)
    let token = try expect(.name)
    let name = try dottedName(token)
    var arguments = CallArguments()
    switch current.kind {
    case .leftParenthesis: arguments = try callArguments()
    case .name where [.else, .or, .and].contains(current.keyword): break
    case .name, .string, .integer, .float, .leftBracket, .leftBrace:
      if isName(.is) { throw error("You cannot chain multiple tests with is") }
      arguments.positional = [try postfix(try primary())]
    default: break
    }
    let result = Expression.test(value, name, arguments, position)
    return isNegated ? .not(result, position) : result
  }
}
