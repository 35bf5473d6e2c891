import Platform
import Python

/// Comments behind code: a project can want them on lines of their own.
///
/// Remarks that tools read (`# noqa`, `# type: ignore`) belong to their line and stay.
struct InlineComments: PythonCheck {
  private static let tools = [
    "noqa", "type:", "pragma:", "pylint:", "pyright:", "mypy:", "ruff:", "isort:", "fmt:", "nosec",
    "reprise:", "ty:", "pyrefly:", "flake8:", "gitleaks:",
  ]

  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let layout = source.layout
    source.list.tokens.withUnsafeBufferPointer { tokens in
      source.bytes.withUnsafeBufferPointer { bytes in
        layout.traits.withUnsafeBufferPointer { traits in
          let reader = SpaceReader(tokens: tokens, traits: traits, bytes: bytes)
          for line in layout.lines where line.traits.contains([.isComment, .isContent]) {
            for index in line.tokens where traits[index].contains(.isComment) {
              guard reader.hasCode(before: reader.start(index)) else { continue }
              let text = reader.text(index).drop { $0 == "#" || $0 == " " }
              if Self.tools.contains(where: { text.lowercased().hasPrefix($0) }) { continue }
              report(PythonFinding(nil, tokens[index].range))
            }
          }
        }
      }
    }
  }
}
