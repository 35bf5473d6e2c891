import Formats
import Glibc
import Platform
import Projects
import SystemPackage

/// Owns standard output and standard error: data goes to the first, everything else to the second.
struct Console: Sendable {
  /// Whether listings are printed as JSON, and failures as one JSON object.
  var printsJSON: Bool
  /// Whether notes and progress stay unsaid; failures are always told.
  var isQuiet: Bool
  var colors: ColorChoice

  /// The width for tables; nil when standard output is no terminal, and nothing is cut.
  var width: Int? {
    if let width = Terminal.width(1), Terminal.isTerminal(1) || getenv("COLUMNS") != nil {
      return width
    }
    return nil
  }

  /// Text in a style, when standard output takes colour.
  func styled(_ text: String, _ style: Style) -> String {
    colors.applies(to: 1) ? style.wrap(text) : text
  }

  /// Prints a line of data.
  func print(_ line: String) { Console.put(line + "\n", on: 1) }

  /// Prints bytes as they are.
  func write(_ bytes: [UInt8]) { Console.put(bytes, on: 1) }

  /// Prints a value: JSON under `--json`, else the text.
  func show(_ json: @autoclosure () -> JSONValue, text: () -> String) {
    if printsJSON {
      print(json().text(.indented, sortingKeys: true))
    } else {
      let text = text()
      if !text.isEmpty { print(text) }
    }
  }

  /// Says something about the work on standard error, unless quiet.
  func note(_ line: String) {
    if !isQuiet { Console.put(line + "\n", on: 2) }
  }

  /// Warns on standard error, unless quiet.
  func warn(_ warning: Warning) {
    var text = "\(colored("warning", .yellow)): \(warning.message)"
    if let location = warning.location { text += "\n  --> \(location)" }
    if let hint = warning.hint { text += "\n\(colored("hint", .cyan)): \(hint)" }
    note(text)
  }

  /// Tells of a failure that stops nothing, with all that it consists of.
  func warn(_ failure: Failure) { note(warning(of: failure)) }

  /// Tells a failure on standard error.
  func report(_ failure: Failure) {
    guard !printsJSON else {
      return Console.put(
        JSONValue.object([.init("error", failure.json)]).text(sortingKeys: true) + "\n", on: 2)
    }
    Console.put(text(of: failure) + "\n", on: 2)
  }

  /// A failure as it is told to a person.
  func text(of failure: Failure) -> String { text(of: failure, colored("error", .red)) }

  /// A failure that stops nothing, as it is told to a person.
  func warning(of failure: Failure) -> String {
    text(of: failure, colored("warning", .yellow))
  }

  private func text(of failure: Failure, _ word: String) -> String {
    var text = "\(word): \(failure.message)"
    if let location = failure.location { text += "\n  --> \(location)" }
    if let excerpt = failure.excerpt { text += "\n" + excerpt }
    if let cause = failure.cause { text += "\ncause: \(cause)" }
    for detail in failure.details { text += "\n" + self.text(of: detail, word) }
    if let hint = failure.hint { text += "\n\(colored("hint", .cyan)): \(hint)" }
    return text
  }

  private func colored(_ text: String, _ style: Style) -> String {
    colors.applies(to: 2) ? style.wrap(text) : text
  }

  private static func put(_ text: String, on descriptor: Int32) {
    put(Array(text.utf8), on: descriptor)
  }

  /// A reader that went away (`reprise runs | head`) ends the program as SIGPIPE would, without a word.
  private static func put(_ bytes: [UInt8], on descriptor: Int32) {
    do {
      try FileSystem.writeAll(descriptor, bytes, to: descriptor == 1 ? "standard output" : "-")
    } catch {
      guard descriptor == 1 else { return }
      if errno == EPIPE { exit(128 + SIGPIPE) }
      if let failure = error as? Failure { put("\(failure)\n", on: 2) }
      exit(Failure.Code.io.exitCode)
    }
  }
}

extension Failure {
  /// The failure as `--json` prints it.
  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("code", .string(code.rawValue)), .init("message", .string(message)),
    ]
    if let hint { members.append(.init("hint", .string(hint))) }
    if let cause { members.append(.init("cause", .string(cause))) }
    if let location {
      var place: [JSONValue.Member] = [.init("file", .string(location.file))]
      if let line = location.line { place.append(.init("line", .int(Int64(line)))) }
      if let column = location.column { place.append(.init("column", .int(Int64(column)))) }
      members.append(.init("location", .object(place)))
    }
    if !details.isEmpty { members.append(.init("details", .array(details.map(\.json)))) }
    return .object(members)
  }
}
