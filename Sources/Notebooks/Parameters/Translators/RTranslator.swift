import Formats

/// R, also for SparkR.
struct RTranslator: ParameterTranslator {
  var language: String { "R" }

  func none() throws -> String { "NULL" }

  func text(_ value: Bool) -> String { value ? "TRUE" : "FALSE" }

  func list(_ items: [YAMLValue]) throws -> String { "list(\(try joined(items)))" }

  func dictionary(_ entries: [YAMLValue.Entry]) throws -> String {
    "list("
      + (try entries.map { "\(key($0.key)) = \(try text($0.value))" }.joined(separator: ", "))
      + ")"
  }

  /// R's names do not begin with `_`.
  func assignment(of name: String, _ value: YAMLValue) throws -> String {
    "\(String(name.drop { $0 == "_" })) = \(try text(value))"
  }
}
