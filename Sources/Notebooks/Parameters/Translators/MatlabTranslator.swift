import Formats

/// MATLAB, also for Octave.
struct MatlabTranslator: ParameterTranslator {
  var language: String { "MATLAB" }

  func none() throws -> String { "NaN" }

  func text(_ text: String) -> String {
    "\"" + UnicodeEscape.text(text, quote: "\"", as: "\"\"") + "\""
  }

  func list(_ items: [YAMLValue]) throws -> String { "{\(try joined(items))}" }

  /// Keys are arrays of characters, which stand in single quotes.
  func dictionary(_ entries: [YAMLValue.Entry]) throws -> String {
    let keys = entries.map { entry in
      if case .string(let text) = entry.key {
        "'" + UnicodeEscape.text(text, quote: "'", as: "''") + "'"
      } else {
        "'\(entry.key.pythonText)'"
      }
    }
    let values = try joined(entries.map(\.value))
    return "containers.Map({\(keys.joined(separator: ", "))}, {\(values)})"
  }

  func comment(_ text: String) -> String { "% \(text)" }

  func assignment(of name: String, _ value: YAMLValue) throws -> String {
    "\(name) = \(try text(value));"
  }
}
