/// The delimiters of an environment as bytes, and where they stand in a source.
struct Delimiters: Sendable {
  enum Kind: Sendable { case raw, block, variable, comment, lineStatement, lineComment }

  /// A tag that begins: where its text ends, where its inside starts, and its sign (`-`, `+` or 0).
  struct Tag {
    var kind: Kind
    var start: Int
    var end: Int
    var sign: UInt8
  }

  let lstripBlocks: Bool
  let trimBlocks: Bool
  let newline: [UInt8]
  private let blockStart: [UInt8]
  private let blockEnd: [UInt8]
  private let variableEnd: [UInt8]
  private let commentEnd: [UInt8]
  /// In the order in which Jinja2 tries them at one place: the longest first.
  private let rules: [(kind: Kind, bytes: [UInt8])]
  /// Whether a byte can be the first of a rule.
  private let isFirst: [Bool]
  /// The byte that all rules begin with, as Jinja2's own do.
  private let onlyFirst: UInt8?
  private let hasLineRules: Bool

  init(_ options: TemplateOptions) {
    lstripBlocks = options.lstripBlocks
    trimBlocks = options.trimBlocks
    newline = Array(options.newlineSequence.utf8)
    blockStart = Array(options.blockStart.utf8)
    blockEnd = Array(options.blockEnd.utf8)
    variableEnd = Array(options.variableEnd.utf8)
    commentEnd = Array(options.commentEnd.utf8)
    // Jinja2 sorts by the length in characters, then by the token's name, both descending.
    var rules: [(length: Int, rank: Int, kind: Kind, bytes: [UInt8])] = []
    func add(_ text: String?, _ rank: Int, _ kind: Kind) {
      guard let text else { return }
      rules.append((text.unicodeScalars.count, rank, kind, Array(text.utf8)))
    }
    add(options.variableStart, 4, .variable)
    add(options.lineStatementPrefix, 3, .lineStatement)
    add(options.lineCommentPrefix, 2, .lineComment)
    add(options.commentStart, 1, .comment)
    add(options.blockStart, 0, .block)
    rules.sort { ($0.length, $0.rank) > ($1.length, $1.rank) }
    self.rules = rules.map { ($0.kind, $0.bytes) }
    hasLineRules = options.lineStatementPrefix != nil || options.lineCommentPrefix != nil
    var isFirst = [Bool](repeating: false, count: 256)
    for rule in rules where rule.kind != .lineStatement && rule.kind != .lineComment {
      if let first = rule.bytes.first { isFirst[Int(first)] = true }
    }
    self.isFirst = isFirst
    let firsts = isFirst.indices.filter { isFirst[$0] }
    onlyFirst = firsts.count == 1 ? UInt8(firsts[0]) : nil
  }

  /// The first tag that begins at or after a byte.
  func firstTag(in source: [UInt8], from start: Int) -> Tag? {
    source.withUnsafeBufferPointer { bytes in
      isFirst.withUnsafeBufferPointer { isFirst in
        if hasLineRules {
          for index in start..<bytes.count where bytes[index] & 0xC0 != 0x80 {
            if let tag = tag(in: bytes, at: index) { return tag }
          }
          return nil
        }
        var index = start
        if let onlyFirst {
          while let found = SourceText.firstIndex(of: onlyFirst, in: bytes, from: index) {
            if let tag = tag(in: bytes, at: found) { return tag }
            index = found + 1
          }
          return nil
        }
        while index < bytes.count {
          if isFirst[Int(bytes[index])], let tag = tag(in: bytes, at: index) { return tag }
          index += 1
        }
        return nil
      }
    }
  }

