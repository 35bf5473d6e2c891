/// Breaks a paragraph into lines as Python's `textwrap.wrap` does without tab and white-space treatment.
struct TextWrapping {
  /// At least 1.
  let width: Int
  let breaksLongWords: Bool
  let breaksOnHyphens: Bool

  func lines(_ paragraph: Text) -> [Text] {
    var chunks = chunks(paragraph.codePoints)[...]
    var lines: [Text] = []
    while let first = chunks.first {
      if isBlank(first), !lines.isEmpty { chunks.removeFirst() }
      var line: [[UInt32]] = []
      var length = 0
      while let chunk = chunks.first, length + chunk.count <= width {
        line.append(chunk)
        length += chunk.count
        chunks.removeFirst()
      }
      if let long = chunks.first, long.count > width {
        placeLongWord(long, in: &line, length, &chunks)
      }
      if let last = line.last, isBlank(last) { line.removeLast() }
      if !line.isEmpty { lines.append(Text(codePoints: line.joined())) }
    }
    return lines
  }

  /// Whether a word must be cut.
  func breaksWords(of paragraph: Text) -> Bool {
    breaksLongWords && chunks(paragraph.codePoints).contains { $0.count > width }
  }

  private func isBlank(_ chunk: [UInt32]) -> Bool { chunk.allSatisfy(CodePoint.isSpace) }

  private func placeLongWord(
    _ word: [UInt32], in line: inout [[UInt32]], _ length: Int,
    _ chunks: inout ArraySlice<[UInt32]>
  ) {
    guard breaksLongWords else {
      if line.isEmpty {
        line.append(word)
        chunks.removeFirst()
      }
      return
    }
    var end = width - length
    if breaksOnHyphens, word.count > end,
      let hyphen = word[..<end].lastIndex(of: 0x2D), hyphen > 0,
      word[..<hyphen].contains(where: { $0 != 0x2D })
    {
      end = hyphen + 1
    }
    line.append(Array(word[..<end]))
    chunks[chunks.startIndex] = Array(word[end...])
  }

  /// Words and the white space between them; words end behind hyphens and at dashes when lines may break there.
  private func chunks(_ text: [UInt32]) -> [[UInt32]] {
    var chunks: [[UInt32]] = []
    var start = 0
    while start < text.count {
      let end = breaksOnHyphens ? chunkEnd(text, start) : simpleEnd(text, start)
      chunks.append(Array(text[start..<end]))
      start = end
    }
    return chunks
  }

  private func isSpace(_ point: UInt32) -> Bool { point == 0x20 || (point >= 9 && point <= 13) }

  private func simpleEnd(_ text: [UInt32], _ start: Int) -> Int {
    let kind = isSpace(text[start])
    return text[start...].firstIndex { isSpace($0) != kind } ?? text.count
  }

  private func chunkEnd(_ text: [UInt32], _ start: Int) -> Int {
    if isSpace(text[start]) { return simpleEnd(text, start) }
    if start > 0, isWordOrMark(text[start - 1]), let end = dashEnd(text, start) { return end }
    var end = start + 1
    while end < text.count, !isSpace(text[end]) {
      if isHyphen(text, end) { return end + 1 }
      if isWordOrMark(text[end - 1]), dashEnd(text, end) != nil { return end }
      end += 1
    }
    return end
  }

  /// The end of two or more hyphens in front of a word character.
  private func dashEnd(_ text: [UInt32], _ start: Int) -> Int? {
    guard text[start] == 0x2D else { return nil }
    let end = text[start...].firstIndex { $0 != 0x2D } ?? text.count
    return end - start >= 2 && end < text.count && CodePoint.isWord(text[end]) ? end : nil
  }

  /// A hyphen between two letters, or a letter, a hyphen and one more, and again letters: a place to break a word.
  private func isHyphen(_ text: [UInt32], _ place: Int) -> Bool {
    guard text[place] == 0x2D else { return false }
    let isAfterTwo = place >= 2 && isLetter(text[place - 1]) && isLetter(text[place - 2])
    let isAfterPart =
      place >= 3 && isWordOrMark(text[place - 1]) && text[place - 2] == 0x2D
      && isLetter(text[place - 3])
    guard isAfterTwo || isAfterPart, place + 2 < text.count, isLetter(text[place + 1]) else {
      return false
    }
    if isLetter(text[place + 2]) { return true }
    return text[place + 2] == 0x2D && place + 3 < text.count && isLetter(text[place + 3])
  }

  private func isLetter(_ point: UInt32) -> Bool {
    CodePoint.isWord(point) && !CodePoint.isDecimal(point)
  }

  private func isWordOrMark(_ point: UInt32) -> Bool {
    switch point {
    case 0x21, 0x22, 0x26, 0x27, 0x2C, 0x2E, 0x3F: true
    default: CodePoint.isWord(point)
    }
  }
}
