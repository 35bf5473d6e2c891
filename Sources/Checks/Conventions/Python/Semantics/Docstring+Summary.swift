import Python

extension Docstring {
  /// D300 and D301.
  func checkQuotes(_ report: (String, Fix?) -> Void) {
    let (double, single, hasBackslash) = quotesInside
    if !(double && single) {
      let wanted = double ? UInt8(ascii: "'") : UInt8(ascii: "\"")
      if prefix.quote != wanted || !prefix.isTriple {
        let quotes = [wanted, wanted, wanted]
        let fix = Fix([
          Fix.Edit((body.lowerBound - prefix.quoteLength)..<body.lowerBound, quotes),
          Fix.Edit(body.upperBound..<range.upperBound, quotes),
        ])
        report("D300", bytes[body].last == wanted ? nil : fix)
      }
    }
    if hasBackslash, !prefix.isRaw, hasEscape {
      let start = range.lowerBound
      report(
        "D301", prefix.isUnicode ? nil : Fix(isSafe: false, [Fix.Edit(start..<start, "r")]))
    }
  }

  /// Whether three double quotes, three single quotes and backslashes are in the text.
  private var quotesInside: (double: Bool, single: Bool, backslash: Bool) {
    bytes.withUnsafeBufferPointer { bytes in
      var found = (double: false, single: false, backslash: false)
      for index in body {
        let byte = bytes[index]
        if byte == UInt8(ascii: "\\") { found.backslash = true }
        guard byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"),
          index + 2 < body.upperBound, bytes[index + 1] == byte, bytes[index + 2] == byte
        else { continue }
        if byte == UInt8(ascii: "'") { found.single = true } else { found.double = true }
      }
      return found
    }
  }

  /// A backslash that continues no line, names no character and guards no quotes.
  private var hasEscape: Bool {
    var index = body.lowerBound
    let backslash = UInt8(ascii: "\\")
    while index < body.upperBound {
      guard bytes[index] == backslash else {
        index += 1
        continue
      }
      guard index + 1 < body.upperBound else { return false }
      let rest = bytes[(index + 1)..<body.upperBound]
      let next = bytes[index + 1]
      if next == UInt8(ascii: "\"") || next == UInt8(ascii: "'") {
        if rest.starts(with: [next, next, next]) {
          index += 3
          continue
        }
        if rest.starts(with: [next, backslash, next, backslash, next]) {
          index += 5
          continue
        }
      }
      switch next {
      case 0x0A, 0x0D, UInt8(ascii: "u"), UInt8(ascii: "U"), UInt8(ascii: "N"): index += 1
      default: return true
      }
    }
    return false
  }

  // MARK: The first line

  /// D400, D402, D403, D404 and D415.
  func checkSummary(_ report: (String, Fix?) -> Void) {
    guard let first = textLines.first.map(trimmed) else { return }
    checkEnd(first, report)
    if let function, isSignature(first, of: function) { report("D402", nil) }
    if function != nil {
      checkCapital(first, report)
      checkMood(first, report)
    }
    if firstWord(first.lowerBound) == Array("this".utf8) { report("D404", nil) }
  }

  /// The small letters and digits up to the first space.
  func firstWord(_ start: Int, _ end: Int? = nil) -> [UInt8] {
    var word: [UInt8] = []
    for byte in bytes[start..<(end ?? body.upperBound)].prefix(60) {
      if byte == 0x20 { break }
      let small = byte | 0x20
      if small >= 0x61 && small <= 0x7A {
        word.append(small)
      } else if byte >= 0x80 || byte >= 0x30 && byte <= 0x39 {
        word.append(byte)
      }
    }
    return word
  }

  private func checkEnd(_ first: Range<Int>, _ report: (String, Fix?) -> Void) {
    let start = bytes[first]
    if start.first == UInt8(ascii: ":") {
      for mark in [":param", ":type", ":raises", ":return", ":rtype"]
      where start.starts(with: mark.utf8) {
        return
      }
    }
    if start.count < 20, Section.isName(text(first).drop { $0 == ":" }),
      start.prefix(2) != [UInt8(ascii: ":"), UInt8(ascii: ":")]
    {
      return
    }
    guard let line = lastSummaryLine else { return }
    let end = trimmed(line).upperBound
    let last = end > line.lowerBound ? bytes[end - 1] : 0
    guard last != UInt8(ascii: "\\") else { return }
    let isOdd = ":;?!,".utf8.contains(last) && last != UInt8(ascii: ",")
    let fix = isOdd ? nil : Fix(isSafe: false, [Fix.Edit(end..<end, ".")])
    if last != UInt8(ascii: ".") { report("D400", fix) }
    if !".!?".utf8.contains(last) { report("D415", fix) }
  }

  /// The last line of the first paragraph.
  private var lastSummaryLine: Range<Int>? {
    var found: Range<Int>?
    for line in lines {
      let inner = trimmed(line)
      if bytes[inner].allSatisfy({ "-~=#".utf8.contains($0) }) {
        if found != nil { break }
      } else {
        found = line
      }
    }
    return found
  }

  private func isSignature(_ first: Range<Int>, of function: NodeID) -> Bool {
    guard bytes[first].contains(UInt8(ascii: "(")) else { return false }
    let name = bytes[source.nameRange(of: function)]
    for index in first where bytes[index] == UInt8(ascii: "(") {
      let start = index - name.count
      guard start >= first.lowerBound, bytes[start..<index].elementsEqual(name) else { continue }
      if start == first.lowerBound || " \t;,".utf8.contains(bytes[start - 1]) { return true }
    }
    return false
  }

  /// `Return it.`, not `Returns it.`; a property is what it is, and a test what it shows.
  private func checkMood(_ first: Range<Int>, _ report: (String, Fix?) -> Void) {
    guard let function, case let name = bytes[source.nameRange(of: function)],
      !name.starts(with: "test".utf8), !name.elementsEqual("runTest".utf8)
    else { return }
    var end = first.lowerBound
    while end < first.upperBound, bytes[end] != 0x20, bytes[end] > 0x0D || bytes[end] < 0x09 {
      end += 1
    }
    let word = firstWord(first.lowerBound, end)
    guard !word.isEmpty, ImperativeMood.isMissing(word), !source.isProperty(function) else {
      return
    }
    report("D401", nil)
  }

  private func checkCapital(_ first: Range<Int>, _ report: (String, Fix?) -> Void) {
    guard let letter = bytes[first].first, letter >= 0x61, letter <= 0x7A else { return }
    var end = first.lowerBound
    while end < first.upperBound, bytes[end] != 0x20, bytes[end] > 0x0D || bytes[end] < 0x09 {
      end += 1
    }
    while end > first.lowerBound, ".!?".utf8.contains(bytes[end - 1]) { end -= 1 }
    let word = bytes[first.lowerBound..<end]
    let isWord = word.dropFirst().allSatisfy {
      $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || $0 == UInt8(ascii: "'")
    }
    guard isWord else { return }
    report("D403", Fix([Fix.Edit(first.lowerBound..<(first.lowerBound + 1), [letter - 0x20])]))
  }
}
