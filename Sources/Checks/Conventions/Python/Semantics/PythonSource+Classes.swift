import Python

/// Questions about classes, and about what an assignment makes.
extension PythonSource {
  /// Whether a base of a class, or of a base that the file defines, is so.
  func hasBase(_ node: NodeID, where isSo: (NodeID) -> Bool) -> Bool {
    var seen: Set<NodeID> = []
    var open = [node]
    while let next = open.popLast() {
      guard seen.insert(next).inserted else { continue }
      for base in tree.bases(of: next) {
        if isSo(base) { return true }
        let name = tree.kind(base) == .subscriptExpression ? tree.operand(of: base) ?? base : base
        if tree.kind(name) == .name, let id = scopes.binding(of: name),
          scopes.bindings[id].kind == .classDefinition
        {
          open.append(scopes.bindings[id].node)
        }
      }
    }
    return false
  }

  /// Whether the instances of a class are classes; nil when that cannot be told.
  func isMetaclass(_ node: NodeID) -> Bool? {
    guard !tree.bases(of: node).isEmpty else { return false }
    var mayBe = false
    let isSo = hasBase(node) { base in
      switch tree.kind(base) {
      case .call:
        mayBe = true
        return tree.positionalArguments(of: base).count == 1
          && isBuiltin(tree.function(of: base), "type")
      case .subscriptExpression:
        return tree.operand(of: base).map { isBuiltin($0, "type") } ?? false
      default:
        switch qualifiedName(base) {
        case "builtins.type", "abc.ABCMeta", "enum.EnumMeta", "enum.EnumType": return true
        default: return false
        }
      }
    }
    if isSo { return mayBe ? nil : true }
    return hasMetaclassSignature(node) ? nil : false
  }

  /// `def __new__(cls, name: str, bases: tuple, namespace: dict, **kwargs)`
  private func hasMetaclassSignature(_ node: NodeID) -> Bool {
    tree.statements(of: node).contains { statement in
      guard tree.kind(statement) == .functionDef, tree.name(of: statement) == "__new__" else {
        return false
      }
      let parameters = tree.parameters(of: statement)
      guard parameters.count == 5,
        tree.parameterKind(of: parameters[4]) == .variadicKeyword,
        !parameters.contains(where: { tree.parameterKind(of: $0) == .variadic })
      else { return false }
      func isTyped(_ place: Int, _ name: StaticString) -> Bool {
        guard var type = tree.annotation(of: parameters[place]) else { return false }
        if tree.kind(type) == .subscriptExpression { type = tree.operand(of: type) ?? type }
        return isBuiltin(type, name)
      }
      return isTyped(1, "str") && isTyped(2, "tuple") && isTyped(3, "dict")
    }
  }

  func isTypedDict(_ node: NodeID) -> Bool {
    hasBase(node) { base in
      isTyping(
        tree.kind(base) == .subscriptExpression ? tree.operand(of: base) ?? base : base,
        "TypedDict")
    }
  }

  /// Whether a function says that a name is the module's.
  func isGlobal(_ name: String, in function: NodeID) -> Bool {
    nodes(.global).contains { node in
      tree.contains(function, node) && scopeNode(around: node) == function
        && tree.children(of: node).contains { tree.text($0) == name }
    }
  }

  /// Whether the statement that a name is in makes a type: a named tuple, a type variable, an alias.
  func makesType(_ node: NodeID, _ name: String, inFunction: Bool) -> Bool {
    guard let statement = tree.ancestors(of: node).first(where: { tree.kind($0).isStatement })
    else { return false }
    if inFunction, tree.kind(statement) == .typeAlias { return true }
    if inFunction, tree.kind(statement) == .annotatedAssign,
      let type = tree.annotation(of: statement), isTyping(type, "TypeAlias")
    {
      return true
    }
    guard tree.kind(statement) == .assign || tree.kind(statement) == .annotatedAssign,
      let value = tree.value(of: statement), tree.kind(value) == .call
    else { return false }
    if inFunction, isModel(value, name) { return true }
    guard tree.kind(statement) == .assign else { return false }
    let function = tree.function(of: value)
    guard let full = qualifiedName(function) else { return false }
    if full == "collections.namedtuple" || isTyping(function, "NamedTuple") { return true }
    guard inFunction, let last = full.split(separator: ".").last else { return false }
    return ["TypedDict", "TypeVar", "NewType"].contains(last)
      && (full == "typing." + last || full == "typing_extensions." + last)
  }

  /// `Attachment = apps.get_model("zerver", "Attachment")`
  private func isModel(_ call: NodeID, _ name: String) -> Bool {
    let function = tree.function(of: call)
    let arguments = tree.positionalArguments(of: call)
    guard tree.child(1, of: call) != nil else { return false }
    if tree.kind(function) == .attribute || tree.kind(function) == .name,
      tree.dottedName(of: function)?.last == "get_model",
      let argument = tree.argument("model_name", of: call) ?? arguments.last
    {
      return tree.stringValue(of: argument).map { $0 == name } ?? true
    }
    if qualifiedName(function) == "django.utils.module_loading.import_string",
      let argument = tree.argument("dotted_path", of: call) ?? arguments.first,
      let path = tree.stringValue(of: argument)
    {
      return path.hasSuffix("." + name)
    }
    return false
  }

  /// What an alias imports, with its module.
  func qualifiedImport(_ alias: NodeID) -> String {
    let name = tree.importedName(of: alias)
    guard let statement = tree.parent(of: alias), tree.kind(statement) == .importFrom,
      tree.importLevel(of: statement) == 0, let module = tree.importModule(of: statement)
    else { return name }
    return module + "." + name
  }
}
