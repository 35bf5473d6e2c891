/// Bytes that every match holds, by which most texts are ruled out without the machine.
struct RequiredText: Sendable {
  /// What every match begins with.
  var prefix: [UInt8] = []
  /// The longest bytes that every match holds somewhere.
  var inside: [UInt8] = []

  init(_ node: PatternNode) {
    (prefix, _) = Self.prefix(node)
    inside = Self.inside(node)
  }

  /// The bytes at the front, and whether the node is nothing but these.
  private static func prefix(_ node: PatternNode) -> (bytes: [UInt8], isWhole: Bool) {
    switch node {
    case .empty, .assertion: return ([], true)
    case .literal(let bytes): return (bytes, true)
    case .set, .alternation: return ([], false)
    case .group(let inner, _): return prefix(inner)
    case .concatenation(let nodes):
      var bytes: [UInt8] = []
      for part in nodes {
        let (more, isWhole) = prefix(part)
        bytes += more
        if !isWhole { return (bytes, false) }
      }
      return (bytes, true)
    case .repetition(let inner, let least, _, _):
      return least > 0 ? (prefix(inner).bytes, false) : ([], false)
    }
  }

  private static func inside(_ node: PatternNode) -> [UInt8] {
    switch node {
    case .empty, .assertion, .set, .alternation: return []
    case .literal(let bytes): return bytes
    case .group(let inner, _): return inside(inner)
    case .concatenation(let nodes):
      // Of texts of one length, the one with the rarest byte.
      return nodes.map { inside($0) }.max { one, two in
        (one.count, -Self.frequency(one)) < (two.count, -Self.frequency(two))
      } ?? []
    case .repetition(let inner, let least, _, _): return least > 0 ? inside(inner) : []
    }
  }

  private static func frequency(_ bytes: [UInt8]) -> Int {
    bytes.prefix(SearchedText.longest).map(SearchedText.frequency).min() ?? 0
  }
}
