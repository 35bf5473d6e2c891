import Python

/// A Python text that checks look at: a file, or the cells of a notebook joined.
package final class PythonSource {
  package let path: String
  package let tree: Tree
  package var list: TokenList { tree.list }
  package var bytes: [UInt8] { tree.source }
  package var isNotebook = false
  package private(set) lazy var logicalLines = tree.list.logicalLines
  package private(set) lazy var names = QualifiedNames(tree)
  private(set) lazy var layout = LayoutLines(tree)

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    tree = Tree(parsing: bytes)
  }

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
