/// A place in a Python file that is not Python.
package struct SyntaxProblem: Sendable, Hashable {
  /// What sort of rule is broken.
  package enum Kind: Sendable, Hashable {
    /// CPython would say `SyntaxError`.
    case syntax
    /// CPython would say `IndentationError` or `TabError`.
    case indentation
    /// Nested so deeply that it is not looked into.
    case depth
    /// The file is too large to be read.
    case size
  }

  package var kind: Kind
  /// The first byte of what is wrong.
  package var start: Int
  package var end: Int
  /// Lower case where CPython's is, without a full stop.
  package var message: String
}
