import Python

/// A Python text that checks look at: a file, or the cells of a notebook joined.
package final class PythonSource {
  package let path: String
  package let tree: Tree
  package var list: TokenList { tree.list }
  package var bytes: [UInt8] { tree.source }
  package var isNotebook = false
  package private(set) lazy var logicalLines = tree.list.logicalLines
  private(set) lazy var layout = LayoutLines(tree)
  /// What the names mean.
  package private(set) lazy var scopes = Scopes(tree, isPackage: isPackage)
  package private(set) lazy var names = QualifiedNames(self)
  /// Every node by its kind.
  private lazy var index = NodeIndex(tree)
  /// The module, and its classes and functions.
  private(set) lazy var documented = Definition.all(in: self)

  /// The file is the `__init__.py` of a package.
  package var isPackage: Bool {
    path.utf8.reversed().starts(with: "__init__.py".utf8.reversed())
      && (path.utf8.count == 11 || path.hasSuffix("/__init__.py"))
  }

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    tree = Tree(parsing: bytes)
  }

  /// Every node of a kind, in source order; the file is looked through once for all kinds.
  package func nodes(_ kind: NodeKind) -> ArraySlice<NodeID> { index[kind] }

  /// The classes and functions around a place: `Model.fit`.
  func context(of offset: Int) -> String {
    var names: [String] = []
    for (range, name) in definitions where range.contains(offset) { names.append(name) }
    return names.joined(separator: ".")
  }

  /// Outer ones before inner ones.
  private lazy var definitions: [(Range<Int>, String)] = tree.all.compactMap { node in
    guard tree.kind(node) == .functionDef || tree.kind(node) == .classDef,
      let name = tree.name(of: node)
    else { return nil }
    return (tree.range(of: node), name)
  }
}
