import Python

/// Types that are written as strings in a file where no annotation is evaluated (`from __future__ import annotations`): the
/// quotes say nothing, and neither do the checks of strings, as in ruff.
final class StringAnnotations {
  private let tree: Tree
  /// The tokens of such types: read when the first is asked for.
  private lazy var tokens: Set<Int> = find()

  init(_ tree: Tree) { self.tree = tree }

  func contains(_ token: Int) -> Bool { tokens.contains(token) }

  private var areDeferred: Bool {
    tree.nodes(.importFrom).contains { node in
      tree.importModule(of: node) == "__future__"
        && tree.aliases(of: node).contains { tree.importedName(of: $0) == "annotations" }
    }
  }

  private func find() -> Set<Int> {
    guard areDeferred else { return [] }
    var types: [NodeID?] = []
    for node in tree.nodes(.parameter) where tree.flags(node).contains(.hasType) {
      types.append(tree.child(0, of: node))
    }
    for node in tree.nodes(.annotatedAssign) { types.append(tree.child(1, of: node)) }
    for node in tree.nodes(.functionDef) where tree.flags(node).contains(.hasType) {
      // The last but its body.
      let children = Array(tree.children(of: node))
      types.append(children.dropLast().last)
    }
    var found: Set<Int> = []
    for case let type? in types where tree.kind(type) == .string {
      found.formUnion(tree.tokenRange(of: type))
    }
    return found
  }
}
