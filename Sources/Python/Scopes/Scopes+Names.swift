extension Scopes {
  /// The full name of what an expression names: `numpy.random.rand` of `np.random.rand` behind `import numpy as np`.
  ///
  /// Imports and builtins (`builtins.print`) are followed, and what a module defines itself has no full name. A relative
  /// import keeps its dots: `.utils.seed`.
  package func qualifiedName(of expression: NodeID) -> String? {
    var parts: [String] = []
    var node = expression
    while tree.kind(node) == .attribute {
      parts.append(tree.text(token: tree.tokenRange(of: node).upperBound - 1))
      node = NodeID(node.index + 1)
    }
    guard tree.kind(node) == .name, let binding = binding(of: node),
      let base = qualifiedName(ofBinding: binding)
    else { return nil }
    guard !parts.isEmpty else { return base }
    return base + "." + parts.reversed().joined(separator: ".")
  }

  /// The full name of what a binding imports.
  package func qualifiedName(ofBinding id: BindingID) -> String? {
    let binding = bindings[id]
    switch binding.kind {
    case .builtin: return "builtins." + symbols.text(binding.symbol)
    case .submoduleImport: return symbols.text(binding.symbol)
    case .moduleImport, .fromImport, .futureImport: return importedName(of: id)
    case .global, .nonlocal, .conditionalDeletion, .unboundException:
      // A chain of these is as long as the functions are deep.
      return binding.target.flatMap { qualifiedName(ofBinding: $0) }
    default: return nil
    }
  }

  /// The full name that an import statement gives: `a.b` of `import a.b`, `a.b` of `from a import b`.
  package func importedName(of id: BindingID) -> String? {
    let binding = bindings[id]
    guard binding.isImport else { return nil }
    return Self.importedName(of: binding.node, in: tree)
  }

  static func importedName(of alias: NodeID, in tree: Tree) -> String {
    let name = tree.importedName(of: alias)
    guard let statement = tree.parent(of: alias), tree.kind(statement) == .importFrom else {
      return name
    }
    let dots = String(repeating: ".", count: tree.importLevel(of: statement))
    guard let module = tree.importModule(of: statement) else { return dots + name }
    return "\(dots)\(module).\(name)"
  }
}
