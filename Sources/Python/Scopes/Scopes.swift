/// What the names of a file mean: its scopes, what binds names in them, and what every use of a name refers to.
///
/// The order in which things are looked at, and so every answer, is that of ruff's semantic model (and of pyflakes, which
/// that follows): bodies of functions come after the module, as they run later; strings in annotations after these.
package final class Scopes: Sendable {
  package let tree: Tree
  package let scopes: [Scope]
  package let bindings: [Binding]
  package let references: [Reference]
  /// Uses that nothing binds and no builtin explains, in source order.
  package let unresolved: [ReferenceID]
  /// The names that `__all__` lists, and where; nil without an `__all__`.
  package let exports: [(name: String, node: NodeID)]?
  /// Names in `__all__` that the module does not bind.
  package let undefinedExports: [(name: String, node: NodeID)]
  /// Strings that are types, parsed.
  package let annotations: [StringAnnotation]
  /// Strings that stand where a type should, and are no expressions.
  package let notTypes: [NodeID]
  /// Whether `from __future__ import annotations` is in force.
  package let hasFutureAnnotations: Bool
  let symbols: SymbolTable
  /// The binding that a name of the tree refers to, plus one; 0 for none.
  private let resolutions: [UInt32]

  /// A string that stands for a type.
  package struct StringAnnotation: Sendable {
    /// The string in the file's tree.
    package var node: NodeID
    /// What it says. Its offsets are those of the string, counted from `offset`.
    package var tree: Tree
    package var expression: NodeID
    package var offset: Int
  }

  /// Finds out what the names of a tree mean.
  ///
  /// - Parameter isPackage: The file is an `__init__.py`, which has a `__path__`.
  package init(_ tree: Tree, isPackage: Bool = false) {
    var builder = ScopeBuilder(tree, isPackage: isPackage)
    builder.build()
    self.tree = tree
    scopes = builder.scopes
    bindings = builder.bindings
    references = builder.references
    let all = builder.references
    unresolved = builder.unresolved.sorted {
      all[$0].range.lowerBound < all[$1].range.lowerBound
    }
    exports = builder.exports
    undefinedExports = builder.undefinedExports
    annotations = builder.annotations
    notTypes = builder.notTypes
    hasFutureAnnotations = builder.hasFutureAnnotations
    symbols = builder.symbols
    resolutions = builder.resolutions
  }

  package func name(_ symbol: Symbol) -> String { symbols.text(symbol) }
  package func name(of binding: BindingID) -> String { symbols.text(bindings[binding].symbol) }

  /// What a name of the tree refers to, where it is used.
  package func binding(of name: NodeID) -> BindingID? {
    let index = resolutions[Int(name.index)]
    return index == 0 ? nil : Int(index) - 1
  }

  /// The binding that a name has last in a scope.
  package func binding(named name: String, in scope: ScopeID = 0) -> BindingID? {
    symbols.find(name).flatMap { scopes[scope].bindings[$0] }
  }

  /// The bindings of a scope in the order of their names' first, each name's last one first.
  package func bindings(in scope: ScopeID) -> [BindingID] {
    scopes[scope].names.compactMap { scopes[scope].bindings[$0] }
  }

  /// Whether two bindings are in the same branches of `if`, `try` and `match`.
  package func isSameBranch(_ left: BindingID, _ right: BindingID) -> Bool {
    bindings[left].branch == bindings[right].branch
  }
}
