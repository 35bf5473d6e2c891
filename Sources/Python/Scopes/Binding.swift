/// One thing that gives a name a meaning.
package struct Binding: Sendable {
  package enum Kind: Sendable, Hashable {
    case builtin
    /// `import a`, `import a.b as c`
    case moduleImport
    /// `import a.b`, which binds `a`
    case submoduleImport
    case fromImport
    case futureImport
    case function, classDefinition
    case parameter, typeParameter, typeAlias
    case assignment
    /// `x: int` without a value.
    case annotation
    /// `name := value`
    case namedExpression
    case loopVariable, withVariable
    /// The name behind `except … as`.
    case exception
    /// What that name is behind the handler: nothing, or what it was before.
    case unboundException
    case matchCapture
    case global, nonlocal
    case deletion
    /// A `del` that may not have happened.
    case conditionalDeletion
    /// `__all__`
    case export
  }

  /// More about a binding.
  package struct Flags: OptionSet, Sendable {
    package let rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// One of several targets that share a value which is taken apart.
    package static let isUnpacked = Flags(rawValue: 1)
    /// `import a as a`: exported on purpose.
    package static let isExplicitExport = Flags(rawValue: 2)
    /// Declared by `global`, or bound where it is.
    package static let isGlobal = Flags(rawValue: 4)
    package static let isNonlocal = Flags(rawValue: 8)
    /// Inside `if TYPE_CHECKING:`.
    package static let isTypeChecking = Flags(rawValue: 16)
    /// Inside a `try` that handles `ImportError` or `ModuleNotFoundError`.
    package static let isImportTried = Flags(rawValue: 32)
    /// A binding it shadows in its own scope was used, and so is this one.
    package static let inheritsUse = Flags(rawValue: 64)
    /// Inside an `except` handler.
    package static let isInHandler = Flags(rawValue: 128)
  }

  package var kind: Kind
  package var symbol: Symbol
  package var scope: ScopeID
  /// The node that binds: an alias, a definition, a parameter, a name. The module for a builtin.
  package var node: NodeID
  /// The bytes to point at: the name, of an import the alias.
  package var range: Range<Int>
  /// The statement it is part of.
  package var statement: NodeID
  package var flags: Flags
  /// The branches of `if`, `try` and `match` around it; equal numbers are equal branches.
  package var branch: Int
  /// The binding of the same scope that this one takes the place of.
  package var shadowed: BindingID?
  /// The binding of an outer function or of the module that this one hides.
  package var hidden: BindingID?
  /// What a `global`, a `nonlocal`, a conditional `del` or an exception's end stands for.
  package var target: BindingID?
  package var references: [ReferenceID] = []

  package var isUsed: Bool { !references.isEmpty || flags.contains(.inheritsUse) }

  package var isImport: Bool {
    switch kind {
    case .moduleImport, .submoduleImport, .fromImport, .futureImport: true
    default: false
    }
  }
}

/// One use of a name.
package struct Reference: Sendable {
  package var symbol: Symbol
  package var scope: ScopeID
  /// The name, or the string that holds it.
  package var node: NodeID
  package var range: Range<Int>
  /// What it means; nil when nothing in the file says.
  package var binding: BindingID?
  /// In an annotation, or under `if TYPE_CHECKING:`.
  package var isTyping: Bool
}
