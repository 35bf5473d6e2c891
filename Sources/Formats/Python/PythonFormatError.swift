/// What CPython's `str.format` raises.
package struct PythonFormatError: Error, Sendable, Hashable {
  /// The exceptions that it can be.
  package enum Kind: String, Sendable, Hashable {
    case value = "ValueError"
    /// A name that was not given; the message is the name.
    case key = "KeyError"
    case index = "IndexError"
    case attribute = "AttributeError"
    case type = "TypeError"
    /// What CPython does and we do not: attributes of a text.
    case unsupported = "NotImplementedError"
  }

  package var kind: Kind
  /// CPython's own words; of a `KeyError` the name alone.
  package var message: String

  init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  /// As the last line of Python's traceback: `KeyError: 'alpha'`.
  package var pythonText: String {
    kind.rawValue + ": " + (kind == .key ? PythonText.repr(message) : message)
  }
}
