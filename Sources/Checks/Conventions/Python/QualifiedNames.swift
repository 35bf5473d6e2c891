import Python

/// What the names of a file stand for, by its imports: with `import numpy as np`, `np.random.rand` is
/// `numpy.random.rand`.
package struct QualifiedNames {
  private let tree: Tree
  private var imported: [String: String] = [:]

  init(_ tree: Tree) {
    self.tree = tree
    for node in tree.all {
      switch tree.kind(node) {
      case .importStatement:
        for alias in tree.aliases(of: node) {
          let module = tree.importedName(of: alias)
          if let name = tree.asName(of: alias) {
            imported[name] = module
          } else {
            let top = String(module.prefix { $0 != "." })
            imported[top] = top
          }
        }
      case .importFrom:
        let dots = String(repeating: ".", count: tree.importLevel(of: node))
        let module = dots + (tree.importModule(of: node) ?? "")
        for alias in tree.aliases(of: node) {
          let name = tree.importedName(of: alias)
          imported[tree.asName(of: alias) ?? name] = module.isEmpty ? name : module + "." + name
        }
      default: break
      }
    }
  }

  /// The dotted name of an expression, with what was imported in full; nil for what is no chain of names.
  ///
  /// What a chain begins with that is no name (a call, a subscript) is written `?`.
  package func name(of expression: NodeID) -> String? {
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
    parts.append(imported[first] ?? first)
    return parts.reversed().joined(separator: ".")
  }
}
