extension ScopeBuilder {
  mutating func visit(function node: NodeID) {
    for decorator in tree.decorators(of: node) { visit(decorator) }
    let outer = scope
    if let parameters = tree.typeParameters(of: node) { visit(typeParameters: parameters) }
    for parameter in tree.parameters(of: node) {
      if let annotation = tree.annotation(of: parameter) {
        visit(annotation: annotation, isEvaluated: true)
      }
      if let value = tree.defaultValue(of: parameter) { visitDefault(value) }
    }
    if let returns = tree.returns(of: node) { visit(annotation: returns, isEvaluated: true) }
    deferred.functions.append(place(node))
    declareGlobals(of: node)
    scope = outer
    if let token = tree.nameToken(of: node) {
      bind(symbol(token: token), .function, node, range(token: token))
    }
  }

  /// A default is evaluated outside of the type parameters.
  private mutating func visitDefault(_ value: NodeID) {
    let inner = scope
    if scopes[scope].kind == .typeParameters { scope = scopes[scope].parent ?? 0 }
    visit(value)
    scope = inner
  }

  mutating func visit(functionBody node: NodeID) {
    push(.function, node)
    bindParameters(of: node)
    visit(suite: tree.body(of: node))
    pop()
  }

  mutating func bindParameters(of node: NodeID) {
    for parameter in tree.parameters(of: node) {
      let token = Int(tree[parameter].firstToken)
      bind(symbol(token: token), .parameter, parameter, range(token: token))
    }
  }

  mutating func visit(lambdaBody node: NodeID) {
    push(.lambda, node)
    bindParameters(of: node)
    if let body = tree.lastChild(of: node) { visit(body) }
    pop()
  }

  mutating func visit(class node: NodeID) {
    for decorator in tree.decorators(of: node) { visit(decorator) }
    let outer = scope
    if let parameters = tree.typeParameters(of: node) { visit(typeParameters: parameters) }
    for child in tree.children(of: node) {
      switch tree.kind(child) {
      case .decorator, .typeParameters, .suite: break
      default: visit(child)
      }
    }
    push(.classBody, node)
    declareGlobals(of: node)
    let inner = context
    context.isType = false
    visit(suite: tree.body(of: node))
    context = inner
    scope = outer
    if let token = tree.nameToken(of: node) {
      bind(symbol(token: token), .classDefinition, node, range(token: token))
    }
  }

  /// Opens the scope of type parameters, which the caller closes.
  mutating func visit(typeParameters node: NodeID) {
    push(.typeParameters, node)
    for parameter in tree.children(of: node) {
      if let token = tree.nameToken(of: parameter) {
        bind(symbol(token: token), .typeParameter, parameter, range(token: token))
      }
    }
    let outer = context
    context.isType = true
    for parameter in tree.children(of: node) {
      for part in tree.children(of: parameter) { deferred.aliases.append(place(part)) }
    }
    context = outer
  }

  // MARK: Annotations

  mutating func visit(annotation node: NodeID, isEvaluated: Bool) {
    let outer = context
    context.isType = true
    if hasFutureAnnotations {
      context.isTyping = true
      context.isForward = true
      deferred.annotations.append(place(node))
    } else {
      if !isEvaluated { context.isTyping = true }
      visit(node)
    }
    context = outer
  }

  /// Visits an expression whose strings are types.
  mutating func visit(type node: NodeID) {
    let outer = context
    context.isType = true
    visit(node)
    context = outer
  }

  /// Visits an expression whose strings are just strings.
  mutating func visit(value node: NodeID) {
    let outer = context
    context.isType = false
    visit(node)
    context = outer
  }

  /// Parses a string that is a type and visits what it says.
  mutating func visit(typeString node: NodeID) {
    let tokens = tree.stringTokens(of: node)
    guard tokens.count == 1, let first = tokens.first else {
      // Of several strings side by side no name has a place; whether they are a type can be told.
      if let text = tree.bytesValue(of: node), !Self.isExpression(text, isTriple: false) {
        notTypes.append(anchor ?? node)
      }
      return
    }
    let token = tree.list.tokens[first]
    let prefix = tree.prefix(ofToken: first)
    let content = prefix.content(of: token)
    var text = Array(tree.source[content])
    var whole: Range<Int>?
    if text.contains(UInt8(ascii: "\\")), !prefix.isRaw {
      guard let value = tree.bytesValue(of: node) else { return }
      text = value
      whole = range(node)
    }
    // In brackets it can be on several lines.
    let inner = Tree(parsing: [UInt8(ascii: "(")] + text + [UInt8(ascii: ")")])
    guard inner.problems.isEmpty, let statement = inner.child(0, of: .module),
      inner.kind(statement) == .expressionStatement, let expression = inner.child(0, of: statement),
      inner.tokenRange(of: statement).upperBound >= inner.tokens.count - 2,
      inner.flags(expression).contains(.isParenthesized)
    else {
      if !Self.isExpression(text, isTriple: prefix.isTriple) { notTypes.append(anchor ?? node) }
      return
    }
    // Few texts mean one thing in brackets and another without them.
    let isOther =
      !prefix.isTriple
      && (text.isEmpty || text.first == 0x20
        || text.contains { [0x09, 0x0A, 0x23, 0x3A].contains($0) })
    if !Self.mayBeType(expression, in: inner)
      || isOther && !Self.isExpression(text, isTriple: false)
    {
      notTypes.append(anchor ?? node)
    }
    let start = content.lowerBound + offset - 1
    let outer = (tree, offset, anchor, anchorRange)
    let string = anchor ?? node
    if whole == nil {
      annotations.append(
        Scopes.StringAnnotation(
          node: string, tree: inner, expression: expression, offset: start))
    }
    (tree, offset, anchor, anchorRange) = (inner, start, string, whole ?? anchorRange)
    context.isType = true
    context.isTyping = true
    context.isForward = true
    visit(expression)
    (tree, offset, anchor, anchorRange) = outer
  }

  /// Whether a text is one expression; only between three quotes it can begin with blanks and go over lines.
  private static func isExpression(_ text: [UInt8], isTriple: Bool) -> Bool {
    var text = text
    if isTriple {
      text = [UInt8(ascii: "(")] + text + [0x0A, UInt8(ascii: ")")]
    } else if text.first == 0x20 || text.first == 0x09 || text.contains(0x0A) {
      return false
    }
    let tree = Tree(parsing: text + [0x0A])
    guard tree.problems.isEmpty, let statement = tree.child(0, of: .module),
      tree.child(1, of: .module) == nil, tree.kind(statement) == .expressionStatement,
      !tree.list.tokens.contains(where: { $0.kind == .semicolon }),
      let expression = tree.child(0, of: statement)
    else { return false }
    return mayBeType(expression, in: tree)
  }

  /// `yield x` and a bare `*x` are no types.
  private static func mayBeType(_ expression: NodeID, in tree: Tree) -> Bool {
    switch tree.kind(expression) {
    case .yield, .yieldFrom, .starred: false
    default: true
    }
  }
}
