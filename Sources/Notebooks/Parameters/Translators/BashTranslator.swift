import Formats

/// Bash, whose words are quoted only where they have to be.
struct BashTranslator: ParameterTranslator {
  var language: String { "Bash" }

  func none() throws -> String { "" }

  func text(_ text: String) -> String { ShellWord.quoted(text) }

  func text(foreign text: String) -> String { ShellWord.quoted(text) }

  func list(_ items: [YAMLValue]) throws -> String { "(\(try joined(items, " ")))" }

  func assignment(of name: String, _ value: YAMLValue) throws -> String {
    "\(name)=\(try text(value))"
  }
}
