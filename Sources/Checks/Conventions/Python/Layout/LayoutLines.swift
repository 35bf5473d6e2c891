import Python

/// The logical lines of a file with the traits of their tokens: read once, for all checks of layout.
///
/// Unlike `TokenList.logicalLines`, a line holds the `indent` and `dedent` tokens before it, and blank lines are left out,
/// because that is how pycodestyle, and ruff after it, count.
final class LayoutLines {
  struct Line {
    /// The indices of its tokens, the end of the line among them.
    var tokens: Range<Int>
    /// Those of all its tokens together.
    var traits: TokenTraits

    var isComment: Bool { !traits.contains(.isContent) && traits.contains(.isComment) }
  }

  /// One for each token.
  let traits: [TokenTraits]
  let lines: [Line]

  init(_ tree: Tree) {
    let tokens = tree.tokens
    var traits = [TokenTraits](
      unsafeUninitializedCapacity: tokens.count
    ) { buffer, count in
      let table = TokenTraits.table
      tokens.withUnsafeBufferPointer { tokens in
        for index in tokens.indices {
          buffer.initializeElement(at: index, to: table[Int(tokens[index].kind.rawValue)])
        }
      }
      count = tokens.count
    }
    for kind in [NodeKind.match, .matchCase, .typeAlias] {
      for node in tree.nodes(kind) {
        let range = tree.tokenRange(of: node)
        if !range.isEmpty { traits[range.lowerBound].insert(.isKeyword) }
      }
    }
    self.traits = traits
    lines = traits.withUnsafeBufferPointer { traits in
      tokens.withUnsafeBufferPointer { Self.lines($0, traits) }
    }
  }

  private static func lines(
    _ tokens: UnsafeBufferPointer<Token>, _ traits: UnsafeBufferPointer<TokenTraits>
  ) -> [Line] {
    var lines: [Line] = []
    lines.reserveCapacity(tokens.count / 8)
    var start = 0
    var all: TokenTraits = []
    var depth = 0
    for index in traits.indices {
      let own = traits[index]
      all.formUnion(own)
      if own.isDisjoint(with: [.opens, .closes, .endsLine]) { continue }
      if own.contains(.opens) {
        depth += 1
      } else if own.contains(.closes) {
        depth = max(0, depth - 1)
      } else {
        if tokens[index].kind == .newline { depth = 0 }
        guard depth == 0 else { continue }
        let isBlank = all == .endsLine && index == start
        if !isBlank { lines.append(Line(tokens: start..<(index + 1), traits: all)) }
        start = index + 1
        all = []
      }
    }
    return lines
  }
}
