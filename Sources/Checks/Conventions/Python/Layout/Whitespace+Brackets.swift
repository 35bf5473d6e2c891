import Python

/// The square and curly brackets that are open, the innermost last.
private struct OpenBrackets {
  private var bits: UInt64 = 0
  private(set) var count = 0

  mutating func open(_ isSquare: Bool) {
    bits = bits << 1 | (isSquare ? 1 : 0)
    count += 1
  }

  mutating func close() {
    guard count > 0 else { return }
    bits >>= 1
    count -= 1
  }

  var isSquare: Bool { count > 0 && bits & 1 == 1 }
}

extension Whitespace {
  /// E201, E202, E203 and E211: space inside brackets, before punctuation and before what is called.
  func checkBrackets(
    _ line: Range<Int>, _ reader: SpaceReader, _ report: (PythonFinding) -> Void
  ) {
    var strings = 0
    var open = OpenBrackets()
    for index in line {
      let kind = reader.kind(index)
      let traits = reader.traits[index]
      if traits.isDisjoint(with: [.opens, .closes, .isPunctuation]) {
        if kind == .formatStart { strings += 1 }
        if kind == .formatEnd { strings = max(0, strings - 1) }
        continue
      }
      switch kind {
      case .leftBracket: open.open(true)
      case .leftBrace: open.open(false)
      case .rightBracket, .rightBrace: open.close()
      default: break
      }
      if traits.contains(.opens) {
        if kind != .leftBrace { checkCall(index, line, reader, report) }
        guard kind != .leftBrace || strings == 0 else { continue }
        let (space, range) = reader.space(after: index, in: line)
        if space != .none {
          report(.replacing("E201", range, with: "", ["bracket": reader.text(index)]))
        }
        continue
      }
      guard index == line.lowerBound || reader.kind(index - 1) != .comma else { continue }
      let (space, range) = reader.space(before: index, in: line)
      guard space != .none else { continue }
      if traits.contains(.closes) {
        if kind != .rightBrace || strings == 0 {
          report(.replacing("E202", range, with: "", ["bracket": reader.text(index)]))
        }
      } else if kind == .colon, open.isSquare {
        checkSlice(index, space, range, line, reader, report)
      } else if strings == 0 || kind != .colon || reader.kind(index - 1) != .equal {
        report(.replacing("E203", range, with: "", ["sign": reader.text(index)]))
      }
    }
  }

  /// The colon of a slice may have a space before it when it has the same behind it.
  private func checkSlice(
    _ index: Int, _ space: SpaceReader.Space, _ range: Range<Int>, _ line: Range<Int>,
    _ reader: SpaceReader, _ report: (PythonFinding) -> Void
  ) {
    let next = index + 1 < line.upperBound ? reader.kind(index + 1) : .newline
    var text = ""
    if index > line.lowerBound, reader.kind(index - 1) == .colon {
      // Nothing goes between two colons.
    } else if [.rightBracket, .comma, .lineBreak, .comment].contains(next) {
      guard space == .many || space == .tab else { return }
      if next == .lineBreak || next == .comment { text = " " }
    } else {
      let last = next == .colon ? index + 1 : index
      let (behind, length) = reader.space(after: last, in: line)
      if behind == space, length.count == range.count { return }
    }
    report(.replacing("E203", range, with: text, ["sign": ":"]))
  }

  /// `f (x)`, `d [k]`.
  @inline(__always)
  private func checkCall(
    _ index: Int, _ line: Range<Int>, _ reader: SpaceReader, _ report: (PythonFinding) -> Void
  ) {
    guard index > line.lowerBound, reader.end(index - 1) != reader.start(index) else { return }
    switch reader.kind(index - 1) {
    case .name: if reader.traits[index - 1].contains(.isKeyword) { return }
    case .rightParenthesis, .rightBracket, .rightBrace: break
    default: return
    }
    if index - 2 >= line.lowerBound, reader.kind(index - 2) == .classKeyword { return }
    let range = reader.end(index - 1)..<reader.start(index)
    report(.replacing("E211", range, with: "", ["bracket": reader.text(index)]))
  }

  /// E204: `@ decorator`.
  func checkDecorator(
    _ index: Int, _ reader: SpaceReader, _ report: (PythonFinding) -> Void
  ) {
    let start = reader.end(index)
    guard start < reader.bytes.count, [0x20, 0x09, 0x0C].contains(reader.bytes[start]) else {
      return
    }
    var end = start
    let skipped: [UInt8] = [0x20, 0x09, 0x0C, 0x0A, 0x0D, UInt8(ascii: "\\")]
    while end < reader.bytes.count, skipped.contains(reader.bytes[end]) { end += 1 }
    report(.replacing("E204", start..<end, with: ""))
  }

  /// E231: no space behind `,`, `;` and `:`.
  func checkPunctuation(
    _ line: Range<Int>, _ reader: SpaceReader, _ report: (PythonFinding) -> Void
  ) {
    var types = TypeParameterState(reader, line)
    var strings = 0
    var open = OpenBrackets()
    for index in line {
      let kind = reader.kind(index)
      types.visit(kind)
      switch kind {
      case .formatStart: strings += 1
      case .formatEnd: strings = max(0, strings - 1)
      case .leftBracket, .leftBrace: if strings == 0 { open.open(kind == .leftBracket) }
      case .rightBracket, .rightBrace: if strings == 0 { open.close() }
      case .comma, .semicolon, .colon:
        let end = reader.end(index)
        guard kind != .colon || strings == 0, index + 1 < line.upperBound,
          end < reader.bytes.count, reader.start(index + 1) == end,
          !reader.traits[index + 1].contains(.endsLine)
        else { continue }
        let next = reader.kind(index + 1)
        if kind == .colon {
          if open.isSquare, !(types.isInside && open.count == 1) { continue }
          if next == .equal { continue }
        } else if kind == .comma, next == .rightParenthesis || next == .rightBracket {
          continue
        }
        if reader.bytes[end] >= 0x80, reader.whitespaceLength(at: end) > 0 { continue }
        report(
          PythonFinding(
            "E231", (end - 1)..<end, ["sign": reader.text(index)],
            fix: Fix([Fix.Edit(end..<end, " ")])))
      default: break
      }
    }
  }
}

extension SpaceReader {
  func text(_ index: Int) -> String {
    String(decoding: bytes[start(index)..<end(index)], as: UTF8.self)
  }

  /// The bytes of the white space character of Unicode at a place; 0 when there is another.
  func whitespaceLength(at place: Int) -> Int {
    UnicodeSpace.length(bytes, at: place)
  }
}
