import Python

extension Whitespace {
  /// E271 to E275: the space around keywords.
  func checkKeywords(
    _ line: Range<Int>, _ reader: SpaceReader, _ report: (PythonFinding) -> Void
  ) {
    var isBehindKeyword = false
    for index in line {
      let traits = reader.traits[index]
      guard traits.contains(.isKeyword), !traits.contains(.isSingleton) else {
        isBehindKeyword = false
        continue
      }
      if !isBehindKeyword {
        let (space, range) = reader.space(before: index, in: line)
        if space == .many || space == .tab {
          report(
            .replacing(
              space == .tab ? "E274" : "E272", range, with: " ", ["word": reader.text(index)]))
        }
      }
      isBehindKeyword = true
      let (space, range) = reader.space(after: index, in: line)
      if space == .many || space == .tab {
        report(
          .replacing(
            space == .tab ? "E273" : "E271", range, with: " ", ["word": reader.text(index)]))
      }
      guard index + 1 < line.upperBound, reader.end(index) == reader.start(index + 1)
      else { continue }
      let kind = reader.kind(index)
      let next = reader.kind(index + 1)
      if kind == .asyncKeyword || kind == .awaitKeyword { continue }
      if kind == .exceptKeyword, next == .star { continue }
      if kind == .yieldKeyword, next == .comma { continue }
      switch next {
      case .colon, .semicolon, .newline, .lineBreak, .rightParenthesis, .rightBracket, .rightBrace:
        continue
      default: break
      }
      let end = reader.end(index)
      report(
        PythonFinding(
          "E275", reader.start(index)..<end, ["word": reader.text(index)],
          fix: Fix([Fix.Edit(end..<end, " ")])))
    }
  }

  /// E261, E262, E265 and E266: the space before a comment, and the form of its beginning.
  func checkComments(
    _ line: LayoutLines.Line, _ reader: SpaceReader, _ report: (PythonFinding) -> Void
  ) {
    var lastEnd = 0
    for index in line.tokens {
      let traits = reader.traits[index]
      guard traits.contains(.isComment) else {
        if reader.kind(index) != .lineBreak { lastEnd = reader.end(index) }
        continue
      }
      let start = reader.start(index)
      let isInline = reader.hasCode(before: start)
      if isInline, start - lastEnd < 2 {
        report(.replacing("E261", lastEnd..<start, with: "  "))
      }
      let comment = start..<reader.end(index)
      let form = CommentForm(reader.bytes, comment)
      if isInline {
        if form.prefix != nil || form.hasMoreSpace {
          report(.replacing("E262", comment, with: form.spaced(reader.bytes, comment)))
        }
      } else if let prefix = form.prefix, prefix != UInt8(ascii: "!") || line.tokens.lowerBound > 0
      {
        if prefix != UInt8(ascii: "#") {
          report(.replacing("E265", comment, with: form.spaced(reader.bytes, comment)))
        } else if form.hasText {
          report(.replacing("E266", comment, with: form.spaced(reader.bytes, comment)))
        }
      }
    }
  }
}

extension SpaceReader {
  /// Whether there is more than white space before a place in its line.
  func hasCode(before place: Int) -> Bool {
    var place = place
    while place > 0 {
      switch bytes[place - 1] {
      case 0x20, 0x09, 0x0C: place -= 1
      case 0x0A, 0x0D: return false
      case 0xBF where place == 3 && bytes[0] == 0xEF && bytes[1] == 0xBB: return false
      default: return true
      }
    }
    return false
  }
}

/// How a comment begins.
private struct CommentForm {
  /// What stands where there should be a space; nil when one does.
  var prefix: UInt8?
  var hasMoreSpace = false
  /// Whether there is something behind the first space.
  var hasText = false

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    let start = range.lowerBound
    let end = range.upperBound
    // Nearly all comments begin with `# ` and a letter.
    var space = start + 1
    while space < end, bytes[space] != 0x20 { space += 1 }
    let symbol = space - start
    let isPlain = symbol == 1 || symbol == 2 && bytes[start + 1] == UInt8(ascii: ":")
    if !isPlain {
      let rest = (start..<space).first { bytes[$0] != UInt8(ascii: "#") }
      prefix = rest.map { bytes[$0] } ?? UInt8(ascii: "#")
    }
    hasText = space + 1 < end
    hasMoreSpace = hasText && UnicodeSpace.length(bytes, at: space + 1) > 0
  }

  /// The comment with one space behind its sign.
  func spaced(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String {
    var start = range.lowerBound + 1
    var sign = "# "
    if start < range.upperBound, bytes[start] == UInt8(ascii: ":"), prefix != UInt8(ascii: "#") {
      sign = "#: "
      start += 1
    } else {
      while start < range.upperBound, bytes[start] == UInt8(ascii: "#") { start += 1 }
    }
    while start < range.upperBound {
      let length = UnicodeSpace.length(bytes, at: start)
      guard length > 0 else { break }
      start += length
    }
    return sign + String(decoding: bytes[start..<range.upperBound], as: UTF8.self)
  }
}
