import Compute

/// All numbers of a column, for what needs all at once: quantiles, and distances of distributions.
///
/// 8 bytes a number.
final class ValuesScan: Scan, @unchecked Sendable {
  let column: String
  let filter: RowExpression?
  private let store: WordStore

  init(_ column: String, where filter: RowExpression?, _ budget: MemoryBudget) {
    self.column = column
    self.filter = filter
    store = WordStore(budget)
  }

  /// How many there are; those that are missing are none.
  var count: Int { store.count }

  /// In the order of their rows.
  func numbers() throws -> [Double] { try store.all(as: Double.self) }

  func sample() throws -> OrderedSample { OrderedSample(sorting: try numbers()) }

  /// The quantiles at some shares; NaN for no numbers.
  func quantiles(_ shares: [Double]) throws -> [Double] {
    guard store.count > store.roomInMemory else {
      return try numbers().withUnsafeBufferPointer { Selection.quantiles(of: $0, at: shares) }
    }
    return try selection().quantiles(at: shares)
  }

  /// The middle number, or the mean of the two; NaN for no numbers.
  func median() throws -> Double {
    guard store.count > store.roomInMemory else {
      return try numbers().withUnsafeBufferPointer { Selection.median(of: $0) }
    }
    return try selection().median()
  }

  /// The median distance from a median; NaN for no numbers.
  func medianDistance(from median: Double) throws -> Double {
    guard store.count > store.roomInMemory else {
      return try numbers().withUnsafeBufferPointer { Selection.medianAbsoluteDeviation(of: $0) }
    }
    return try selection(distancesFrom: median).median()
  }

  /// For numbers that are not to be in memory all at once.
  private func selection(distancesFrom center: Double? = nil) -> BlockSelection {
    let store = store
    return BlockSelection(of: store.count, room: store.roomInMemory, distancesFrom: center) {
      body in
      try store.forEachBlock { words in try words.withMemoryRebound(to: Double.self, body) }
    }
  }

  /// How many numbers are less than one, and how many are more than another.
  func counts(below low: Double, above high: Double) throws -> (below: Int, above: Int) {
    var (below, above) = (0, 0)
    try store.forEachBlock { words in
      for word in words {
        let value = Double(bitPattern: word)
        below &+= value < low ? 1 : 0
        above &+= value > high ? 1 : 0
      }
    }
    return (below, above)
  }

  /// How many numbers fall into each of some bins.
  func counts(in bins: Bins) throws -> [Int] {
    var counts = [Int](repeating: 0, count: bins.count)
    try store.forEachBlock { words in
      counts.withUnsafeMutableBufferPointer { counts in
        words.withMemoryRebound(to: Double.self) { bins.count($0, into: counts) }
      }
    }
    return counts
  }

  /// For a picture.
  func histogram(marks: [Double]) throws -> Histogram {
    try Histogram(marks: marks) { body in
      try store.forEachBlock { words in words.withMemoryRebound(to: Double.self, body) }
    }
  }

  func look(at block: RowBlock) -> [UInt64] {
    guard let cells = block.numbers(column) else { return [] }
    let mask = block.mask(filter)
    return [UInt64](unsafeUninitializedCapacity: block.rowCount) { buffer, count in
      for row in 0..<block.rowCount where !cells[row].isNaN {
        if let mask, !mask[row] { continue }
        // One zero, so that the order of equal numbers cannot be told.
        buffer[count] = PlainValue.bits(cells[row])
        count += 1
      }
    }
  }

  func take(_ sight: [UInt64], at place: BlockPlace) throws { try store.append(sight) }
}
