/// What a pattern says, as a tree. The parser bounds its depth, so walking it by recursion is safe.
indirect enum PatternNode: Sendable {
  /// Matches the empty text.
  case empty
  /// These bytes.
  case literal([UInt8])
  /// One scalar of the set; no text at all when the set is empty.
  case set(ScalarSet)
  case assertion(Assertion)
  case group(PatternNode, index: Int)
  case concatenation([PatternNode])
  /// The first that leads to a match counts.
  case alternation([PatternNode])
  case repetition(PatternNode, least: Int, most: Int?, isLazy: Bool)

  /// Whether the empty text matches, as far as assertions let it.
  var isNullable: Bool {
    switch self {
    case .empty, .assertion: true
    case .literal(let bytes): bytes.isEmpty
    case .set: false
    case .group(let node, _): node.isNullable
    case .concatenation(let nodes): nodes.allSatisfy(\.isNullable)
    case .alternation(let nodes): nodes.contains(where: \.isNullable)
    case .repetition(let node, let least, _, _): least == 0 || node.isNullable
    }
  }

  /// Nodes one behind the other, those that say nothing left out and neighbouring literals joined.
  static func sequence(_ nodes: [PatternNode]) -> PatternNode {
    var parts: [PatternNode] = []
    var literal: [UInt8] = []
    func flush() {
      if !literal.isEmpty { parts.append(.literal(literal)) }
      literal = []
    }
    for node in nodes {
      switch node {
      case .empty: continue
      case .literal(let bytes): literal += bytes
      default:
        flush()
        parts.append(node)
      }
    }
    flush()
    return parts.count == 1 ? parts[0] : parts.isEmpty ? .empty : .concatenation(parts)
  }
}

/// A condition on a place between two bytes.
enum Assertion: UInt8, Sendable {
  case textStart
  case textEnd
  case lineStart
  case lineEnd
  case wordBoundary
  case notWordBoundary
  case unicodeWordBoundary
  case notUnicodeWordBoundary
}
