extension ScopeBuilder {
  /// Visits an expression, the nodes in it from left to right.
  mutating func visit(_ root: NodeID) {
    var index = root.index
    let end = tree[root].end
    while index < end {
      let node = NodeID(index)
      let stored = tree[node]
      index += 1
      switch stored.kind {
      case .name: load(node)
      case .lambda:
        for parameter in tree.parameters(of: node) {
          if let value = tree.defaultValue(of: parameter) { visit(value) }
        }
        if anchor == nil { deferred.lambdas.append(place(node)) }
        index = stored.end
      case .listComprehension, .setComprehension, .dictComprehension, .generator:
        visit(comprehension: node)
        index = stored.end
      case .conditional:
        // The test is evaluated first, and may bind what the rest reads.
        let parts = Array(tree.children(of: node))
        if parts.count == 3 { for part in [1, 0, 2] { visit(parts[part]) } }
        index = stored.end
      case .namedExpression:
        if let value = tree.child(1, of: node) { visit(value) }
        bind(target: NodeID(node.index + 1), .namedExpression)
        index = stored.end
      case .string where context.isType:
        if anchorRange == nil { deferred.strings.append((place(node), tree, offset, anchor)) }
        index = stored.end
      case .joinedString where context.isType, .templateString where context.isType:
        let outer = context
        context.isType = false
        for child in tree.children(of: node) where tree.kind(child) == .formattedValue {
          visit(child)
        }
        context = outer
        index = stored.end
      case .call:
        if visit(call: node) {
          index = stored.end
        } else if context.isType {
          // The arguments of a call are values, wherever it stands.
          visit(tree.function(of: node))
          for argument in tree.children(of: node).dropFirst() { visit(value: argument) }
          index = stored.end
        }
      case .subscriptExpression:
        if visit(subscript: node) { index = stored.end }
      default: break
      }
    }
  }

  private mutating func visit(comprehension node: NodeID) {
    let children = Array(tree.children(of: node))
    let clauses = children.filter { tree.kind($0) == .comprehension }
    guard let first = clauses.first else { return }
    // The first iterable is evaluated outside.
    if let iterable = tree.child(1, of: first) { visit(iterable) }
    push(.comprehension, node)
    for clause in clauses {
      let parts = Array(tree.children(of: clause))
      if clause != first, parts.count > 1 { visit(parts[1]) }
      if let target = parts.first { bind(target: target, .assignment) }
      for condition in parts.dropFirst(2) { visit(condition) }
    }
    for child in children where tree.kind(child) != .comprehension { visit(child) }
    pop()
  }

  // MARK: Calls and subscripts that hold types

  /// Visits a call that has something special about its arguments; false when it has nothing.
  private mutating func visit(call node: NodeID) -> Bool {
    let function = tree.function(of: node)
    let last = tree.tokenRange(of: function).upperBound - 1
    let kind = tree.kind(function)
    guard kind == .name || kind == .attribute else { return false }
    let token = tree.list.tokens[last]
    let length = Int(token.end - token.start)
    // Most calls are told apart by their first letter.
    switch tree.source[Int(token.start)] {
    case UInt8(ascii: "l") where length == 6 && kind == .name:
      if isSpelled("locals", function), tree.child(1, of: node) == nil {
        scopes[scope].usesLocals = true
      }
      return false
    case UInt8(ascii: "e") where length == 6, UInt8(ascii: "a") where length == 6:
      // `__all__.extend([…])`
      if kind == .attribute, scopes[scope].kind == .module, exports != nil {
        collectExports(call: node)
      }
      return false
    case UInt8(ascii: "c"), UInt8(ascii: "T"), UInt8(ascii: "N"), UInt8(ascii: "P"): break
    default: return false
    }
    let typing = [
      "cast", "TypeVar", "NewType", "NamedTuple", "TypedDict", "ParamSpec", "TypeVarTuple",
    ]
    let text = tree.text(token: last)
    guard typing.contains(text), let name = typingName(function), name == text else {
      return false
    }
    visit(function)
    let arguments = tree.positionalArguments(of: node)
    for (place, argument) in arguments.enumerated() {
      let isType: Bool =
        switch name {
        case "cast": place == 0
        case "TypeVar", "NewType": place > 0
        default: false
        }
      if isType {
        visit(type: argument)
      } else if name == "NamedTuple" || name == "TypedDict", place == 1 {
        visit(fields: argument)
      } else {
        visit(value: argument)
      }
    }
    for keyword in tree.keywordArguments(of: node) {
      guard let value = tree.operand(of: keyword) else { continue }
      switch tree.name(of: keyword) {
      case "bound", "default", "typ", "tp": visit(type: value)
      case "fields": visit(fields: value)
      default: if name == "TypedDict" { visit(type: value) } else { visit(value: value) }
      }
    }
    return true
  }

