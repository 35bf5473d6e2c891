import Formats
import Platform

/// Something of a run that is not as it was, found before it is played again.
package struct ReplayProblem: Sendable, Hashable {
  package var part: Reproducibility.Part
  /// What is so, for a person.
  package var text: String
  /// What can be done about it.
  package var advice: String?
  /// Whether the run cannot be played again at all; else it can, and the result may differ.
  package var isBlocking: Bool

  package init(
    _ part: Reproducibility.Part, _ text: String, advice: String? = nil, isBlocking: Bool
  ) {
    self.part = part
    self.text = text
    self.advice = advice
    self.isBlocking = isBlocking
  }

  package var json: JSONValue {
    .object([
      .init("part", .string(part.rawValue)), .init("text", .string(text)),
      .init("advice", advice.map { .string($0) } ?? .null), .init("blocking", .bool(isBlocking)),
    ])
  }

  package var failure: Failure { Failure(.invalid, text, hint: advice) }
}
