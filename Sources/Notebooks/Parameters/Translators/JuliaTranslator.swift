import Formats

struct JuliaTranslator: ParameterTranslator {
  var language: String { "Julia" }

  func none() throws -> String { "nothing" }

  func list(_ items: [YAMLValue]) throws -> String { "[\(try joined(items))]" }

  func dictionary(_ entries: [YAMLValue.Entry]) throws -> String {
    "Dict("
      + (try entries.map { "\(key($0.key)) => \(try text($0.value))" }.joined(separator: ", "))
      + ")"
  }
}
