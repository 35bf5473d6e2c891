import Formats

/// Python, also for PySpark.
struct PythonTranslator: ParameterTranslator {
  var language: String { "Python" }

  func text(_ value: Bool) -> String { value ? "True" : "False" }

  func text(_ value: Double) -> String {
    value.isFinite ? PythonText.repr(value) : "float('\(PythonText.repr(value))')"
  }

  func list(_ items: [YAMLValue]) throws -> String { "[\(try joined(items))]" }

  func dictionary(_ entries: [YAMLValue.Entry]) throws -> String {
    "{"
      + (try entries.map { "\(key($0.key)): \(try text($0.value))" }.joined(separator: ", "))
      + "}"
  }
}
