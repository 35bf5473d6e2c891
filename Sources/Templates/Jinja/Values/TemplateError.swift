import Platform

/// What a template raises: Jinja2's or CPython's exception class and its words.
package struct TemplateError: Error, Sendable, Hashable {
  /// The name of the Python class, such as `UndefinedError`, `TypeError`; `LimitExceeded` is our own.
  package var exception: String
  package var message: String
  /// The template's name, if it has one.
  package var name: String?
  /// Counted from 1; nil until the place is known.
  package var line: Int?
  /// Counted from 1, in characters.
  package var column: Int?

  package init(
    _ exception: String, _ message: String, name: String? = nil, line: Int? = nil,
    column: Int? = nil
  ) {
    self.exception = exception
    self.message = message
    self.name = name
    self.line = line
    self.column = column
  }
}

extension TemplateError {
  package static func type(_ message: String) -> Self { .init("TypeError", message) }
  package static func value(_ message: String) -> Self { .init("ValueError", message) }
  package static func attribute(_ message: String) -> Self { .init("AttributeError", message) }

  /// What Python says of an attribute that a value has not.
  package static func missing(_ name: String, in value: Value) -> Self {
    guard case .object(let object) = value else {
      return .attribute("'\(value.typeName)' object has no attribute '\(name)'")
    }
    if object is Namespace { return .attribute(name) }
    let owner = (object as? ClassObject)?.description ?? "'\(object.typeName)' object"
    return .attribute("\(owner) has no attribute '\(name)'")
  }
  package static func index(_ message: String) -> Self { .init("IndexError", message) }
  package static func overflow(_ message: String) -> Self { .init("OverflowError", message) }
  package static func runtime(_ message: String) -> Self { .init("TemplateRuntimeError", message) }
  package static func undefined(_ message: String) -> Self { .init("UndefinedError", message) }
  package static func filterArgument(_ message: String) -> Self {
    .init("FilterArgumentError", message)
  }
  /// One of our own limits was met.
  package static func limit(_ message: String) -> Self { .init("LimitExceeded", message) }
  /// `KeyError` of a key; its text is the key's `repr`.
  package static func key(_ key: Value) -> Self { .init("KeyError", Printing.plainRepr(key)) }
}
