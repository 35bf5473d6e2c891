import Platform

/// What cookiecutter's prompts look like in a pipe: the markup of the Python library rich taken out, long lines wrapped.
enum RichText {
  /// The text without its markup: `[bold]name[/]` is `name`; `\[` is a bracket.
  static func plain(_ markup: String) -> String {
    let source = Array(markup.unicodeScalars)
    guard source.contains("[") else { return markup }
    var result = String.UnicodeScalarView()
    var piece: [Unicode.Scalar] = []
    func flush() {
      // What is left of `\[` outside of tags.
      var index = 0
      while index < piece.count {
        if piece[index] == "\\", index + 1 < piece.count, piece[index + 1] == "[" { index += 1 }
        result.append(piece[index])
        index += 1
      }
      piece = []
    }
    var position = 0
    while position < source.count {
      guard let tag = tag(in: source, at: position) else {
        piece.append(source[position])
        position += 1
        continue
      }
      flush()
      result.append(contentsOf: repeatElement("\\", count: tag.backslashes / 2))
      if tag.backslashes % 2 == 1 {
        result.append(contentsOf: source[(position + tag.backslashes)..<tag.end])
      }
      position = tag.end
    }
    flush()
    return String(result)
  }

  /// Backslashes, then `[`, a letter or one of `#/@`, and no other `[` up to `]`.
  private static func tag(
    in source: [Unicode.Scalar], at start: Int
  ) -> (backslashes: Int, end: Int)? {
    var position = start
    while position < source.count, source[position] == "\\" { position += 1 }
    let backslashes = position - start
    guard position + 1 < source.count, source[position] == "[" else { return nil }
    switch source[position + 1] {
    case "a"..."z", "#", "/", "@": break
    default: return nil
    }
    position += 2
    while position < source.count, source[position] != "[" {
      if source[position] == "]" { return (backslashes, position + 1) }
      position += 1
    }
    return nil
  }

  /// The text with line feeds where it is wider than a number of cells: between words, else inside of one.
  static func wrapped(_ text: String, to width: Int) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { wrappedLine(Array(withoutTabs($0).unicodeScalars), width) }
      .joined(separator: "\n")
  }

  /// Spaces up to the next multiple of eight cells for every tab.
  private static func withoutTabs(_ line: Substring) -> String {
    guard line.utf8.contains(0x09) else { return String(line) }
    var result = ""
    var used = 0
    for part in line.split(separator: "\t", omittingEmptySubsequences: false) {
      if part.startIndex > line.startIndex {
        let space = 8 - used % 8
        result += String(repeating: " ", count: space)
        used += space
      }
      result += part
      used += textWidth(part)
    }
    return result
  }

  private static func wrappedLine(_ line: [Unicode.Scalar], _ width: Int) -> String {
    guard cells(line[...]) > width else { return text(line[...]) }
    var pieces: [ArraySlice<Unicode.Scalar>] = []
    var begin = 0
    func cut(at place: Int) {
      if place > begin { pieces.append(line[begin..<place]) }
      begin = max(begin, place)
    }
    var used = 0
    for word in words(line) {
      let whole = line[word]
      let bare = cells(trimmedEnd(whole))
      if width - used >= bare {
        used += cells(whole)
      } else if bare > width {
        var start = word.lowerBound
        for piece in folded(whole, width) {
          if start > 0 { cut(at: start) }
          used = cells(piece)
          start = piece.endIndex
        }
      } else if used > 0, word.lowerBound > 0 {
        cut(at: word.lowerBound)
        used = cells(whole)
      }
    }
    pieces.append(line[begin...])
    return pieces.map { text(withoutExcess($0, width)) }.joined(separator: "\n")
  }

  /// Each word with the space around it.
  private static func words(_ line: [Unicode.Scalar]) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var position = 0
    while position < line.count {
      let start = position
      while position < line.count, line[position].properties.isWhitespace { position += 1 }
      guard position < line.count else { break }
      while position < line.count, !line[position].properties.isWhitespace { position += 1 }
      while position < line.count, line[position].properties.isWhitespace { position += 1 }
      words.append(start..<position)
    }
    return words
  }

  private static func folded(
    _ word: ArraySlice<Unicode.Scalar>, _ width: Int
  ) -> [ArraySlice<Unicode.Scalar>] {
    var pieces: [ArraySlice<Unicode.Scalar>] = []
    var start = word.startIndex
    var used = 0
    for index in word.indices {
      let next = cells(word[index...index])
      if used + next > width, index > start {
        pieces.append(word[start..<index])
        start = index
        used = 0
      }
      used += next
    }
    pieces.append(word[start...])
    return pieces
  }

  private static func withoutExcess(
    _ piece: ArraySlice<Unicode.Scalar>, _ width: Int
  ) -> ArraySlice<Unicode.Scalar> {
    var piece = piece
    while piece.count > width, let last = piece.last, last.properties.isWhitespace {
      piece.removeLast()
    }
    return piece
  }

  private static func trimmedEnd(
    _ piece: ArraySlice<Unicode.Scalar>
  ) -> ArraySlice<Unicode.Scalar> {
    var piece = piece
    while let last = piece.last, last.properties.isWhitespace { piece.removeLast() }
    return piece
  }

  private static func text(_ piece: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(piece))
  }

  private static func cells(_ piece: ArraySlice<Unicode.Scalar>) -> Int { textWidth(text(piece)) }
}
