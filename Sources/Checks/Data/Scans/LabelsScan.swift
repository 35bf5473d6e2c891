import Compute
import Platform

/// The features of each row, as a hash, with its label.
///
/// 16 bytes a row. Features whose hashes are equal are read once more and compared; labels are never hashed.
final class LabelsScan: ComparingScan, @unchecked Sendable {
  struct Sight: Sendable {
    /// For each row the hash of its features, 0 where nothing is there, and its label behind it.
    var pairs: [UInt64] = []
    /// The texts that labels of this block stand for, one behind the other, and where each ends.
    var bytes: [UInt8] = []
    var ends: [Int] = []
  }

  /// What stands for no label, and for no number.
  static let missing = UInt64.max

  let features: [String]
  let label: String
  let filter: RowExpression?
  let budget: MemoryBudget
  /// Two words for each row: the hash of its features, 0 where nothing is there, and its label.
  let store: WordStore
  private(set) var comparison: RowComparison?
  private let texts = WordTable()

  init(
    _ features: [String], _ label: String, where filter: RowExpression?, _ budget: MemoryBudget
  ) {
    self.features = features
    self.label = label
    self.filter = filter
    self.budget = budget
    store = WordStore(budget)
  }

  var comparedColumns: [String] { features }
  var comparedLabel: String? { label }

  func canCompare(by comparison: RowComparison) { self.comparison = comparison }

  func look(at block: RowBlock) -> Sight {
    var sight = Sight()
    var hashes = RowHash.words(of: block, features).words
    if let mask = block.mask(filter) {
      for row in hashes.indices where !mask[row] { hashes[row] = 0 }
    }
    let numbers = block.numbers(label)
    let greats = block.greats(label)
    let cells = block.texts(label)
    sight.pairs.reserveCapacity(hashes.count * 2)
    for (row, hash) in hashes.enumerated() {
      sight.pairs.append(hash)
      if let numbers {
        // Two labels that no double is have one word once in 2^64 pairs.
        let bits = greats?[row].map(RowHash.of) ?? PlainValue.bits(numbers[row])
        sight.pairs.append(numbers[row].isNaN ? Self.missing : bits)
      } else {
        let code = cells?.codes[row] ?? -1
        sight.pairs.append(code < 0 ? Self.missing : UInt64(code))
      }
    }
    for code in 0..<(numbers == nil ? cells?.wordCount ?? 0 : 0) {
      if let word = cells?.word(code) { sight.bytes.append(contentsOf: word) }
      sight.ends.append(sight.bytes.count)
    }
    return sight
  }

  func take(_ sight: Sight, at place: BlockPlace) throws {
    guard !sight.ends.isEmpty else { return try store.append(sight.pairs) }
    // A text has the number that it has in the whole table.
    let codes = try sight.bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      return try sight.ends.map { end in
        defer { start = end }
        let word = UnsafeBufferPointer(rebasing: bytes[start..<end])
        return UInt64(try texts.number(word).code)
      }
    }
    var pairs = sight.pairs
    for place in stride(from: 1, to: pairs.count, by: 2) where pairs[place] != Self.missing {
      pairs[place] = codes[Int(pairs[place])]
    }
    try store.append(pairs)
  }
}
