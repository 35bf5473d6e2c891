extension ScopeBuilder {
  mutating func visit(suite: NodeID?) {
    guard let suite else { return }
    for statement in tree.children(of: suite) { visit(statement: statement) }
  }

  mutating func visit(statement node: NodeID) {
    let outer = (context.statement, context.statementBranch)
    (context.statement, context.statementBranch) = (node, context.branch)
    defer { (context.statement, context.statementBranch) = outer }
    let children = tree.children(of: node)
    switch tree.kind(node) {
    case .functionDef: visit(function: node)
    case .classDef: visit(class: node)
    case .delete: for target in children { visit(deleted: target) }
    case .assign: visit(assignment: node)
    case .augmentedAssign: visit(augmented: node)
    case .annotatedAssign: visit(annotated: node)
    case .typeAlias: visit(typeAlias: node)
    case .forLoop:
      visitParts(node, 1)
      if let target = tree.child(0, of: node) { bind(target: target, .loopVariable) }
      visit(suite: tree.body(of: node))
      visit(suite: tree.elseSuite(of: node))
    case .whileLoop:
      conditionally { builder in
        builder.visitParts(node, 0)
        builder.visit(suite: builder.tree.body(of: node))
        builder.visit(suite: builder.tree.elseSuite(of: node))
      }
    case .ifStatement: visit(ifStatement: node)
    case .with: visit(with: node)
    case .match: visit(match: node)
    case .tryStatement: visit(tryStatement: node)
    case .importStatement, .importFrom: visit(import: node)
    case .global, .nonlocal: visit(declaration: node)
    case .invalid: for child in children { visit(statement: child) }
    default: for child in children { visit(child) }
    }
  }

  /// Visits one child, an expression.
  private mutating func visitParts(_ node: NodeID, _ place: Int) {
    if let child = tree.child(place, of: node) { visit(child) }
  }

  private mutating func conditionally(_ body: (inout ScopeBuilder) -> Void) {
    let outer = context.isConditional
    context.isConditional = true
    body(&self)
    context.isConditional = outer
  }

  private mutating func visit(deleted target: NodeID) {
    switch tree.kind(target) {
    case .name: delete(target)
    case .tuple, .list: for child in tree.children(of: target) { visit(deleted: child) }
    default: visit(target)
    }
  }

  // MARK: Assignments

  private mutating func visit(assignment node: NodeID) {
    let parts = Array(tree.children(of: node))
    guard let value = parts.last else { return }
    visit(value)
    let targets = parts.dropLast()
    let isExport = scopes[scope].kind == .module && targets.contains { isSpelled("__all__", $0) }
    func isSequence(_ node: NodeID) -> Bool {
      switch tree.kind(node) {
      case .tuple, .list, .set: true
      default: false
      }
    }
    let areTuples = targets.allSatisfy(isSequence)
    for target in targets {
      let isTuple = areTuples || isSequence(target)
      // `a, b = 1, 2` is two assignments; `a, b = c` takes one value apart.
      let isUnpacked = isTuple && (!isSequence(value) || !areTuples)
      if isExport, isSpelled("__all__", target) {
        bind(target: target, .export)
        exports = []
        collectExports(value)
      } else {
        bind(target: target, .assignment, flags: isUnpacked ? .isUnpacked : [])
      }
    }
  }

  private mutating func visit(augmented node: NodeID) {
    let parts = Array(tree.children(of: node))
    guard parts.count == 2 else { return }
    if tree.kind(parts[0]) == .name { load(parts[0]) }
    visit(parts[1])
    if scopes[scope].kind == .module, isSpelled("__all__", parts[0]) {
      bind(target: parts[0], .export)
      collectExports(parts[1])
    } else {
      bind(target: parts[0], .assignment)
    }
  }

  private mutating func visit(annotated node: NodeID) {
    guard let target = tree.child(0, of: node) else { return }
    let kind = scopes[scope].kind
    if let annotation = tree.annotation(of: node) {
      // In a function an annotation of a variable is not evaluated.
      visit(annotation: annotation, isEvaluated: kind != .function)
    }
    let value = tree.value(of: node)
    if let value {
      if let annotation = tree.annotation(of: node), isTyping(annotation, "TypeAlias") {
        visit(type: value)
      } else {
        visit(value)
      }
    }
    if value != nil, kind == .module, isSpelled("__all__", target), let value {
      bind(target: target, .export)
      exports = []
      collectExports(value)
    } else if value == nil, tree.kind(target) == .name {
      bind(target: target, .annotation)
    } else {
      bind(target: target, .assignment)
    }
  }

  private mutating func visit(typeAlias node: NodeID) {
    if let name = tree.child(0, of: node) { bind(target: name, .typeAlias) }
    let parameters = tree.typeParameters(of: node)
    if let parameters { visit(typeParameters: parameters) }
    if let value = tree.value(of: node) {
      let outer = context
      context.isType = true
      context.isTyping = true
      deferred.aliases.append(place(value))
      context = outer
    }
    if parameters != nil { pop() }
  }

  // MARK: Branches

  private mutating func visit(ifStatement first: NodeID) {
    let outer = context
    var node = first
    // A chain of `elif` is a loop.
    while true {
      guard let test = tree.test(of: node), let body = tree.body(of: node) else { break }
      visit(test)
      context.isConditional = true
      context.branch = nextBranch()
      if isTypeChecking(test) { context.isTypeChecking = true }
      visit(suite: body)
      context = outer
      guard let rest = tree.elseSuite(of: node) else { break }
      if let next = tree.child(0, of: rest), tree.isElif(next) {
        node = next
        continue
      }
      context.isConditional = true
      context.branch = nextBranch()
      visit(suite: rest)
      break
    }
    context = outer
  }

  /// `if TYPE_CHECKING:`
  private func isTypeChecking(_ test: NodeID) -> Bool {
    switch tree.kind(test) {
    case .name: isSpelled("TYPE_CHECKING", test)
    case .attribute:
      tree.text(token: tree.tokenRange(of: test).upperBound - 1) == "TYPE_CHECKING"
    default: false
    }
  }

  private mutating func visit(with node: NodeID) {
    for child in tree.children(of: node) {
      guard tree.kind(child) == .withItem else {
        // ruff takes its body for a branch: `with raises(…):` twice may define a name twice.
        let outer = context.branch
        context.branch = nextBranch()
        visit(suite: child)
        context.branch = outer
        continue
      }
      if let value = tree.value(of: child) { visit(value) }
      for target in tree.targets(of: child) {
        let isTuple = tree.kind(target) == .tuple
        bind(target: target, .withVariable, flags: isTuple ? .isUnpacked : [])
      }
    }
  }

  private mutating func visit(tryStatement node: NodeID) {
    let outer = context
    let branch = nextBranch()
    context.branch = branch
    for handler in tree.handlers(of: node) {
      guard let type = tree.exceptionType(of: handler) else { continue }
      let types = tree.kind(type) == .tuple ? Array(tree.children(of: type)) : [type]
      for type in types {
        if isSpelled("NameError", type) { context.handlesNameError = true }
        if isSpelled("ImportError", type) || isSpelled("ModuleNotFoundError", type) {
          context.handlesImportError = true
        }
      }
    }
    visit(suite: tree.body(of: node))
    context = outer
    for handler in tree.handlers(of: node) {
      context.branch = nextBranch()
      context.isInHandler = true
      visit(handler: handler)
    }
    context.isInHandler = outer.isInHandler
    context.branch = branch
    visit(suite: tree.elseSuite(of: node))
    // ruff takes `finally` for a branch too.
    context.branch = nextBranch()
    visit(suite: tree.finallySuite(of: node))
    context = outer
  }

  private mutating func visit(handler: NodeID) {
    if let type = tree.exceptionType(of: handler) { visit(type) }
    guard let token = tree.nameToken(of: handler) else {
      visit(suite: tree.body(of: handler))
      return
    }
    let symbol = symbol(token: token)
    let existing = scopes[scope].bindings[symbol].flatMap { id -> BindingID? in
      switch bindings[id].kind {
      case .builtin, .deletion: nil
      case .unboundException: bindings[id].target
      default: id
      }
    }
    bind(symbol, .exception, handler, range(token: token))
    visit(suite: tree.body(of: handler))
    bind(symbol, .unboundException, handler, range(token: token), target: existing)
  }

  // MARK: match

  private mutating func visit(match node: NodeID) {
    let outer = context
    for child in tree.children(of: node) {
      guard tree.kind(child) == .matchCase else {
        if tree.kind(child).isExpression { visit(child) } else { visit(statement: child) }
        continue
      }
      context.branch = nextBranch()
      context.isConditional = true
      for part in tree.children(of: child) {
        switch tree.kind(part) {
        case .suite: visit(suite: part)
        case let kind where kind.isPattern: visit(pattern: part)
        default: visit(part)
        }
      }
      context = outer
    }
  }

  /// Patterns are walked as a range, like expressions.
  private mutating func visit(pattern: NodeID) {
    var index = pattern.index
    let end = tree[pattern].end
    // The name of `… as x` is bound behind what it names.
    var captures: [NodeID] = []
    while index < end {
      let node = NodeID(index)
      let kind = tree.kind(node)
      if kind.isExpression {
        visit(node)
        index = tree[node].end
        continue
      }
      switch kind {
      case .matchAs, .matchStar, .matchMapping:
        if tree.nameToken(of: node) != nil { captures.append(node) }
      default: break
      }
      index += 1
    }
    for node in captures {
      guard let token = tree.nameToken(of: node) else { continue }
      bind(symbol(token: token), .matchCapture, node, range(token: token))
    }
  }

  // MARK: Imports and declarations

  private mutating func visit(import node: NodeID) {
    let isFrom = tree.kind(node) == .importFrom
    let isFuture =
      isFrom && tree.importLevel(of: node) == 0 && tree.importModule(of: node) == "__future__"
    for alias in tree.aliases(of: node) {
      let first = Int(tree[alias].firstToken)
      if tree.list.tokens[first].kind == .star {
        scopes[scope].hasStarImport = true
        continue
      }
      let asToken = tree.nameToken(of: alias)
      let symbol = symbol(token: asToken ?? first)
      var kind: Binding.Kind = isFrom ? .fromImport : .moduleImport
      var flags: Binding.Flags = []
      if isFuture {
        kind = .futureImport
        if tree.importedName(of: alias) == "annotations" { hasFutureAnnotations = true }
      } else if asToken == nil {
        if !isFrom, tree[alias].endToken - tree[alias].firstToken > 1 { kind = .submoduleImport }
      } else if let asToken, tree.importedName(of: alias) == tree.text(token: asToken) {
        flags.insert(.isExplicitExport)
      }
      let place = asToken.map { range(token: $0) } ?? range(alias)
      bind(symbol, kind, alias, place, flags: flags)
    }
  }

  private mutating func visit(declaration node: NodeID) {
    guard scope != 0 else { return }
    let isGlobal = tree.kind(node) == .global
    for name in tree.children(of: node) {
      let symbol = symbol(token: Int(tree[name].firstToken))
      var target: BindingID?
      if isGlobal {
        target = scopes[0].bindings[symbol]
      } else {
        var current = scopes[scope].parent
        while let id = current, id != 0 {
          if scopes[id].kind == .function, let found = scopes[id].bindings[symbol] {
            target = found
            break
          }
          current = scopes[id].parent
        }
      }
      if let target { bindings[target].flags.insert(isGlobal ? .isGlobal : .isNonlocal) }
      bind(
        symbol, isGlobal ? .global : .nonlocal, name, range(name),
        flags: isGlobal ? .isGlobal : .isNonlocal, target: target)
    }
  }

  /// Names that a function declares `global` are the module's, whether or not it binds them itself.
  mutating func declareGlobals(of function: NodeID) {
    guard let body = tree.body(of: function) else { return }
    var index = body.index
    let end = tree[body].end
    while index < end {
      let node = NodeID(index)
      let kind = tree.kind(node)
      if kind == .functionDef || kind == .classDef {
        index = tree[node].end
        continue
      }
      if kind == .global {
        for name in tree.children(of: node) {
          let symbol = symbol(token: Int(tree[name].firstToken))
          if let id = scopes[0].bindings[symbol], bindings[id].kind != .builtin { continue }
          let here = scope
          scope = 0
          bind(symbol, .assignment, name, range(name))
          scope = here
        }
      }
      // Expressions hold no statements.
      index = kind.isExpression ? tree[node].end : index + 1
    }
  }
}
