/// One thing that a template asks.
package struct Question: Sendable {
  package enum Kind: Sendable {
    /// A line of text; without a default it is asked until there is an answer.
    case text(default: String?)
    case yesNo(default: Bool)
    /// One of some values, by default the first.
    case choice([Choice])
    /// Any number of some values, by default those that are marked.
    case several([Choice], marked: [Int])
    /// A JSON object.
    case map(default: AnswerMap)
    /// A line that is not shown while it is typed.
    case password
  }

  package struct Choice: Sendable {
    package var value: Answer
    package var label: String

    package init(_ value: Answer, label: String) {
      self.value = value
      self.label = label
    }
  }

  /// What is asked; may hold rich's markup, such as `[bold]name[/]`.
  package var text: String
  /// Which of how many, as `[2/7]`; nil outside of a template's own list.
  package var number: (place: Int, count: Int)?
  package var kind: Kind
  /// A sentence more, for those who wonder.
  package var help: String?
  /// What is wrong with an answer; nil when it is good. Asked before an answer is taken.
  package var problem: (@Sendable (Answer) -> String?)?

  package init(
    _ text: String, number: (place: Int, count: Int)? = nil, kind: Kind, help: String? = nil,
    problem: (@Sendable (Answer) -> String?)? = nil
  ) {
    self.text = text
    self.number = number
    self.kind = kind
    self.help = help
    self.problem = problem
  }
}

/// Somebody who answers: lines of a pipe, or a person at a terminal.
package protocol Asker {
  /// - Throws: ``Aborted`` when there is nobody any more: the end of the input, or Ctrl-D.
  mutating func answer(_ question: Question) throws -> Answer
}

/// Nobody answers any more.
package struct Aborted: Error, Sendable {
  package init() {}
}
