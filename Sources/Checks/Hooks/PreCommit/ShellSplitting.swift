import Platform

/// The words of a command as Python's `shlex.split` takes them apart: quotes and backslashes as in a POSIX shell, and nothing
/// else of one.
package enum ShellSplitting {
  private enum State { case between, word, single, double }

  /// - Throws: ``ParseFailure`` without a place for a quote or a backslash that nothing follows.
  package static func words(_ text: String) throws(ParseFailure) -> [String] {
    var words: [String] = []
    var word = String.UnicodeScalarView()
    var state = State.between
    var scalars = text.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      switch (state, scalar) {
      case (.between, " "), (.between, "\t"), (.between, "\r"), (.between, "\n"): break
      case (.word, " "), (.word, "\t"), (.word, "\r"), (.word, "\n"):
        words.append(String(word))
        word = String.UnicodeScalarView()
        state = .between
      case (.between, "'"), (.word, "'"): state = .single
      case (.between, "\""), (.word, "\""): state = .double
      case (.single, "'"), (.double, "\""): state = .word
      case (.between, "\\"), (.word, "\\"):
        guard let next = scalars.next() else { throw unfinished("a backslash") }
        word.append(next)
        state = .word
      case (.double, "\\"):
        guard let next = scalars.next() else { throw unfinished("a backslash") }
        if next != "\\", next != "\"" { word.append("\\") }
        word.append(next)
      case (.between, _):
        word.append(scalar)
        state = .word
      default: word.append(scalar)
      }
    }
    switch state {
    case .between: break
    case .word: words.append(String(word))
    case .single, .double: throw unfinished("a quote")
    }
    return words
  }

  private static func unfinished(_ what: String) -> ParseFailure {
    ParseFailure("`entry` is no command: it ends in \(what) that is not closed")
  }
}
