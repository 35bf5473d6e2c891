import Platform

/// How one scalar of a set is read byte by byte: sequences that begin alike share a node, and so do those that end alike.
struct ByteMachine: Sendable {
  /// Stands for what follows the scalar.
  static let end: Int32 = -1

  /// A node's transitions, whose `next` is a node before it, or ``end``. The last node is the first to be asked.
  private(set) var nodes: [[Program.Transition]] = []
  private var known: [[Program.Transition]: Int32] = [:]
  private let limit: Int

  /// - Throws: ``ParseFailure`` when it would have more nodes than the limit.
  init(_ set: ScalarSet, reversed: Bool, limit: Int) throws(ParseFailure) {
    self.limit = limit
    if set.ranges.allSatisfy({ $0.upperBound < 0x80 }) {
      nodes = [
        set.ranges.map {
          Program.Transition(
            low: UInt8($0.lowerBound), high: UInt8($0.upperBound), next: Self.end)
        }
      ]
      return
    }
    var sequences = UTF8Sequences.sequences(of: set)
    if reversed { sequences = sequences.map { $0.reversed() } }
    _ = try add(sequences, 0)
    known = [:]
  }

  private mutating func add(
    _ sequences: [UTF8Sequences.Sequence], _ depth: Int
  ) throws(ParseFailure) -> Int32 {
    var order: [ClosedRange<UInt8>] = []
    var heads: [ClosedRange<UInt8>: [UTF8Sequences.Sequence]] = [:]
    for sequence in sequences {
      let head = sequence[depth]
      if heads[head] == nil { order.append(head) }
      heads[head, default: []].append(sequence)
    }
    var transitions: [Program.Transition] = []
    for head in order {
      let tails = heads[head] ?? []
      // Read backwards, a byte can end one sequence and go on in another.
      if tails.contains(where: { $0.count == depth + 1 }) {
        transitions.append(
          Program.Transition(low: head.lowerBound, high: head.upperBound, next: Self.end))
      }
      let longer = tails.filter { $0.count > depth + 1 }
      guard !longer.isEmpty else { continue }
      let tail = try add(longer, depth + 1)
      transitions.append(
        Program.Transition(low: head.lowerBound, high: head.upperBound, next: tail))
    }
    if let node = known[transitions] { return node }
    guard nodes.count < limit else { throw ParseFailure("the pattern is too large") }
    nodes.append(transitions)
    known[transitions] = Int32(nodes.count - 1)
    return Int32(nodes.count - 1)
  }
}