  /// The fields of `NamedTuple` and `TypedDict`: `[("name", "type")]`, `{"name": "type"}`.
  private mutating func visit(fields node: NodeID) {
    switch tree.kind(node) {
    case .list, .tuple:
      for pair in tree.children(of: node) {
        let parts = Array(tree.children(of: pair))
        guard tree.kind(pair) == .tuple || tree.kind(pair) == .list, parts.count == 2 else {
          visit(value: pair)
          continue
        }
        visit(value: parts[0])
        visit(type: parts[1])
      }
    case .dict:
      var isKey = true
      for child in tree.children(of: node) {
        if isKey { visit(value: child) } else { visit(type: child) }
        if tree.kind(child) != .doubleStarred { isKey.toggle() }
      }
    default: visit(value: node)
    }
  }

  /// Visits a subscript in which strings mean something else than outside; false when they do not.
  private mutating func visit(subscript node: NodeID) -> Bool {
    guard let value = tree.child(0, of: node), let index = tree.child(1, of: node) else {
      return false
    }
    guard tree.kind(value) == .name || tree.kind(value) == .attribute else { return false }
    guard let name = typingName(value) else {
      // `list["A"]` outside of an annotation is a type as well.
      guard !context.isType, isGeneric(value) else { return false }
      visit(value)
      visit(type: index)
      return true
    }
    visit(value)
    switch name {
    case "Literal":
      visit(value: index)
    case "Annotated":
      // The first is a type, what follows are values.
      guard tree.kind(index) == .tuple else {
        visit(type: index)
        return true
      }
      for (place, part) in tree.children(of: index).enumerated() {
        if place == 0 { visit(type: part) } else { visit(value: part) }
      }
    default: visit(type: index)
    }
    return true
  }

  /// Whether a name is a builtin that takes types in brackets.
  private func isGeneric(_ node: NodeID) -> Bool {
    guard tree.kind(node) == .name else { return false }
    for name in ["list", "dict", "tuple", "set", "frozenset", "type"] where isSpelled(name, node) {
      return lookup(node).map { bindings[$0].kind == .builtin } ?? false
    }
    return false
  }

  /// The name within `typing` that an expression has.
  func typingName(_ node: NodeID) -> String? {
    let isAttribute = tree.kind(node) == .attribute
    let base = isAttribute ? NodeID(node.index + 1) : node
    guard tree.kind(base) == .name, let id = lookup(base) else { return nil }
    let binding = bindings[id]
    guard binding.isImport else { return nil }
    let name = Scopes.importedName(of: binding.node, in: mainTree)
    let modules = ["typing", "typing_extensions", "collections.abc"]
    if isAttribute {
      guard modules.contains(name) else { return nil }
      return tree.text(token: tree.tokenRange(of: node).upperBound - 1)
    }
    for module in modules where name.hasPrefix(module + ".") {
      return String(name.dropFirst(module.utf8.count + 1))
    }
    return nil
  }

  func isTyping(_ node: NodeID, _ name: String) -> Bool {
    (tree.kind(node) == .name || tree.kind(node) == .attribute) && typingName(node) == name
  }

  /// What a name means here, without a use being noted.
  private func lookup(_ name: NodeID) -> BindingID? {
    guard let symbol = symbols.find(tree.text(name)) else { return nil }
    var isInFunction = false
    var current: ScopeID? = scope
    while let id = current {
      let scope = scopes[id]
      if scope.kind != .classBody || !isInFunction, let found = scope.bindings[symbol] {
        return found
      }
      if scope.kind == .function { isInFunction = true }
      current = scope.parent
    }
    return nil
  }
}
