import Formats
import Platform
import Python

/// How a rule mends what its question found.
package struct PythonFix: Sendable {
  /// Replaces the node; `$A` stands for what a hole held.
  var replacement: String
  var isSafe: Bool

  init?(_ node: YAMLNode?) throws(ParseFailure) {
    guard let node, node.text != "null", node.text != "" else { return nil }
    let fields = try RuleFields(node, "`fix`", known: ["replace", "safety"])
    replacement = try fields.required("replace", of: "`fix`")
    let safety = try fields.text("safety") ?? "unsafe"
    guard ["safe", "unsafe"].contains(safety) else {
      throw fields["safety"]!.failure("`safety` is safe or unsafe")
    }
    isSafe = safety == "safe"
  }

  func fix(_ range: Range<Int>, _ captures: [String: String]) -> Fix {
    var text = replacement
    for (name, value) in captures.sorted(by: { $0.key.count > $1.key.count }) {
      text = text.split(separator: "$" + name, omittingEmptySubsequences: false)
        .joined(separator: value)
    }
    return Fix(isSafe: isSafe, [Fix.Edit(range, text)])
  }
}
