/// Draws the rows that trees are grown from.
struct RowSampler {
  let options: RowSampling
  let flavour: TreeFlavour
  let seed: UInt64
  let lightGBMSeed: Int
  let learningRate: Double

  /// The rows of a tree in ascending order, and those left out.
  struct Sample {
    var rows: [UInt32]
    var others: [UInt32]
    /// Rows from this list count more than once.
    var amplified: [UInt32] = []
    var factor: Float = 1

    @inline(__always)
    mutating func add(_ row: Int, _ isTaken: Bool) {
      let number = UInt32(truncatingIfNeeded: row)
      if isTaken { rows.append(number) } else { others.append(number) }
    }
  }

  /// Whether the rows of this round differ from those of the round before.
  func draws(in round: Int) -> Bool {
    guard options.isDrawing else { return false }
    if options.oneSide != nil { return true }
    return round % max(1, options.frequency) == 0
  }

  /// - Parameters:
  ///   - tree: tells parallel trees of a round apart.
  ///   - pairs: derivatives, output after output.
  /// - Returns: nil when all rows are taken.
  func sample(
    round: Int, tree: Int, rowCount: Int, outputs: Int, pairs: UnsafePointer<SIMD2<Float>>
  ) -> Sample? {
    if let oneSide = options.oneSide {
      guard Double(round) >= 1 / max(learningRate, 1e-12) else { return nil }
      return oneSideSample(oneSide, round, rowCount, outputs, pairs)
    }
    var sample = Sample(rows: [], others: [])
    sample.rows.reserveCapacity(Int(Double(rowCount) * options.share * 1.01) + 64)
    switch flavour {
    case .xgboost:
      let key = RowHash.key(Int(truncatingIfNeeded: seed), 0x726f77, round, tree)
      let limit = UInt64(max(0, min(options.share, 1)) * 0x1p53)
      for row in 0..<rowCount { sample.add(row, RowHash.bits(seed: key, row) >> 11 < limit) }
    case .lightgbm: drawAsLightGBM(round: round, rowCount: rowCount, &sample)
    }
    // One row at least, so that there is something to learn from.
    if sample.rows.isEmpty, !sample.others.isEmpty {
      sample.rows = [sample.others.removeFirst()]
    }
    return sample
  }

  /// LightGBM has a stream of its own for every 1024 rows, which goes on from draw to draw.
  private func drawAsLightGBM(round: Int, rowCount: Int, _ sample: inout Sample) {
    let block = 1024
    let earlier = round / max(1, options.frequency)
    for start in stride(from: 0, to: rowCount, by: block) {
      let end = min(rowCount, start + block)
      var random = LightGBMRandom(seed: lightGBMSeed &+ start / block)
      random.skip(earlier * (end - start))
      for row in start..<end { sample.add(row, Double(random.unit()) < options.share) }
    }
  }

  private func oneSideSample(
    _ oneSide: RowSampling.OneSide, _ round: Int, _ rowCount: Int, _ outputs: Int,
    _ pairs: UnsafePointer<SIMD2<Float>>
  ) -> Sample {
    var sizes = [Float](repeating: 0, count: rowCount)
    for output in 0..<outputs {
      for row in 0..<rowCount {
        let pair = pairs[output * rowCount + row]
        sizes[row] += abs(pair.x * pair.y)
      }
    }
    let top = max(1, Int(Double(rowCount) * oneSide.topShare))
    let threshold = Self.largest(sizes, rank: min(top, rowCount))
    let key = RowHash.key(Int(truncatingIfNeeded: seed), 0x676f7373, round)
    // The share of the others that gives `otherShare` of all rows.
    let rest = max(1e-12, 1 - oneSide.topShare)
    let limit = UInt64(min(1, oneSide.otherShare / rest) * 0x1p53)
    var sample = Sample(rows: [], others: [])
    sample.factor = Float(rest / max(oneSide.otherShare, 1e-12))
    for row in 0..<rowCount {
      let number = UInt32(truncatingIfNeeded: row)
      if sizes[row] >= threshold {
        sample.rows.append(number)
      } else if RowHash.bits(seed: key, row) >> 11 < limit {
        sample.rows.append(number)
        sample.amplified.append(number)
      } else {
        sample.others.append(number)
      }
    }
    return sample
  }

  /// The `rank`-th largest of numbers of at least 0, counted from 1.
  ///
  /// Such floats are in the order of their bits: one count of the high 16 bits and one of the low
  /// ones, instead of sorting.
  private static func largest(_ values: [Float], rank: Int) -> Float {
    var rank = rank
    func place(_ counts: [Int]) -> Int {
      for value in counts.indices.reversed() {
        if counts[value] >= rank { return value }
        rank -= counts[value]
      }
      return 0
    }
    var counts = [Int](repeating: 0, count: 1 << 16)
    for value in values { counts[Int(value.bitPattern >> 16)] += 1 }
    let high = place(counts)
    counts = [Int](repeating: 0, count: 1 << 16)
    for value in values where Int(value.bitPattern >> 16) == high {
      counts[Int(value.bitPattern & 0xFFFF)] += 1
    }
    return Float(bitPattern: UInt32(high) << 16 | UInt32(place(counts)))
  }
}
