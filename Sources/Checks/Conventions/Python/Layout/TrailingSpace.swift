import Python

/// W291 and W293: white space at the end of a line, and in lines that hold nothing else.
enum TrailingSpace {
  static func check(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let lines = source.list.lines
    source.bytes.withUnsafeBufferPointer { bytes in
      lines.starts.withUnsafeBufferPointer { starts in
        for number in starts.indices {
          let start = Int(starts[number])
          let next = number + 1 < starts.count ? Int(starts[number + 1]) : bytes.count
          var end = next
          if end > start, bytes[end - 1] == 0x0A { end -= 1 }
          if end > start, bytes[end - 1] == 0x0D { end -= 1 }
          guard end > start, bytes[end - 1] <= 0x20 || bytes[end - 1] >= 0x80 else { continue }
          let space = UnicodeSpace.start(bytes, endingAt: end, from: start)
          guard space < end else { continue }
          var edit = space..<end
          if space == start { edit = source.continuationStart(before: start, bytes)..<end }
          report(
            PythonFinding(
              space == start ? "W293" : "W291", space..<end,
              fix: Fix(isSafe: !source.isInTripleQuotes(space..<end), [Fix.Edit(edit, "")])))
        }
      }
    }
  }
}

extension PythonSource {
  /// The token that covers some bytes; nil for what stands between tokens.
  func token(covering range: Range<Int>) -> Int? {
    list.tokens.withUnsafeBufferPointer { tokens in
      var low = 0
      var high = tokens.count
      while high - low > 1 {
        let middle = (low + high) / 2
        if Int(tokens[middle].start) <= range.lowerBound { low = middle } else { high = middle }
      }
      return Int(tokens[low].end) >= range.upperBound && Int(tokens[low].start) <= range.lowerBound
        ? low : nil
    }
  }

  /// Whether some bytes are text of a string in triple quotes, where white space is data.
  func isInTripleQuotes(_ range: Range<Int>) -> Bool {
    guard let index = token(covering: range) else { return false }
    switch list.tokens[index].kind {
    case .string: return isTriple(index)
    case .formatMiddle:
      var depth = 0
      for before in stride(from: index - 1, through: 0, by: -1) {
        let kind = list.tokens[before].kind
        if kind == .formatEnd { depth += 1 }
        guard kind == .formatStart else { continue }
        if depth == 0 { return isTriple(before) }
        depth -= 1
      }
      return false
    default: return false
    }
  }

  /// Whether a string, or the beginning of an f-string, has three quotes.
  func isTriple(_ index: Int) -> Bool {
    let token = list.tokens[index]
    let bytes = bytes
    var start = Int(token.start)
    while start < Int(token.end), bytes[start] != 0x22, bytes[start] != 0x27 { start += 1 }
    return start + 2 < Int(token.end) && bytes[start + 1] == bytes[start]
      && bytes[start + 2] == bytes[start]
  }

  /// Where the backslashes begin that join a line to those before it: who takes away what a line begins with must take
  /// them too.
  func continuationStart(before offset: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var start = offset
    while true {
      var place = start
      while place > 0, [0x20, 0x09, 0x0C].contains(bytes[place - 1]) { place -= 1 }
      guard place > 0, bytes[place - 1] == 0x0A || bytes[place - 1] == 0x0D else { return start }
      place -= bytes[place - 1] == 0x0A && place > 1 && bytes[place - 2] == 0x0D ? 2 : 1
      guard place > 0, bytes[place - 1] == UInt8(ascii: "\\"),
        token(covering: (place - 1)..<place) == nil
      else { return start }
      start = place - 1
    }
  }
}
