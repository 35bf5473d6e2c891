/// Writes imports as black and isort do.
struct ImportText {
  private(set) var bytes: [UInt8] = []
  private let lineLength: Int
  /// The width of the indentation of the block, which is put before its lines later.
  private let indentWidth: Int
  /// One step of indentation.
  private let step: [UInt8]
  private let newline: [UInt8]

  init(lineLength: Int, indentWidth: Int, step: [UInt8], newline: [UInt8]) {
    self.lineLength = lineLength
    self.indentWidth = indentWidth
    self.step = step
    self.newline = newline
    bytes.reserveCapacity(800)
  }

  mutating func addBlankLine() { bytes += newline }

  /// - Parameter isFirst: whether it begins its section.
  mutating func add(_ entry: ImportEntry, isFirst: Bool) {
    if !isFirst, !entry.comments.atop.isEmpty { addBlankLine() }
    for comment in entry.comments.atop { addLine(comment) }
    guard entry.isFrom else {
      bytes += "import ".utf8
      if let module = entry.module { add(module) }
      add(entry.comments.inline)
      bytes += newline
      return
    }
    let isStar = entry.members.count == 1 && entry.members[0].name.name == [UInt8(ascii: "*")]
    let canBeOneLine =
      !entry.hasTrailingComma
      && (entry.members.count == 1 || entry.members.allSatisfy(\.comments.isEmpty))
    guard isStar || canBeOneLine else { return addLines(entry) }
    let start = bytes.count
    addOneLine(entry)
    let line = start..<bytes.count
    let width = indentWidth + bytes.withUnsafeBufferPointer { LineWidth.of($0, line) }
    if width > lineLength, !isStar {
      bytes.removeSubrange(start...)
      addLines(entry)
    } else {
      bytes += newline
    }
  }

  private mutating func addHead(_ entry: ImportEntry) {
    bytes += "from ".utf8
    bytes += entry.source
    bytes += " import ".utf8
  }

  private mutating func addOneLine(_ entry: ImportEntry) {
    addHead(entry)
    for (place, member) in entry.members.enumerated() {
      if place > 0 { bytes += ", ".utf8 }
      add(member.name)
    }
    add(entry.comments.inline)
    for member in entry.members {
      add(member.comments.atop)
      add(member.comments.inline)
      add(member.comments.trailing)
    }
    add(entry.comments.trailing)
  }

  private mutating func addLines(_ entry: ImportEntry) {
    addHead(entry)
    bytes.append(UInt8(ascii: "("))
    add(entry.comments.inline)
    bytes += newline
    for member in entry.members {
      for comment in member.comments.atop {
        bytes += step
        addLine(comment)
      }
      bytes += step
      add(member.name)
      bytes.append(UInt8(ascii: ","))
      add(member.comments.inline)
      bytes += newline
      for comment in member.comments.trailing {
        bytes += step
        addLine(comment)
      }
    }
    bytes.append(UInt8(ascii: ")"))
    add(entry.comments.trailing)
    bytes += newline
  }

  private mutating func add(_ name: ImportedName) {
    bytes += name.name
    guard let asName = name.asName else { return }
    bytes += " as ".utf8
    bytes += asName
  }

  /// Comments behind code.
  private mutating func add(_ comments: [[UInt8]]) {
    for comment in comments {
      bytes += "  ".utf8
      bytes += comment
    }
  }

  private mutating func addLine(_ text: [UInt8]) {
    bytes += text
    bytes += newline
  }
}
