import Compute

/// The pairs of values of two columns, over rows in which both are there, for correlations that need more than sums.
final class PairsScan: Scan, @unchecked Sendable {
  struct Sight: Sendable {
    /// Of two columns of numbers: the numbers.
    var numbers: [(Double, Double)] = []
    /// Of two columns of text: how often each pair stands there.
    var counts: [Pair: Int] = [:]
    /// Of one of each: the numbers of each text.
    var moments: [String: Moments] = [:]
  }

  struct Pair: Sendable, Hashable {
    var first: String
    var second: String
  }

  let first: String
  let second: String
  let filter: RowExpression?
  private(set) var total = Sight()

  init(_ first: String, _ second: String, where filter: RowExpression?) {
    self.first = first
    self.second = second
    self.filter = filter
  }

  func look(at block: RowBlock) -> Sight {
    var sight = Sight()
    let mask = block.mask(filter)
    let rows = (0..<block.rowCount).lazy.filter { mask?[$0] ?? true }
    switch (block.numbers(first), block.numbers(second)) {
    case (let xs?, let ys?):
      for row in rows where !xs[row].isNaN && !ys[row].isNaN {
        sight.numbers.append((xs[row], ys[row]))
      }
    case (let xs?, nil): addMoments(xs, second, rows, block, &sight)
    case (nil, let ys?): addMoments(ys, first, rows, block, &sight)
    case (nil, nil):
      guard let xs = block.texts(first), let ys = block.texts(second) else { return sight }
      var counts: [UInt64: Int] = [:]
      for row in rows where xs.codes[row] >= 0 && ys.codes[row] >= 0 {
        counts[UInt64(xs.codes[row]) << 32 | UInt64(ys.codes[row]), default: 0] += 1
      }
      for (key, count) in counts {
        let pair = Pair(
          first: String(decoding: xs.word(Int(key >> 32)), as: UTF8.self),
          second: String(decoding: ys.word(Int(key & 0xFFFF_FFFF)), as: UTF8.self))
        sight.counts[pair, default: 0] += count
      }
    }
    return sight
  }

  private func addMoments(
    _ values: UnsafeBufferPointer<Double>, _ category: String, _ rows: some Sequence<Int>,
    _ block: RowBlock, _ sight: inout Sight
  ) {
    guard let cells = block.texts(category) else { return }
    var moments = [Moments](repeating: Moments(), count: cells.wordCount)
    for row in rows where !values[row].isNaN && cells.codes[row] >= 0 {
      moments[Int(cells.codes[row])].add(values[row])
    }
    for (code, moments) in moments.enumerated() where moments.count > 0 {
      sight.moments[String(decoding: cells.word(code), as: UTF8.self)] = moments
    }
  }

  func take(_ sight: Sight, at place: BlockPlace) {
    total.numbers += sight.numbers
    for (pair, count) in sight.counts { total.counts[pair, default: 0] += count }
    for (text, moments) in sight.moments { total.moments[text, default: Moments()].merge(moments) }
  }
}
