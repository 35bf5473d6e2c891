import Python

/// Imports that stand together, and so are sorted together.
struct ImportBlock {
  private let source: PythonSource
  private let tree: Tree
  private let statements: [NodeID]
  /// From the first import to the end of the last.
  private let range: Range<Int>

  init(_ source: PythonSource, _ statements: [NodeID]) {
    self.source = source
    tree = source.tree
    self.statements = statements
    let first = tree.range(of: statements[0])
    let last = tree.range(of: statements[statements.count - 1])
    range = first.lowerBound..<max(first.upperBound, last.upperBound)
  }

  /// I001 when the block is not as it should be written.
  func check(_ sections: ImportSections, _ lineLength: Int) -> PythonFinding? {
    let lineStart = source.lineStart(of: range.lowerBound)
    let start = lineStart == 0 && source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : lineStart
    let indent = source.bytes[start..<range.lowerBound]
    let isBehindCode = !indent.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0C }
    // Other statements in its lines: told, and left to the author.
    if isBehindCode || source.hasCode(behind: range.upperBound) || isContinued(start) {
      return PythonFinding("I001", range)
    }
    let wanted = text(sections, lineLength, indent)
    let end = trailer == nil ? source.fullLineEnd(of: range.upperBound) : blankEnd
    guard !isSame(wanted, start..<end) else { return nil }
    let edit = Fix.Edit(start..<end, Self.indented(wanted, by: indent))
    return PythonFinding("I001", range, fix: Fix([edit]))
  }

  private func isContinued(_ start: Int) -> Bool {
    start > 1
      && source.bytes.withUnsafeBufferPointer {
        source.continuationStart(before: start, $0) != start
      }
  }

  private func text(
    _ sections: ImportSections, _ lineLength: Int, _ indent: ArraySlice<UInt8>
  ) -> [UInt8] {
    var reader = ImportReader(source, comments)
    for statement in statements { reader.read(statement) }
    let newline = Array(source.newline.utf8)
    var text = ImportText(
      lineLength: lineLength,
      indentWidth: indent.withUnsafeBufferPointer { LineWidth.of($0, 0..<$0.count) },
      step: source.indentationStep, newline: newline)
    var last: ImportSection?
    for (section, entry) in Self.sorted(reader.entries, sections) {
      if last != nil, last != section { text.addBlankLine() }
      text.add(entry, isFirst: last != section)
      last = section
    }
    for _ in 0..<(trailer ?? 0) { text.addBlankLine() }
    return text.bytes
  }

  private static func sorted(
    _ entries: [ImportEntry], _ sections: ImportSections
  ) -> [(ImportSection, ImportEntry)] {
    struct Keyed {
      var section: ImportSection
      var isLate: Bool
      var key: ModuleKey
      var entry: ImportEntry
    }
    var keyed: [Keyed] = []
    keyed.reserveCapacity(entries.count)
    for var entry in entries {
      if entry.members.count > 1 {
        entry.members = entry.members.map { (MemberKey($0.name), $0) }
          .sorted { $0.0.compare($1.0) < 0 }.map(\.1)
      }
      let section = sections.section(of: entry.module?.name ?? [], level: entry.level)
      keyed.append(
        Keyed(
          section: section, isLate: entry.isFrom != (section == .future), key: ModuleKey(entry),
          entry: entry))
    }
    // Swift's sort keeps the order of equals.
    keyed.sort { left, right in
      if left.section != right.section { return left.section < right.section }
      if left.isLate != right.isLate { return right.isLate }
      return left.key.compare(right.key) < 0
    }
    return keyed.map { ($0.section, $0.entry) }
  }

  /// The comments from the first import to the end of the last one's line.
  private var comments: [Range<Int>] {
    let first = tree.tokenRange(of: statements[0]).lowerBound
    let end = source.lineEnd(of: range.upperBound)
    var comments: [Range<Int>] = []
    for index in first..<tree.tokens.count {
      let token = tree.tokens[index]
      if Int(token.start) >= end { break }
      if token.kind == .comment { comments.append(token.range) }
    }
    return comments
  }

  /// How many blank lines go behind the block; nil in blocks of code, and at the end of the file.
  private var trailer: Int? {
    let last = statements[statements.count - 1]
    guard tree.parent(of: last) == .module else { return nil }
    let place = tree.descendants(of: last).endIndex
    guard place < tree.count else { return nil }
    let next = NodeID(place)
    switch tree.kind(next) {
    case .functionDef, .classDef: return hasCommentBreak(before: next) ? 1 : 2
    default: return 1
    }
  }

  /// Whether a comment, with a blank line behind it, stands between the block and a definition.
  private func hasCommentBreak(before node: NodeID) -> Bool {
    var start = tree.range(of: node).lowerBound
    if let first = tree.child(0, of: node), tree.kind(first) == .decorator {
      start = min(start, tree.range(of: first).lowerBound)
    }
    let lines = source.list.lines
    var hasBlank = false
    for line in stride(from: lines.line(of: start) - 1, through: 1, by: -1) {
      let text = source.bytes[lines.start(ofLine: line)...]
      let first = text.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0C } ?? 0x0A
      let isBlank = first == 0x0A || first == 0x0D
      if hasBlank {
        if first == UInt8(ascii: "#") { return true }
        if !isBlank { return false }
      } else if isBlank {
        hasBlank = true
      } else if first != UInt8(ascii: "#"), first != UInt8(ascii: "@") {
        return false
      }
    }
    return false
  }

  /// The end of the blank lines behind the block.
  private var blankEnd: Int {
    var end = source.fullLineEnd(of: range.upperBound)
    while end < source.bytes.count {
      let line = end..<source.fullLineEnd(of: end)
      guard source.bytes[line].allSatisfy({ $0 == 0x20 || $0 >= 0x09 && $0 <= 0x0D && $0 != 0x0B })
      else { break }
      end = line.upperBound
    }
    return end
  }

  /// Whether the text is that of the source, indentation aside.
  private func isSame(_ wanted: [UInt8], _ range: Range<Int>) -> Bool {
    let bytes = source.bytes
    return wanted.withUnsafeBufferPointer { wanted in
      bytes.withUnsafeBufferPointer { bytes in
        var left = 0
        var right = range.lowerBound
        while left < wanted.count, right < range.upperBound {
          while left < wanted.count, Self.isSpace(wanted[left]) { left += 1 }
          while right < range.upperBound, Self.isSpace(bytes[right]) { right += 1 }
          while left < wanted.count, right < range.upperBound, wanted[left] == bytes[right],
            wanted[left] != 0x0A, wanted[left] != 0x0D
          {
            left += 1
            right += 1
          }
          let ends = left == wanted.count || wanted[left] == 0x0A || wanted[left] == 0x0D
          let endsToo = right == range.upperBound || bytes[right] == 0x0A || bytes[right] == 0x0D
          guard ends, endsToo else { return false }
          left += Self.lineEnd(wanted, left, wanted.count)
          right += Self.lineEnd(bytes, right, range.upperBound)
        }
        return left == wanted.count && right == range.upperBound
      }
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0C
  }

  private static func lineEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int, _ end: Int) -> Int
  {
    guard place < end else { return 0 }
    return bytes[place] == 0x0D && place + 1 < end && bytes[place + 1] == 0x0A ? 2 : 1
  }

  private static func indented(_ text: [UInt8], by indent: ArraySlice<UInt8>) -> [UInt8] {
    guard !indent.isEmpty else { return text }
    var result: [UInt8] = []
    var isLineStart = true
    for byte in text {
      if isLineStart, byte != 0x0A, byte != 0x0D { result += indent }
      result.append(byte)
      isLineStart = byte == 0x0A || byte == 0x0D
    }
    return result
  }
}

extension PythonSource {
  /// What a block is indented by: as the first is, or the first line inside brackets.
  var indentationStep: [UInt8] {
    let bytes = bytes
    if let first = list.tokens.first(where: { $0.kind == .indent }) {
      let text = bytes[first.range]
      return Array(text.lastIndex(of: 0x0C).map { text[($0 + 1)...] } ?? text)
    }
    for token in list.tokens where token.kind == .lineBreak {
      let rest = bytes[Int(token.end)...]
      let end = rest.firstIndex { $0 != 0x20 && $0 != 0x09 && $0 != 0x0C } ?? rest.endIndex
      guard end > rest.startIndex, end < rest.endIndex, bytes[end] != 0x0A, bytes[end] != 0x0D
      else { continue }
      return Array(rest[..<end])
    }
    return Array("    ".utf8)
  }
}