  private func tag(in bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Tag? {
    if let raw = rawTag(in: bytes, at: index, word: "raw", isEnd: false) { return raw }
    for rule in rules {
      guard let end = match(rule.kind, rule.bytes, in: bytes, at: index) else { continue }
      let sign = sign(in: bytes, at: end)
      return Tag(kind: rule.kind, start: index, end: end + (sign == 0 ? 0 : 1), sign: sign)
    }
    return nil
  }

  private func match(
    _ kind: Kind, _ word: [UInt8], in bytes: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> Int? {
    var start = index
    switch kind {
    case .lineStatement:
      guard index == 0 || bytes[index - 1] == 0x0A else { return nil }
      while start < bytes.count,
        bytes[start] == 0x20 || bytes[start] == 0x09 || bytes[start] == 0x0B
      {
        start += 1
      }
    case .lineComment:
      let isAfterText =
        index > 0
        && SourceText.startOfSpace(bytes, index, from: 0) == index
      guard index == 0 || bytes[index - 1] == 0x0A || isAfterText else { return nil }
      while start < bytes.count, bytes[start] != 0x0A {
        let width = SourceText.spaceWidth(bytes, start)
        if width == 0 { break }
        start += width
      }
    default: break
    }
    return starts(bytes, start, word) ? start + word.count : nil
  }

  private func starts(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ word: [UInt8]) -> Bool {
    guard index + word.count <= bytes.count else { return false }
    for offset in 0..<word.count where bytes[index + offset] != word[offset] { return false }
    return true
  }

  private func sign(in bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt8 {
    guard index < bytes.count else { return 0 }
    let byte = bytes[index]
    return byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") ? byte : 0
  }

  /// `{% raw %}` or `{% endraw %}` at a place.
  private func rawTag(
    in bytes: UnsafeBufferPointer<UInt8>, at index: Int, word: StaticString, isEnd: Bool
  ) -> Tag? {
    guard starts(bytes, index, blockStart) else { return nil }
    var place = index + blockStart.count
    let sign = sign(in: bytes, at: place)
    if sign != 0 { place += 1 }
    place = SourceText.endOfSpace(bytes, place)
    let count = word.utf8CodeUnitCount
    guard place + count <= bytes.count else { return nil }
    for offset in 0..<count where bytes[place + offset] != word.utf8Start[offset] { return nil }
    place = SourceText.endOfSpace(bytes, place + count)
    guard place < bytes.count else { return nil }
    let end: Int?
    if isEnd {
      end = endOfBlock(in: bytes, at: place)
    } else if bytes[place] == UInt8(ascii: "-"), starts(bytes, place + 1, blockEnd) {
      end = SourceText.endOfSpace(bytes, place + 1 + blockEnd.count)
    } else {
      end = starts(bytes, place, blockEnd) ? place + blockEnd.count : nil
    }
    return end.map { Tag(kind: .raw, start: index, end: $0, sign: sign) }
  }

  func endOfRaw(in source: [UInt8], from start: Int) -> Tag? {
    source.withUnsafeBufferPointer { bytes in
      guard let first = blockStart.first else { return nil }
      for index in start..<bytes.count where bytes[index] == first {
        if let tag = rawTag(in: bytes, at: index, word: "endraw", isEnd: true) { return tag }
      }
      return nil
    }
  }

  func endOfComment(in source: [UInt8], from start: Int) -> Int? {
    source.withUnsafeBufferPointer { bytes in
      for index in start..<bytes.count {
        if let end = end(commentEnd, in: bytes, at: index) { return end }
      }
      return nil
    }
  }

  func endOfBlock(in source: [UInt8], at index: Int) -> Int? {
    source.withUnsafeBufferPointer { endOfBlock(in: $0, at: index) }
  }

  func endOfVariable(in source: [UInt8], at index: Int) -> Int? {
    guard index < source.count else { return nil }
    let byte = source[index]
    // Most bytes inside of a tag begin no end of it.
    guard byte == UInt8(ascii: "-") || byte == variableEnd.first else { return nil }
    return source.withUnsafeBufferPointer { bytes in
      if byte == UInt8(ascii: "-"), starts(bytes, index + 1, variableEnd) {
        return SourceText.endOfSpace(bytes, index + 1 + variableEnd.count)
      }
      return starts(bytes, index, variableEnd) ? index + variableEnd.count : nil
    }
  }

  private func endOfBlock(in bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
    end(blockEnd, in: bytes, at: index)
  }

  /// `+%}`, `-%}` with the white space behind, or `%}` with one line end when blocks are trimmed.
  private func end(
    _ word: [UInt8], in bytes: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> Int? {
    guard index < bytes.count else { return nil }
    if bytes[index] == UInt8(ascii: "+"), starts(bytes, index + 1, word) {
      return index + 1 + word.count
    }
    if bytes[index] == UInt8(ascii: "-"), starts(bytes, index + 1, word) {
      return SourceText.endOfSpace(bytes, index + 1 + word.count)
    }
    guard starts(bytes, index, word) else { return nil }
    let end = index + word.count
    return trimBlocks && end < bytes.count && bytes[end] == 0x0A ? end + 1 : end
  }
}
