import Python

/// The logical lines of a file with the traits of their tokens: read once, for all checks of layout.
///
/// Unlike `TokenList.logicalLines`, a line holds the `indent` and `dedent` tokens before it, and blank lines are left out,
/// because that is how pycodestyle, and ruff after it, count.
final class LayoutLines {
  struct Line {
    /// The indices of its tokens, the end of the line among them.
    var tokens: Range<Int> { Int(firstToken)..<Int(endToken) }
    /// Its first token that is no `indent` or `dedent`.
    var first: Int { Int(firstOwn) }
    /// The byte where its first physical line begins.
    var start: Int { Int(startByte) }
    /// The width of its indentation, a tab going to the next multiple of four.
    var columns: Int { Int(indent) }

    fileprivate var firstToken: UInt32
    fileprivate var endToken: UInt32
    fileprivate var firstOwn: UInt32
    fileprivate var startByte: UInt32
    fileprivate var indent: UInt32
    /// Those of all its tokens together.
    var traits: TokenTraits

    var isComment: Bool { !traits.contains(.isContent) && traits.contains(.isComment) }
  }

  /// Whether there is a tab anywhere in the file: most have none, and need no look at its lines.
  let hasTabs: Bool
  /// One for each token.
  private(set) var traits: [TokenTraits]
  private(set) var lines: [Line]

  init(_ tree: Tree) {
    let tokens = tree.tokens
    hasTabs = tree.source.withUnsafeBufferPointer(Self.hasTabs)
    traits = [TokenTraits](unsafeUninitializedCapacity: tokens.count) { buffer, count in
      let table = TokenTraits.table
      tokens.withUnsafeBufferPointer { tokens in
        for index in tokens.indices {
          buffer.initializeElement(at: index, to: table[Int(tokens[index].kind.rawValue)])
        }
      }
      count = tokens.count
    }
    let (lines, hasSoftKeywords) = traits.withUnsafeBufferPointer { traits in
      tokens.withUnsafeBufferPointer { tokens in
        tree.source.withUnsafeBufferPointer { Self.lines(tokens, traits, $0) }
      }
    }
    self.lines = lines
    if hasSoftKeywords { markSoftKeywords(tree) }
  }

  private static func lines(
    _ tokens: UnsafeBufferPointer<Token>, _ traits: UnsafeBufferPointer<TokenTraits>,
    _ bytes: UnsafeBufferPointer<UInt8>
  ) -> ([Line], hasSoftKeywords: Bool) {
    var lines: [Line] = []
    lines.reserveCapacity(tokens.count / 8)
    var hasSoftKeywords = false
    var start = 0
    // A byte-order mark is no part of the first line.
    var lineStart = bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB ? 3 : 0
    var all: TokenTraits = []
    var depth = 0
    for index in traits.indices {
      let own = traits[index]
      all.formUnion(own)
      if own.isDisjoint(with: [.opens, .closes, .endsLine]) { continue }
      if own.contains(.opens) {
        depth += 1
        continue
      }
      if own.contains(.closes) {
        depth = max(0, depth - 1)
        continue
      }
      if tokens[index].kind == .newline { depth = 0 }
      guard depth == 0 else { continue }
      if all != .endsLine || index > start {
        var first = start
        while tokens[first].kind == .indent || tokens[first].kind == .dedent { first += 1 }
        let indent = lineStart..<max(lineStart, Int(tokens[first].start))
        lines.append(
          Line(
            firstToken: UInt32(truncatingIfNeeded: start),
            endToken: UInt32(truncatingIfNeeded: index + 1),
            firstOwn: UInt32(truncatingIfNeeded: first),
            startByte: UInt32(truncatingIfNeeded: lineStart),
            indent: UInt32(truncatingIfNeeded: columns(bytes, indent)), traits: all))
        if tokens[first].kind == .name, (4...5).contains(tokens[first].range.count) {
          hasSoftKeywords = hasSoftKeywords || isSoftKeyword(bytes, tokens[first].range)
        }
      }
      start = index + 1
      lineStart = Int(tokens[index].end)
      all = []
    }
    return (lines, hasSoftKeywords)
  }

  /// Looks at eight bytes at once.
  private static func hasTabs(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    var index = 0
    while index + 8 <= bytes.count {
      let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
      let own = word ^ 0x0909_0909_0909_0909
      if (own &- 0x0101_0101_0101_0101) & ~own & 0x8080_8080_8080_8080 != 0 { return true }
      index += 8
    }
    return bytes[index...].contains(0x09)
  }

  private static func isSoftKeyword(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
  ) -> Bool {
    ["match", "case", "type"].contains { $0.utf8.elementsEqual(bytes[range]) }
  }

  private func markSoftKeywords(_ tree: Tree) {
    for kind in [NodeKind.match, .matchCase, .typeAlias] {
      for node in tree.nodes(kind) {
        let range = tree.tokenRange(of: node)
        guard !range.isEmpty else { continue }
        traits[range.lowerBound].formUnion([.isKeyword, .dividesStatements])
      }
    }
    for index in lines.indices { lines[index].traits.formUnion(traits[lines[index].first]) }
  }

  private static func columns(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int {
    var column = 0
    for place in range {
      if bytes[place] == 0x20 {
        column += 1
      } else if bytes[place] == 0x09 {
        column = (column / 4 + 1) * 4
      } else {
        break
      }
    }
    return column
  }
}
