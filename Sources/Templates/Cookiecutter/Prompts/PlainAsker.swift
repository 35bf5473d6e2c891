import Platform
import SystemPackage

/// Asks in plain lines, as cookiecutter does when its input is a pipe: the same words, the same answers taken.
package struct PlainAsker: Asker {
  private let read: () throws -> String?
  private let write: (String) -> Void
  private let width: Int

  /// - Parameters:
  ///   - width: cells of a line; longer questions are wrapped.
  ///   - read: gives the next line without its end; nil at the end of the input.
  ///   - write: takes what is asked.
  package init(
    width: Int, read: @escaping () throws -> String?, write: @escaping (String) -> Void
  ) {
    self.width = width
    self.read = read
    self.write = write
  }

  package mutating func answer(_ question: Question) throws -> Answer {
    let prompt = RichText.wrapped(Self.prompt(question), to: width)
    while true {
      write(prompt)
      guard let line = try read() else { throw Aborted() }
      do {
        let answer = try Self.answer(line, to: question)
        if let answer, let problem = question.problem?(answer) { throw Wrong(message: problem) }
        if let answer { return answer }
      } catch let wrong as Wrong {
        write(RichText.wrapped(wrong.message, to: width) + "\n")
      }
    }
  }

  /// A line that is no answer, and what is said about it.
  private struct Wrong: Error {
    var message: String
  }

  private static func prompt(_ question: Question) -> String {
    var text = question.number.map { "  [\($0.place)/\($0.count)] " } ?? ""
    text += RichText.plain(question.text)
    switch question.kind {
    case .text(let value): if let value { text += " (\(value))" }
    case .yesNo(let value): text += " [y/n] (\(value ? "y" : "n"))"
    case .choice(let choices):
      text += lines(choices)
      let numbers = choices.indices.map { String($0 + 1) }.joined(separator: "/")
      text += "\n    Choose from [\(numbers)] (1)"
    case .several(let choices, let marked):
      text += lines(choices)
      let numbers = marked.map { String($0 + 1) }.joined(separator: ",")
      text += "\n    Choose any, with commas between (\(numbers))"
    case .map: text += " (default)"
    case .password: break
    }
    return text + ": "
  }

  private static func lines(_ choices: [Question.Choice]) -> String {
    choices.enumerated()
      .map { "\n    \($0.offset + 1) - \(RichText.plain($0.element.label))" }.joined()
  }

  /// The answer that a line is; nil when it is none and nothing is to be said.
  private static func answer(_ line: String, to question: Question) throws -> Answer? {
    let trimmed = line.trimmingPythonSpace()
    switch question.kind {
    case .text(let value):
      if line.isEmpty { return value.map { .string($0) } }
      return .string(trimmed)
    case .password: return .string(trimmed)
    case .yesNo(let value):
      if line.isEmpty { return .bool(value) }
      guard let truth = YesNo.value(of: line) else { throw Wrong(message: "Please enter Y or N") }
      return .bool(truth)
    case .choice(let choices):
      let word = line.isEmpty ? "1" : trimmed
      guard let place = Int(word), choices.indices.contains(place - 1), word == String(place) else {
        throw Wrong(message: "Please select one of the available options")
      }
      return choices[place - 1].value
    case .several(let choices, let marked):
      return try several(line, trimmed, choices, marked)
    case .map(let value):
      if line.isEmpty { return .map(value) }
      guard let json = try? PythonJSONReader.read(line) else {
        throw Wrong(message: "Unable to decode to JSON.")
      }
      guard json.map != nil else { throw Wrong(message: "Requires JSON dict.") }
      return json
    }
  }

  private static func several(
    _ line: String, _ trimmed: String, _ choices: [Question.Choice], _ marked: [Int]
  ) throws -> Answer {
    if line.isEmpty { return .list(marked.map { choices[$0].value }) }
    if trimmed == "-" { return .list([]) }
    var places: Set<Int> = []
    for word in trimmed.split(whereSeparator: { $0 == "," || $0 == " " }) {
      guard let place = Int(word), choices.indices.contains(place - 1) else {
        throw Wrong(message: "Please select some of the available options, or - for none")
      }
      places.insert(place - 1)
    }
    return .list(places.sorted().map { choices[$0].value })
  }
}

extension PlainAsker {
  /// A label without rich's markup.
  package static func plainText(_ markup: String) -> String { RichText.plain(markup) }

  /// What a line would be as the answer, while it is typed.
  package static func trial(
    _ line: String, for question: Question
  ) -> (answer: Answer?, problem: String?, shown: String) {
    do {
      guard let answer = try answer(line, to: question) else { return (nil, nil, "") }
      let shown =
        switch answer {
        case .bool(let value): value ? "yes" : "no"
        case .map: answer.json()
        default: answer.pythonText
        }
      return (answer, question.problem?(answer), shown)
    } catch {
      return (nil, (error as? Wrong)?.message, "")
    }
  }
}
