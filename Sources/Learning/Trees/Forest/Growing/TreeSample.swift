import Compute

/// The rows that one tree learns from.
struct TreeSample {
  /// Rows with a weight above 0, ascending.
  let rows: Memory<UInt32>
  let count: Int
  /// Weight and label of each row of the table; the weight is 0 where a row was not drawn.
  let cells: Memory<SIMD2<Double>>

  init(_ data: ForestData, tree: Int) {
    let total = data.labels.count
    cells = Memory(uninitialized: total)
    if data.options.bootstrap {
      Self.draw(data, tree, cells.base)
    } else {
      for row in 0..<total { cells.base[row] = SIMD2(data.weights?[row] ?? 1, data.labels[row]) }
    }
    rows = Memory(uninitialized: total)
    var count = 0
    for row in 0..<total {
      rows.base[count] = UInt32(truncatingIfNeeded: row)
      count += cells.base[row].x > 0 ? 1 : 0
    }
    self.count = count
  }

  /// Draws rows with replacement, each with the same chance or by weight; a row weighs as much as
  /// it was drawn.
  private static func draw(
    _ data: ForestData, _ tree: Int, _ cells: UnsafeMutablePointer<SIMD2<Double>>
  ) {
    let total = data.labels.count
    for row in 0..<total { cells[row] = SIMD2(0, data.labels[row]) }
    var stream = RandomStream(
      seed: data.options.seed, purpose: "forest rows", index: UInt64(tree))
    if let drawing = data.drawing, let sum = drawing.last {
      for _ in 0..<data.sampleCount {
        let wanted = min(stream.unit() * sum, sum.nextDown)
        // The first row up to which there is more weight: one of weight 0 is never it.
        var (low, high) = (0, total - 1)
        while low < high {
          let middle = (low + high) / 2
          if drawing[middle] > wanted { high = middle } else { low = middle + 1 }
        }
        cells[low].x += 1
      }
    } else {
      for _ in 0..<data.sampleCount { cells[stream.integer(below: total)].x += 1 }
    }
    guard data.options.classWeight == .balancedSubsample, data.classCount > 0 else { return }
    let factors = ForestData.balance(
      data.labels, (0..<total).map { cells[$0].x }, classCount: data.classCount)
    for row in 0..<total { cells[row].x *= factors[Int(cells[row].y)] }
  }
}
