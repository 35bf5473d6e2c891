import Glibc
import Platform
import SystemPackage
import Templates

/// Asks a person at a terminal: lines that can be edited, lists with arrow keys and search.
struct TerminalAsker: Asker {
  let console: Console

  private var isColored: Bool { console.colors.applies(to: 2) }
  private var width: Int { max(20, (Terminal.width(2) ?? 80) - 1) }

  private func paint(_ text: String, _ style: Style) -> String {
    isColored ? style.wrap(text) : text
  }

  mutating func answer(_ question: Question) throws -> Answer {
    guard let terminal = RawTerminal() else { throw Aborted() }
    var screen = AskingScreen()
    defer { screen.leave() }
    switch question.kind {
    case .choice(let choices):
      let list = ChoiceList(labels: choices.map { PlainAsker.plainText($0.label) })
      let picked = try pick(list, question, terminal, &screen)
      let answer = picked.current.map { choices[$0] } ?? choices[0]
      settle(question, PlainAsker.plainText(answer.label), &screen)
      return answer.value
    case .several(let choices, let marked):
      let list = ChoiceList(labels: choices.map { PlainAsker.plainText($0.label) }, marked: marked)
      let places = try pick(list, question, terminal, &screen).marked.sorted()
      let labels = places.map { PlainAsker.plainText(choices[$0].label) }
      settle(question, labels.isEmpty ? "none" : labels.joined(separator: ", "), &screen)
      return .list(places.map { choices[$0].value })
    case .text, .map, .password, .yesNo: return try line(question, terminal, &screen)
    }
  }

  // MARK: Lists

  private func pick(
    _ list: ChoiceList, _ question: Question, _ terminal: borrowing RawTerminal,
    _ screen: inout AskingScreen
  ) throws -> ChoiceList {
    var list = list
    var problem: String?
    while true {
      let hint = list.allowsSeveral ? "space marks, Enter ends" : "arrows, or type to search"
      let tail = list.search.isEmpty ? paint("(\(hint))", .dim) : list.search
      var lines = [heading(question) + " " + tail]
      lines += list.lines(height: 10, width: width, paint: paint)
      if let problem { lines.append(paint("    " + problem, .red)) }
      screen.show(lines)
      let key = try next(terminal)
      problem = nil
      guard key == .enter else {
        list.take(key)
        continue
      }
      guard list.current != nil || list.allowsSeveral else { continue }
      problem = self.problem(with: list, question)
      if problem == nil { return list }
    }
  }

  private func problem(with list: ChoiceList, _ question: Question) -> String? {
    guard let check = question.problem else { return nil }
    switch question.kind {
    case .several(let choices, _):
      return check(.list(list.marked.sorted().map { choices[$0].value }))
    case .choice(let choices): return list.current.flatMap { check(choices[$0].value) }
    default: return nil
    }
  }

  // MARK: Lines

  private func line(
    _ question: Question, _ terminal: borrowing RawTerminal, _ screen: inout AskingScreen
  ) throws -> Answer {
    var editor = LineEditor()
    var problem: String?
    var isSecret = false
    if case .password = question.kind { isSecret = true }
    while true {
      let start = heading(question) + defaultText(question) + ": "
      let shown = isSecret ? String(repeating: "*", count: editor.characters.count) : editor.text
      let trial = PlainAsker.trial(editor.text, for: question)
      let soon = editor.text.isEmpty ? nil : trial.problem
      var lines = [start + shown]
      if let text = problem ?? soon { lines.append(paint("    " + text, .red)) }
      screen.show(lines, cursor: textWidth(plain(start)) + editor.cursorCells)
      let key = try next(terminal)
      problem = nil
      guard key == .enter else {
        editor.take(key)
        continue
      }
      if let answer = trial.answer, trial.problem == nil {
        settle(question, isSecret ? "****" : trial.shown, &screen)
        return answer
      }
      problem = trial.problem ?? "an answer is wanted"
    }
  }

  private func next(_ terminal: borrowing RawTerminal) throws -> RawTerminal.Key {
    let key = terminal.key()
    switch key {
    case .interrupt: throw Failure(.interrupted, "interrupted; nothing was written")
    case .endOfInput: throw Aborted()
    default: return key
    }
  }

  // MARK: Words

  private func heading(_ question: Question) -> String {
    let number = question.number.map { paint("[\($0.place)/\($0.count)] ", .dim) } ?? ""
    let help = question.help.map { paint(" - " + singleLine($0), .dim) } ?? ""
    return number + paint(singleLine(PlainAsker.plainText(question.text)), .bold) + help
  }

  private func defaultText(_ question: Question) -> String {
    switch question.kind {
    case .text(let value): value.map { paint(" (\(singleLine($0)))", .cyan) } ?? ""
    case .yesNo(let value): paint(value ? " (Y/n)" : " (y/N)", .cyan)
    case .map(let value): paint(" (\(Answer.map(value).json()))", .cyan)
    default: ""
    }
  }

  private func plain(_ text: String) -> String {
    guard isColored else { return text }
    var result = ""
    var rest = text[...]
    while let escape = rest.firstIndex(of: "\u{1B}") {
      result += rest[..<escape]
      rest = rest[escape...].drop { $0 != "m" }.dropFirst()
    }
    return result + rest
  }

  /// Leaves the question with its answer on one line.
  private func settle(_ question: Question, _ answer: String, _ screen: inout AskingScreen) {
    screen.show([heading(question) + ": " + paint(singleLine(answer), .green)])
  }
}

/// The lines of one question, drawn anew in place.
struct AskingScreen {
  private var below = 0

  /// - Parameter cursor: the cell of the first line where the cursor goes; nil for the end of the last line.
  mutating func show(_ lines: [String], cursor: Int? = nil) {
    var text = "\r"
    if below > 0 { text += "\u{1B}[\(below)A" }
    text += "\u{1B}[J" + lines.joined(separator: "\r\n")
    below = lines.count - 1
    if let cursor {
      if below > 0 { text += "\u{1B}[\(below)A" }
      text += "\r" + (cursor > 0 ? "\u{1B}[\(cursor)C" : "")
      below = 0
    }
    put(text)
  }

  mutating func leave() { put("\r\n") }

  private func put(_ text: String) {
    try? FileSystem.writeAll(2, Array(text.utf8), to: "standard error")
  }
}
