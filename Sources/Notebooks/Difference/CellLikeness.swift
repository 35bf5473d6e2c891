/// How similar the sources of two cells are: what share of their pairs of characters they have in common.
struct CellLikeness {
  /// Below this two cells are two.
  static let least = 0.5

  private let kind: NotebookDocument.Cell.Kind
  private let pairs: [UInt16: Int]
  private let count: Int

  init(_ cell: NotebookDocument.Cell) {
    kind = cell.kind
    var pairs: [UInt16: Int] = [:]
    var last: UInt8?
    var count = 0
    // The first bytes of a long cell say enough.
    for byte in cell.source.utf8.prefix(4096) {
      if let last {
        pairs[UInt16(last) << 8 | UInt16(byte), default: 0] += 1
        count += 1
      }
      last = byte
    }
    self.pairs = pairs
    self.count = count
  }

  /// From 0 to 1.
  func likeness(to other: CellLikeness) -> Double {
    guard kind == other.kind else { return 0 }
    guard count + other.count > 0 else { return 1 }
    guard min(count, other.count) * 3 >= max(count, other.count) else { return 0 }
    let shared = pairs.reduce(0) { $0 + min($1.value, other.pairs[$1.key] ?? 0) }
    return 2 * Double(shared) / Double(count + other.count)
  }
}
