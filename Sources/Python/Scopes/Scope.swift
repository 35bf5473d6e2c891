/// A place in a list of scopes, bindings or references.
package typealias ScopeID = Int
package typealias BindingID = Int
package typealias ReferenceID = Int

/// A part of a file in which names mean one thing.
package struct Scope: Sendable {
  package enum Kind: Sendable {
    case module, classBody, function, lambda, comprehension
    /// The type parameters of a function, a class or an alias (PEP 695).
    case typeParameters
  }

  package var kind: Kind
  /// The function, class, lambda or comprehension.
  package var node: NodeID
  package var parent: ScopeID?
  /// The last binding of every name.
  var bindings: [Symbol: BindingID] = [:]
  /// The names in the order in which they were first bound.
  package internal(set) var names: [Symbol] = []
  /// Whether `locals()` is called, which uses every variable.
  package internal(set) var usesLocals = false
  /// Whether `from … import *` may have bound anything.
  package internal(set) var hasStarImport = false

  package func binding(of symbol: Symbol) -> BindingID? { bindings[symbol] }
}
