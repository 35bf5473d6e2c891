import Formats
import Platform

/// C# of .NET Interactive.
struct CSharpTranslator: ParameterTranslator {
  var language: String { "C#" }

  func none() throws -> String {
    throw Failure(.unsupported, "null cannot be given to a notebook in C#", hint: "leave it out")
  }

  func text(wholeNumber digits: String) throws -> String { LongSuffix.text(digits) }

  func list(_ items: [YAMLValue]) throws -> String { "new [] { \(try joined(items)) }" }

  func dictionary(_ entries: [YAMLValue.Entry]) throws -> String {
    "new Dictionary<string,Object>{ "
      + (try entries.map { "{ \(key($0.key)) , \(try text($0.value)) }" }.joined(separator: ", "))
      + " }"
  }

  func comment(_ text: String) -> String { "// \(text)" }

  func assignment(of name: String, _ value: YAMLValue) throws -> String {
    "var \(name) = \(try text(value));"
  }
}
