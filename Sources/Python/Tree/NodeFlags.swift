/// What is so about a node; which marks can be set depends on the kind.
package struct NodeFlags: OptionSet, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// A function, a loop, `with` or a comprehension with `async`; a `try` with `except*`; an `if` that is an `elif`.
  package static let isMarked = NodeFlags(rawValue: 1)
  /// An expression in brackets of its own. Only a tuple's range contains them.
  package static let isParenthesized = NodeFlags(rawValue: 2)
  /// A parameter, an assignment or a handler with a type, a function with a return type, a slice with a lower bound.
  package static let hasType = NodeFlags(rawValue: 4)
  /// A parameter with a default, an assignment, `return`, `raise`, `withItem`… with its optional value, a slice's upper.
  package static let hasValue = NodeFlags(rawValue: 8)
  /// A slice with a step, `raise` with a cause, a match case with a guard, a field with a format spec.
  package static let hasExtra = NodeFlags(rawValue: 16)
  package static let hasElse = NodeFlags(rawValue: 32)
  package static let hasFinally = NodeFlags(rawValue: 64)
  package static let hasTypeParameters = NodeFlags(rawValue: 128)
  /// An import, a handler, a pattern that gives a name.
  package static let hasName = NodeFlags(rawValue: 32)
  /// An annotated name that stands bare.
  package static let isSimple = NodeFlags(rawValue: 64)
  /// A field that repeats its own source: `{x=}`.
  package static let isDebug = NodeFlags(rawValue: 64)
}
