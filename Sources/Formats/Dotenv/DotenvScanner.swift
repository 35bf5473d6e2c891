import Platform

/// Takes a dotenv text apart, line by line.
struct DotenvScanner {
  private let text: [Unicode.Scalar]
  private var position = 0

  init(_ text: String) {
    self.text = Array(text.unicodeScalars)
    if self.text.first == "\u{FEFF}" { position = 1 }
  }

  /// The next line that gives a name a value; nil at the end.
  mutating func next() throws(ParseFailure) -> DotenvText.Entry? {
    while true {
      skip { $0.isPythonSpace }
      guard position < text.count else { return nil }
      let start = position
      let isExported = takeExport()
      if text[position...].first == "#" {
        skip { !$0.isLineEnd }
        continue
      }
      let name = try takeName(start)
      skipBlanks()
      guard text[position...].first == "=" else {
        // `export NAME` alone speaks to a shell.
        guard isExported else { throw failure(start) }
        try endLine(start)
        continue
      }
      position += 1
      let value = try takeValue(start)
      try endLine(start)
      guard !name.contains("\0"), !value.contains("\0") else {
        throw failure(start, "a variable with a NUL in it")
      }
      return DotenvText.Entry(name: name, value: value)
    }
  }

  private mutating func takeExport() -> Bool {
    let word = "export".unicodeScalars
    let behind = position + word.count
    guard text[position...].starts(with: word), behind < text.count, text[behind].isBlank else {
      return false
    }
    position = behind
    skipBlanks()
    return true
  }

  private mutating func takeName(_ start: Int) throws(ParseFailure) -> String {
    if text[position...].first == "'" {
      guard let end = text[(position + 1)...].firstIndex(of: "'"), end > position + 1 else {
        throw failure(start)
      }
      defer { position = end + 1 }
      return String(scalars: text[position + 1..<end])
    }
    let name = text[position...].prefix { $0 != "=" && $0 != "#" && !$0.isPythonSpace }
    guard !name.isEmpty else { throw failure(start) }
    position = name.endIndex
    return String(scalars: name)
  }

  private mutating func takeValue(_ start: Int) throws(ParseFailure) -> String {
    let before = position
    skipBlanks()
    switch text[position...].first {
    case nil: return ""
    case "#" where position > before: return ""
    case "'": return try takeQuoted("'", escapes: ["\\": "\\", "'": "'"], start)
    case "\"":
      return try takeQuoted(
        "\"",
        escapes: [
          "\\": "\\", "'": "'", "\"": "\"", "a": "\u{7}", "b": "\u{8}", "f": "\u{C}", "n": "\n",
          "r": "\r", "t": "\t", "v": "\u{B}",
        ], start)
    case .some:
      let line = text[position...].prefix { !$0.isLineEnd }
      position = line.endIndex
      let comment = line.indices.dropFirst().first { line[$0] == "#" && line[$0 - 1].isPythonSpace }
      var value = line[..<(comment ?? line.endIndex)]
      while value.last?.isPythonSpace == true { value.removeLast() }
      return String(scalars: value)
    }
  }

  private mutating func takeQuoted(
    _ quote: Unicode.Scalar, escapes: [Unicode.Scalar: Unicode.Scalar], _ start: Int
  ) throws(ParseFailure) -> String {
    var value = String.UnicodeScalarView()
    var index = position + 1
    while index < text.count, text[index] != quote {
      if text[index] == "\\" {
        guard index + 1 < text.count else { break }
        if let escaped = escapes[text[index + 1]] {
          value.append(escaped)
        } else {
          value.append(contentsOf: text[index...index + 1])
        }
        index += 2
      } else {
        value.append(text[index])
        index += 1
      }
    }
    guard index < text.count, text[index] == quote else {
      throw failure(start, "a quote that is never closed")
    }
    position = index + 1
    return String(value)
  }

  /// Nothing but a comment may stand behind a value.
  private mutating func endLine(_ start: Int) throws(ParseFailure) {
    skipBlanks()
    if text[position...].first == "#" { skip { !$0.isLineEnd } }
    guard text[position...].first?.isLineEnd != false else { throw failure(start) }
  }

  private mutating func skipBlanks() { skip { $0.isBlank } }

  private mutating func skip(while condition: (Unicode.Scalar) -> Bool) {
    while position < text.count, condition(text[position]) { position += 1 }
  }

  private func failure(
    _ start: Int, _ message: String = "a line that is not `NAME=value`"
  ) -> ParseFailure {
    let before = text[..<start]
    // CRLF is one line end.
    let ends = before.indices.filter {
      before[$0] == "\n" || before[$0] == "\r" && ($0 + 1 == text.count || text[$0 + 1] != "\n")
    }
    return ParseFailure(
      message, line: ends.count + 1, column: start - (ends.last ?? -1),
      hint: "such as API_KEY=abc; values with spaces or `#` in quotes")
  }
}

extension Unicode.Scalar {
  /// What `\s` of Python's `re` takes.
  fileprivate var isPythonSpace: Bool {
    properties.isWhitespace || (0x1C...0x1F).contains(value)
  }

  fileprivate var isLineEnd: Bool { self == "\n" || self == "\r" }

  fileprivate var isBlank: Bool { isPythonSpace && !isLineEnd }
}
