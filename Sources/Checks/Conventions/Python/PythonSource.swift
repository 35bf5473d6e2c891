import Patterns
import Python

/// A Python text that checks look at: a file, or the cells of a notebook joined.
package final class PythonSource {
  package let path: String
  package let tree: Tree
  let matchers: PatternMatchers
  package var list: TokenList { tree.list }
  package var bytes: [UInt8] { tree.source }
  package var isNotebook = false
  /// Where the cells of a notebook end.
  package var cellEnds: [Int] = []
  package private(set) lazy var logicalLines = tree.list.logicalLines
  private(set) lazy var layout = LayoutLines(tree)
  /// What the names mean.
  package private(set) lazy var scopes = Scopes(tree, isPackage: isPackage)
  package private(set) lazy var names = QualifiedNames(self)
  /// The last expression whose name was asked for, and the name: rules ask about one node after the other.
  private var lastNamed: (node: NodeID, name: String?)?
  /// Every node by its kind.
  private lazy var index = NodeIndex(tree)
  /// The module, and its classes and functions.
  private(set) lazy var documented = Definition.all(in: self)

  /// The file is the `__init__.py` of a package.
  package var isPackage: Bool {
    path.utf8.reversed().starts(with: "__init__.py".utf8.reversed())
      && (path.utf8.count == 11 || path.hasSuffix("/__init__.py"))
  }

  package init(
    path: String, bytes: [UInt8], _ matchers: PatternMatchers = PatternMatchers()
  ) {
    self.path = path
    self.matchers = matchers
    tree = Tree(parsing: bytes)
  }

  /// The name of an expression, as ``QualifiedNames/name(of:)`` says it.
  func name(of expression: NodeID) -> String? {
    if let lastNamed, lastNamed.node == expression { return lastNamed.name }
    let name = names.name(of: expression)
    lastNamed = (expression, name)
    return name
  }

  /// Every node of a kind, in source order; the file is looked through once for all kinds.
  package func nodes(_ kind: NodeKind) -> ArraySlice<NodeID> { index[kind] }

  /// The classes and functions around a place: `Model.fit`.
  func context(of offset: Int) -> String {
    var low = 0
    var high = surroundings.count
    while low < high {
      let middle = (low + high) / 2
      if surroundings[middle].range.lowerBound <= offset { low = middle + 1 } else { high = middle }
    }
    // The last one that begins before the place is around it, or one that is around that one.
    var next = low - 1
    while next >= 0, !surroundings[next].range.contains(offset) { next = surroundings[next].outer }
    return next >= 0 ? surroundings[next].name : ""
  }

  /// A class or a function, its whole name, and the number of the one around it, -1 for none.
  private struct Surrounding {
    var range: Range<Int>
    var name: String
    var outer: Int
  }

  /// In source order.
  private lazy var surroundings: [Surrounding] = {
    var found: [Surrounding] = []
    for node in tree.all {
      guard tree.kind(node) == .functionDef || tree.kind(node) == .classDef,
        let name = tree.name(of: node)
      else { continue }
      let range = tree.range(of: node)
      var outer = found.count - 1
      while outer >= 0, !found[outer].range.contains(range.lowerBound) {
        outer = found[outer].outer
      }
      let whole = outer >= 0 ? found[outer].name + "." + name : name
      found.append(Surrounding(range: range, name: whole, outer: outer))
    }
    return found
  }()
}
