import Platform
import Python

/// A check that is written in Swift. A rule names it: `match: {check: whitespace}`.
package protocol PythonCheck: Sendable {
  /// - Throws: ``ParseFailure`` at an option that has no sense.
  init(_ options: RuleOptions) throws(ParseFailure)

  /// Tells what it finds, in any order.
  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void)
}

/// What a check found in a Python text.
package struct PythonFinding: Sendable {
  /// One of the rule's codes; nil for a rule of one message.
  package var code: String?
  /// In bytes.
  package var range: Range<Int>
  /// What the message's `{name}` stand for.
  package var values: [String: String]
  package var fix: Fix?
  /// Where the statement begins that it is a part of, when a comment there is about its parts too: of an import.
  package var statement: Int?

  package init(
    _ code: String? = nil, _ range: Range<Int>, _ values: [String: String] = [:], fix: Fix? = nil,
    statement: Int? = nil
  ) {
    self.code = code
    self.range = range
    self.values = values
    self.fix = fix
    self.statement = statement
  }
}

/// The checks that rules can name.
package enum PythonChecks {
  package static let named: [String: any PythonCheck.Type] = layout.merging(semantics) { own, _ in
    own
  }
}
