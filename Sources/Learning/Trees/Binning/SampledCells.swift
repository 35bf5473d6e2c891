import Compute

/// The cells of the rows that bins are made from, feature by feature.
///
/// They are copied out of the matrix row by row, for many features at a time: to pick them feature
/// by feature would read every row anew from memory.
struct SampledCells {
  let rows: [Int]
  private let features: Range<Int>
  private let memory: Memory<Double>

  /// Those that LightGBM draws; of XGBoost's, one row out of each of as many equal stretches as there are rows to take.
  static func rows(of count: Int, options: BinningOptions) -> [Int] {
    let wanted = min(count, max(1, options.sampleRows))
    guard wanted < count else { return Array(0..<count) }
    if options.flavour == .lightgbm {
      var random = LightGBMRandom(seed: options.lightGBMSeed)
      return random.sample(wanted, of: count)
    }
    return (0..<wanted).map { k in
      let start = count * k / wanted
      let length = count * (k + 1) / wanted - start
      return start + Int(RowHash.bits(seed: options.seed, k) % UInt64(max(1, length)))
    }
  }

  /// Features whose samples take 64 MB together at most.
  static func groups(_ count: Int, rows: Int) -> [Range<Int>] {
    let size = max(1, (8 << 20) / max(1, rows))
    return stride(from: 0, to: count, by: size).map { $0..<min(count, $0 + size) }
  }

  init(_ matrix: FeatureMatrix, rows: [Int], features: Range<Int>, on pool: WorkerPool) {
    self.rows = rows
    self.features = features
    let memory = Memory<Double>(uninitialized: rows.count * features.count)
    self.memory = memory
    let count = rows.count
    switch matrix.storage {
    case .columns(let columns):
      pool.parallelFor(blocks: features.count) { index in
        let target = memory.base + index * count
        columns[features.lowerBound + index].withUnsafeBufferPointer { column in
          for k in 0..<count { target[k] = column[rows[k]] }
        }
      }
    case .rows(let cells):
      let width = matrix.featureCount
      let block = 1024
      cells.withUnsafeBufferPointer { cells in
        guard let base = cells.baseAddress else { return }
        pool.parallelFor(blocks: (count + block - 1) / block) { index in
          for k in (index * block)..<min(count, (index + 1) * block) {
            let row = base + (rows[k] * width + features.lowerBound)
            for feature in 0..<features.count {
              memory.base[feature * count + k] = Double(row[feature])
            }
          }
        }
      }
    }
  }

  func cells(of feature: Int) -> UnsafePointer<Double> {
    UnsafePointer(memory.base + (feature - features.lowerBound) * rows.count)
  }
}
