import Formats
import Platform

/// The texts that prove a rule: `reprise rules test` runs each.
package struct RuleExamples: Sendable {
  /// Where the rule must find something, and only it.
  package var bad: [Example] = []
  /// Where it must find nothing.
  package var good: [Example] = []
  /// Before and after its fix.
  package var fixed: [(before: Example, after: String)] = []

  package struct Example: Sendable {
    package var text: String
    /// The file that it pretends to be; the rule's own choice when nil.
    package var path: String?
    package var location: SourceLocation
  }

  init() {}

  /// Reads `{bad: [...], good: [...], fixed: [{before, after}]}`; an example is a text, or `{path, text}`.
  init(_ node: YAMLNode?, file: String) throws(ParseFailure) {
    guard let node else { return }
    let fields = try RuleFields(node, "`examples`", known: ["bad", "good", "fixed"])
    bad = try Self.list(fields["bad"], file)
    good = try Self.list(fields["good"], file)
    for item in fields["fixed"]?.items ?? [] {
      let pair = try RuleFields(item, "a fixed example", known: ["before", "after", "path"])
      let before = try pair.required("before", of: "a fixed example")
      let after = try pair.required("after", of: "a fixed example")
      fixed.append(
        (
          Example(text: Self.join(before), path: try pair.text("path"), location: item.place(file)),
          Self.join(after)
        ))
    }
  }

  private static func list(_ node: YAMLNode?, _ file: String) throws(ParseFailure) -> [Example] {
    var examples: [Example] = []
    for item in node?.items ?? [] {
      if let text = item.text {
        examples.append(Example(text: join(text), location: item.place(file)))
      } else {
        let fields = try RuleFields(item, "an example", known: ["path", "text"])
        examples.append(
          Example(
            text: join(try fields.required("text", of: "an example")),
            path: try fields.text("path"), location: item.place(file)))
      }
    }
    return examples
  }

  /// A text that would look like a secret to others is written in parts.
  private static func join(_ text: String) -> String {
    text.split(separator: "{{join}}", omittingEmptySubsequences: false).joined()
  }
}

extension YAMLNode {
  func place(_ file: String) -> SourceLocation {
    SourceLocation(file: file, line: mark.line, column: mark.column)
  }
}
