extension ScopeBuilder {
  @discardableResult
  mutating func bind(
    _ symbol: Symbol, _ kind: Binding.Kind, _ node: NodeID, _ range: Range<Int>,
    flags: Binding.Flags = [], target: BindingID? = nil
  ) -> BindingID {
    var place = scope
    if kind == .namedExpression {
      // PEP 572: it is bound outside of comprehensions.
      while scopes[place].kind == .comprehension, let parent = scopes[place].parent {
        place = parent
      }
    }
    var flags = flags
    if context.isTypeChecking { flags.insert(.isTypeChecking) }
    if context.handlesImportError { flags.insert(.isImportTried) }
    if context.isInHandler { flags.insert(.isInHandler) }
    var binding = Binding(
      kind: kind, symbol: symbol, scope: place, node: node, range: range,
      statement: context.statement, flags: flags, branch: context.statementBranch, target: target)
    let id = bindings.count
    if let old = scopes[place].bindings[symbol] {
      let shadowed = bindings[old]
      if kind == .annotation, shadowed.kind != .builtin {
        // It says something about the value that there is.
        bindings.append(binding)
        return id
      }
      switch shadowed.kind {
      case .builtin, .deletion, .unboundException: break
      default:
        if shadowed.isUsed { binding.flags.insert(.inheritsUse) }
        binding.flags.formUnion(shadowed.flags.intersection([.isGlobal, .isNonlocal]))
      }
      if shadowed.kind != .builtin { binding.shadowed = old }
      if shadowed.kind == .builtin { scopes[place].names.append(symbol) }
    } else {
      scopes[place].names.append(symbol)
      // What a class defines is reached through the class, and hides nothing.
      if scopes[place].kind != .classBody {
        binding.hidden = outerBinding(of: symbol, from: place)
      }
    }
    bindings.append(binding)
    scopes[place].bindings[symbol] = id
    return id
  }

  /// The binding of a name in the functions around a scope, or in the module.
  private func outerBinding(of symbol: Symbol, from scope: ScopeID) -> BindingID? {
    var current = scopes[scope].parent
    while let id = current {
      let outer = scopes[id]
      if outer.kind == .function || outer.kind == .module, let found = outer.bindings[symbol] {
        return bindings[found].kind == .builtin ? nil : found
      }
      current = outer.parent
    }
    return nil
  }

  /// Binds the names of a target.
  mutating func bind(target: NodeID, _ kind: Binding.Kind, flags: Binding.Flags = []) {
    var index = target.index
    let end = tree[target].end
    while index < end {
      let node = NodeID(index)
      switch tree.kind(node) {
      case .name:
        bind(symbol(token: Int(tree[node].firstToken)), kind, node, range(node), flags: flags)
        index += 1
      case .attribute, .subscriptExpression:
        visit(node)
        index = tree[node].end
      default: index += 1
      }
    }
  }

  // MARK: Uses

  /// A name is read.
  mutating func load(_ node: NodeID) {
    load(symbol(token: Int(tree[node].firstToken)), node, range(node))
  }

  mutating func load(_ symbol: Symbol, _ node: NodeID, _ range: Range<Int>) {
    let reference = references.count
    references.append(
      Reference(
        symbol: symbol, scope: scope, node: anchor ?? node, range: range, binding: nil,
        isTyping: context.isTyping || context.isTypeChecking))
    if context.isForward, let found = scopes[0].bindings[symbol] {
      switch bindings[found].kind {
      case .deletion, .unboundException, .annotation, .builtin: break
      default: return resolve(reference, found, node)
      }
    }
    var isInFunction = false
    var hasStarImport = false
    var isFirst = true
    var current: ScopeID? = scope
    while let id = current {
      defer {
        current = scopes[id].parent
        switch scopes[id].kind {
        case .function, .lambda, .comprehension: isInFunction = true
        default: break
        }
        // Type parameters see the class around them.
        if scopes[id].kind != .typeParameters { isFirst = false }
      }
      if scopes[id].kind == .classBody {
        if isInFunction {
          if isNamed(symbol, "__class__") { return }
          continue
        }
        if isFirst, isNamed(symbol, "__module__") || isNamed(symbol, "__qualname__") { return }
      }
      if scopes[id].hasStarImport { hasStarImport = true }
      guard let found = scopes[id].bindings[symbol] else { continue }
      switch bindings[found].kind {
      case .annotation where !context.isTyping:
        bindings[found].references.append(reference)
        // A class without a value for it looks further out; a function does not.
        if scopes[id].kind == .classBody { continue }
        return fail(reference)
      case .deletion:
        if bindings[found].flags.contains(.isGlobal) { continue }
        if !hasStarImport { fail(reference) }
        return
      case .unboundException:
        guard let target = bindings[found].target else { return fail(reference) }
        resolve(reference, target, node)
      default: resolve(reference, found, node)
      }
      return
    }
    if !hasStarImport { fail(reference) }
  }

  private mutating func resolve(_ reference: ReferenceID, _ binding: BindingID, _ node: NodeID) {
    var binding = binding
    bindings[binding].references.append(reference)
    // What it stands for is used too.
    while let target = bindings[binding].target {
      bindings[target].references.append(reference)
      binding = target
    }
    if let submodule = submodule(besides: binding) {
      bindings[submodule].references.append(reference)
    }
    references[reference].binding = binding
    if anchor == nil { resolutions[Int(node.index)] = UInt32(truncatingIfNeeded: binding + 1) }
  }

  /// `import a.b` is used where `a` is, which `import a as c` has given another name.
  private mutating func submodule(besides id: BindingID) -> BindingID? {
    let binding = bindings[id]
    guard binding.kind == .moduleImport, mainTree.nameToken(of: binding.node) != nil,
      mainTree[binding.node].endToken - mainTree[binding.node].firstToken == 3,
      let symbol = symbols.find(mainTree.text(token: Int(mainTree[binding.node].firstToken))),
      symbol != binding.symbol, let other = scopes[binding.scope].bindings[symbol],
      bindings[other].kind == .submoduleImport
    else { return nil }
    return other
  }

  private mutating func fail(_ reference: ReferenceID) {
    guard !context.handlesNameError else { return }
    unresolved.append(reference)
  }

  private func isNamed(_ symbol: Symbol, _ text: StaticString) -> Bool {
    symbols.firstByte(symbol) == text.utf8Start[0] && symbols.text(symbol) == "\(text)"
  }

  /// A name is deleted.
  mutating func delete(_ node: NodeID) {
    let symbol = symbol(token: Int(tree[node].firstToken))
    guard let old = scopes[scope].bindings[symbol], bindings[old].kind != .deletion,
      bindings[old].kind != .unboundException || bindings[old].target != nil,
      bindings[old].kind != .builtin
    else {
      if let old = scopes[scope].bindings[symbol], bindings[old].flags.contains(.isGlobal) {
        return
      }
      references.append(
        Reference(
          symbol: symbol, scope: scope, node: node, range: range(node), binding: nil,
          isTyping: false))
      if !scopes[scope].hasStarImport { fail(references.count - 1) }
      return
    }
    references.append(
      Reference(
        symbol: symbol, scope: scope, node: node, range: range(node), binding: old, isTyping: false
      ))
    resolve(references.count - 1, old, node)
    if context.isConditional {
      bind(symbol, .conditionalDeletion, node, range(node), target: old)
    } else {
      bind(symbol, .deletion, node, range(node))
    }
  }
}
