import Formats

/// PowerShell of .NET Interactive.
struct PowerShellTranslator: ParameterTranslator {
  var language: String { "PowerShell" }

  func none() throws -> String { "$Null" }

  func text(_ value: Bool) -> String { value ? "$True" : "$False" }

  func text(_ value: Double) -> String {
    if value.isNaN { return "[double]::NaN" }
    if value.isInfinite { return "[double]::\(value < 0 ? "Negative" : "Positive")Infinity" }
    return PythonText.repr(value)
  }

  func text(_ text: String) -> String {
    "\"" + UnicodeEscape.text(text, quote: "\"", as: "`\"") + "\""
  }

  func list(_ items: [YAMLValue]) throws -> String { "@(\(try joined(items)))" }

  func dictionary(_ entries: [YAMLValue.Entry]) throws -> String {
    "@{"
      + (try entries.map { "\(key($0.key)) = \(try text($0.value))" }.joined(separator: "\n "))
      + "}"
  }

  func assignment(of name: String, _ value: YAMLValue) throws -> String {
    "$\(name) = \(try text(value))"
  }
}
