import Formats
import Platform

/// Writes parameters as assignments of a language, as papermill's translator for it does.
package protocol ParameterTranslator: Sendable {
  /// For failures: `C#`.
  var language: String { get }

  func none() throws -> String
  func text(_ value: Bool) -> String
  /// - Parameter digits: decimal digits of any count, `-` in front of a negative number.
  func text(wholeNumber digits: String) throws -> String
  func text(_ value: Double) -> String
  func text(_ text: String) -> String
  /// A value that has no form of its own in the language: the quotes around what Python's `str` gives.
  func text(foreign text: String) -> String
  func list(_ items: [YAMLValue]) throws -> String
  func dictionary(_ entries: [YAMLValue.Entry]) throws -> String
  func comment(_ text: String) -> String
  func assignment(of name: String, _ value: YAMLValue) throws -> String
}

extension ParameterTranslator {
  package func none() throws -> String { "None" }
  package func text(_ value: Bool) -> String { value ? "true" : "false" }
  package func text(wholeNumber digits: String) throws -> String { digits }
  package func text(_ value: Double) -> String { PythonText.repr(value) }
  package func text(_ text: String) -> String {
    "\"" + UnicodeEscape.text(text, quote: "\"", as: "\\\"") + "\""
  }
  package func text(foreign text: String) -> String { "\"\(text)\"" }
  package func list(_ items: [YAMLValue]) throws -> String {
    throw Failure(.unsupported, "a list cannot be given to a notebook in \(language)")
  }
  package func dictionary(_ entries: [YAMLValue.Entry]) throws -> String {
    throw Failure(.unsupported, "a mapping cannot be given to a notebook in \(language)")
  }
  package func comment(_ text: String) -> String { "# \(text)" }
  package func assignment(of name: String, _ value: YAMLValue) throws -> String {
    "\(name) = \(try text(value))"
  }

  /// A value as the language writes it.
  package func text(_ value: YAMLValue) throws -> String {
    switch value {
    case .none: try none()
    case .string(let string): text(string)
    case .bool(let value): text(value)
    case .int(let value): try text(wholeNumber: String(value))
    case .bigInt(let digits): try text(wholeNumber: digits)
    case .float(let value): text(value)
    case .map(let entries): try dictionary(entries)
    case .list(let items): try list(items)
    case .bytes, .date, .dateTime, .tuple, .set: text(foreign: value.pythonText)
    }
  }

  /// The key of a dictionary, which is text in every language.
  func key(_ key: YAMLValue) -> String {
    if case .string(let string) = key { text(string) } else { text(foreign: key.pythonText) }
  }

  func joined(_ items: [YAMLValue], _ separator: String = ", ") throws -> String {
    try items.map { try text($0) }.joined(separator: separator)
  }

  /// The source of the cell that is injected: a comment, and a line for each parameter.
  package func source(
    of parameters: NotebookParameters, comment words: String = "Parameters"
  ) throws -> String {
    var source = comment(words) + "\n"
    for entry in parameters.entries {
      source += try assignment(of: entry.name, entry.value) + "\n"
    }
    return source
  }
}
