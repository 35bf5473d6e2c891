import Formats

/// F# of .NET Interactive.
struct FSharpTranslator: ParameterTranslator {
  var language: String { "F#" }

  func text(wholeNumber digits: String) throws -> String { LongSuffix.text(digits) }

  func list(_ items: [YAMLValue]) throws -> String { "[ \(try joined(items, "; ")) ]" }

  func dictionary(_ entries: [YAMLValue.Entry]) throws -> String {
    "[ "
      + (try entries.map { "(\(key($0.key)), \(try text($0.value)) :> IComparable)" }
        .joined(separator: "; "))
      + " ] |> Map.ofList"
  }

  func comment(_ text: String) -> String { "(* \(text) *)" }

  func assignment(of name: String, _ value: YAMLValue) throws -> String {
    "let \(name) = \(try text(value))"
  }
}
