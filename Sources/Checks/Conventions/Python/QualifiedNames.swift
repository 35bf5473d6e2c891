import Python

/// What the names of a file stand for, by its imports: with `import numpy as np`, `np.random.rand` is
/// `numpy.random.rand`.
package struct QualifiedNames {
  private unowned let source: PythonSource

  init(_ source: PythonSource) { self.source = source }

  /// The dotted name of an expression, with what was imported in full; nil for what is no chain of names.
  ///
  /// What a chain begins with that is no name (a call, a subscript) is written `?`. A name that nothing imports stands
  /// for itself.
  package func name(of expression: NodeID) -> String? {
    let tree = source.tree
    var parts: [String] = []
    var node = expression
    while tree.kind(node) == .attribute {
      guard let name = tree.name(of: node), let value = tree.child(0, of: node) else { return nil }
      parts.append(name)
      node = value
    }
    guard tree.kind(node) == .name, let first = tree.name(of: node) else {
      return parts.isEmpty ? nil : "?." + parts.reversed().joined(separator: ".")
    }
    parts.append(imported(node) ?? first)
    return parts.reversed().joined(separator: ".")
  }

  private func imported(_ name: NodeID) -> String? {
    let scopes = source.scopes
    guard let binding = scopes.binding(of: name), scopes.bindings[binding].kind != .builtin else {
      return nil
    }
    return scopes.qualifiedName(ofBinding: binding)
  }
}
