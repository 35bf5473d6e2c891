/// Magics of IPython (`%time`, `!ls`, `name?`) in scripts, where they are comments.
///
/// A line that looks like a magic that is a comment already gets one more sign, and loses it again, so that nothing
/// is lost.
struct MagicComments {
  private let language: String
  private let comment: String
  private let isEscaping: Bool
  private let isKnown: Bool

  /// - Parameters:
  ///   - language: of the cell.
  ///   - isEscaping: whether magics are comments at all; when not, only those with `# escape` are.
  init(_ language: String, isEscaping: Bool = true) {
    self.language = language
    self.isEscaping = isEscaping
    let usual = ScriptLanguage.named(language)
    isKnown = usual != nil
    comment = usual?.comment ?? "#"
  }

  func commented(_ lines: [String]) -> [String] {
    changed(lines) { line, isContinued in
      let indent = isContinued ? "" : line.indentation
      return indent + comment + " " + line.dropping(indent.utf8.count)
    }
  }

  func uncommented(_ lines: [String]) -> [String] {
    changed(lines) { line, _ in
      let indent = line.indentation
      let rest = line.dropping(indent.utf8.count)
      if rest.begins(with: comment + " ") { return indent + rest.dropping(comment.utf8.count + 1) }
      return rest.begins(with: comment) ? indent + rest.dropping(comment.utf8.count) : line
    }
  }

  private func changed(_ lines: [String], _ change: (String, Bool) -> String) -> [String] {
    guard isKnown else { return lines }
    var scan = QuoteScan(ScriptLanguage.usualName(language))
    var continues = false
    return lines.map { line in
      let isQuoted = scan.isQuoted
      scan.read(line)
      guard !isQuoted, continues || isMagic(line) else { return line }
      defer { continues = language == "python" && Self.isContinued(line) }
      return change(line, continues)
    }
  }

  private static func isContinued(_ line: String) -> Bool {
    line.unicodeScalars.reversed().first { !$0.isPythonSpace } == "\\"
  }

  /// - Parameter asksForHelp: whether `name?` is one, which Markdown may hold too.
  func isMagic(_ line: String, asksForHelp: Bool = true) -> Bool {
    guard isKnown else { return false }
    let text = Array(line.unicodeScalars)[...]
    let inner = withoutComments(text.drop(while: \.isPythonSpace))
    let signs = inner.prefix { $0 == "%" }.count
    let isPercent = (1...3).contains(signs) && inner.dropFirst(signs).first?.isASCIILetter == true
    if isPercent {
      let rest = inner.dropFirst(signs + 1)
      if hasNote("escape", rest) { return true }
      if !isEscaping || hasNote("noescape", rest) { return false }
      return true
    }
    guard isEscaping else { return false }
    if language == "c#" || language != "python" { return false }
    return isShell(text, inner) || isAssignment(text) || isCommand(text)
      || asksForHelp && isHelp(text)
  }

  /// Without `# ` and `#` in front.
  private func withoutComments(_ text: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
    var rest = text
    let sign = Array(comment.unicodeScalars)
    while rest.starts(with: sign) {
      rest = rest.dropFirst(sign.count)
      if rest.first == " " { rest = rest.dropFirst() }
    }
    return rest
  }

  /// Whether a comment with a word follows: `# escape`.
  private func hasNote(_ word: String, _ text: ArraySlice<Unicode.Scalar>) -> Bool {
    let sign = Array(comment.unicodeScalars)
    return text.indices.contains { place in
      text[place...].starts(with: sign)
        && text[place...].dropFirst(sign.count).drop(while: \.isPythonSpace)
          .starts(with: word.unicodeScalars)
    }
  }

  /// `!ls`, `?name`
  private func isShell(
    _ text: ArraySlice<Unicode.Scalar>, _ inner: ArraySlice<Unicode.Scalar>
  ) -> Bool {
    let rest = inner.drop(while: \.isPythonSpace)
    guard rest.first == "?" || rest.first == "!",
      let next = rest.dropFirst().first(where: { !$0.isPythonSpace })
    else { return false }
    return next.isASCIILetter || ".~$\\/{}".unicodeScalars.contains(next)
  }

  /// `files = !ls`, `t = %timeit -o f()`
  private func isAssignment(_ text: ArraySlice<Unicode.Scalar>) -> Bool {
    var rest = withoutComments(text).drop(while: \.isPythonSpace)
    guard let first = rest.first, first.isASCIILetter || first == "_" else { return false }
    rest = rest.drop {
      $0.isASCIILetter || $0 == "_" || $0 == "$" || (0x30...0x39).contains($0.value)
    }
    rest = rest.drop(while: \.isPythonSpace)
    guard rest.first == "=" else { return false }
    rest = rest.dropFirst().drop(while: \.isPythonSpace)
    let signs = rest.first == "!" ? 1 : rest.prefix { $0 == "%" }.count
    return (1...3).contains(signs) && rest.dropFirst(signs).first?.isASCIILetter == true
  }

  /// `name?`
  private func isHelp(_ text: ArraySlice<Unicode.Scalar>) -> Bool {
    var rest = text.drop(while: \.isPythonSpace)
    while rest.starts(with: "# ".unicodeScalars) { rest = rest.dropFirst(2) }
    while rest.last?.isPythonSpace == true { rest = rest.dropLast() }
    return rest.last == "?" && !rest.contains(where: \.isPythonSpace)
  }

  private static let commands = [
    "cat", "cd", "cp", "mv", "rm", "rmdir", "mkdir", "copy", "ddir", "echo", "ls", "ldir", "ren",
  ]

  /// `ls -l`: a command of the shell that is neither assigned nor called.
  private func isCommand(_ text: ArraySlice<Unicode.Scalar>) -> Bool {
    let rest = withoutComments(text)
    return Self.commands.contains { command in
      guard rest.starts(with: command.unicodeScalars) else { return false }
      let behind = rest.dropFirst(command.unicodeScalars.count)
      guard let first = behind.first else { return true }
      guard first.isPythonSpace else { return false }
      guard let second = behind.dropFirst().first else { return true }
      return second != "=" && second != ","
    }
  }
}
