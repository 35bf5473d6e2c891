extension Parser {
  mutating func simpleStatement() throws(Stop) -> Ref {
    let start = position
    switch kind {
    case .passKeyword: return word(.pass)
    case .breakKeyword: return word(.breakStatement)
    case .continueKeyword: return word(.continueStatement)
    case .returnKeyword:
      advance()
      var children = Children()
      if beginsExpression || kind == .star {
        draft.append(try starExpressions(), to: &children)
      }
      return node(.returnStatement, from: start, children)
    case .raiseKeyword: return try raise()
    case .assertKeyword:
      advance()
      var children = Children()
      draft.append(try expression(), to: &children)
      if take(.comma) { draft.append(try expression(), to: &children) }
      return node(.assert, from: start, children)
    case .delKeyword: return try delete()
    case .importKeyword: return try importStatement()
    case .fromKeyword: return try importFrom()
    case .globalKeyword: return try names(.global)
    case .nonlocalKeyword: return try names(.nonlocal)
    case .name where isTypeAlias: return try typeAlias()
    default: return try expressionStatement()
    }
  }

  private mutating func word(_ kind: NodeKind) -> Ref {
    let start = position
    advance()
    return node(kind, from: start)
  }

  private mutating func raise() throws(Stop) -> Ref {
    let start = position
    advance()
    var children = Children()
    if beginsExpression {
      draft.append(try expression(), to: &children)
      if take(.fromKeyword) { draft.append(try expression(), to: &children) }
    }
    return node(.raise, from: start, children)
  }

  private mutating func delete() throws(Stop) -> Ref {
    let start = position
    advance()
    var children = Children()
    repeat {
      guard children.count == 0 || beginsExpression else { break }
      let target = try starExpression()
      try check(target, .deletion)
      draft.append(target, to: &children)
    } while take(.comma)
    return node(.delete, from: start, children)
  }

  private mutating func names(_ form: NodeKind) throws(Stop) -> Ref {
    let start = position
    advance()
    var children = Children()
    repeat {
      let name = position
      try expect(.name)
      draft.append(node(.identifier, from: name), to: &children)
    } while take(.comma)
    return node(form, from: start, children)
  }

  // MARK: Imports

  private mutating func importStatement() throws(Stop) -> Ref {
    let start = position
    advance()
    var children = Children()
    repeat {
      let name = position
      try dottedName()
      draft.append(try alias(from: name), to: &children)
    } while take(.comma)
    return node(.importStatement, from: start, children)
  }

  private mutating func dottedName() throws(Stop) {
    repeat {
      try expect(.name, kind == .newline ? "Expected one or more names after 'import'" : nil)
    } while take(.dot)
  }

  /// An imported name, whose first part has been taken, and `as`.
  private mutating func alias(from start: Int) throws(Stop) -> Ref {
    guard take(.asKeyword) else { return node(.alias, from: start) }
    try expect(.name)
    return node(.alias, from: start, flags: .hasName)
  }

  private mutating func importFrom() throws(Stop) -> Ref {
    let start = position
    advance()
    var children = Children()
    var level = 0
    while kind == .dot || kind == .ellipsis {
      level += kind == .dot ? 1 : 3
      advance()
    }
    if level == 0 || kind != .importKeyword {
      let module = position
      try dottedName()
      draft.append(node(.moduleName, from: module), to: &children)
    }
    try expect(.importKeyword)
    let isGroup = kind == .leftParenthesis
    if kind == .star {
      let star = position
      advance()
      draft.append(node(.alias, from: star), to: &children)
      return node(.importFrom, from: start, children, data: level)
    }
    if isGroup { advance() }
    repeat {
      if kind == .rightParenthesis, isGroup, tokens[previousEnd - 1].kind == .comma { break }
      if kind == .newline, tokens[previousEnd - 1].kind == .comma {
        throw fail("trailing comma not allowed without surrounding parentheses")
      }
      let name = position
      try expect(.name, kind == .newline ? "Expected one or more names after 'import'" : nil)
      draft.append(try alias(from: name), to: &children)
    } while take(.comma)
    if isGroup { try expect(.rightParenthesis) }
    return node(.importFrom, from: start, children, data: level)
  }

  // MARK: Type aliases

  /// `type X =` or `type X[`: nothing else that begins so is Python.
  private var isTypeAlias: Bool {
    guard isSoftKeyword("type"), peek() == .name else { return false }
    let next = peek(2)
    return next == .equal || next == .leftBracket
  }

  private mutating func typeAlias() throws(Stop) -> Ref {
    let start = position
    advance()
    let name = position
    advance()
    var children = Children()
    var flags: NodeFlags = []
    draft.append(node(.name, from: name), to: &children)
    if kind == .leftBracket {
      flags.insert(.hasTypeParameters)
      draft.append(try typeParameters(), to: &children)
    }
    try expect(.equal)
    draft.append(try expression(), to: &children)
    return node(.typeAlias, from: start, children, flags: flags)
  }

  // MARK: Expressions and assignments

  private mutating func expressionStatement() throws(Stop) -> Ref {
    let start = position
    var children = Children()
    let first = try assignedValue()
    draft.append(first, to: &children)
    switch kind {
    case .equal: return try assign(&children, from: start)
    case .colon: return try annotatedAssign(&children, from: start)
    default: break
    }
    guard kind.isAugmentedAssignment else {
      return node(.expressionStatement, from: start, children)
    }
    switch draft[first].kind {
    case .name, .attribute, .subscriptExpression: break
    default:
      throw fail(
        "'\(description(of: first))' is an illegal expression for augmented assignment", at: first)
    }
    let symbol = kind.augmentedOperator ?? kind
    advance()
    draft.append(try assignedValue(), to: &children)
    return node(.augmentedAssign, from: start, children, detail: symbol.rawValue)
  }

  private mutating func assign(_ children: inout Children, from start: Int) throws(Stop) -> Ref {
    while take(.equal) {
      try check(children.last, .assignment)
      draft.append(try assignedValue(), to: &children)
    }
    return node(.assign, from: start, children)
  }

  private mutating func annotatedAssign(
    _ children: inout Children, from start: Int
  ) throws(Stop) -> Ref {
    let target = children.first
    var flags: NodeFlags = .hasType
    switch draft[target].kind {
    case .name: if !isParenthesized(target) { flags.insert(.isSimple) }
    case .attribute, .subscriptExpression: break
    case .list, .tuple:
      throw fail(
        "only single target (not \(description(of: target))) can be annotated", at: target)
    default: throw fail("illegal target for annotation", at: target)
    }
    advance()
    draft.append(try expression(), to: &children)
    if take(.equal) {
      flags.insert(.hasValue)
      draft.append(try assignedValue(), to: &children)
    }
    return node(.annotatedAssign, from: start, children, flags: flags)
  }
}
