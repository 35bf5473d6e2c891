import Compute
import Platform

/// What a look at every cell of a feature tells.
struct FeatureCensus {
  var least = Double.infinity
  var largest = -Double.infinity
  /// Cells that are missing: NaN, and zeros or negative codes where those count as missing.
  var missing = 0
  var isInfinite: Bool { least == -.infinity || largest == .infinity }
  /// A cell of a categorical feature that is no whole number.
  var isFractional = false

  /// Looks at all cells, block after block.
  static func take(
    _ matrix: FeatureMatrix, options: BinningOptions, on pool: WorkerPool
  ) -> [FeatureCensus] {
    let rows = matrix.rowCount
    let block = 4096
    let blocks = (rows + block - 1) / block
    let width = matrix.featureCount
    // A block for every few tasks' worth of rows: counts and extremes are the same in any order.
    let parts = max(1, min(blocks, 64))
    let results = Memory<FeatureCensus>(count: parts * width, filledWith: FeatureCensus())
    pool.parallelFor(blocks: parts) { part in
      let cells = Memory<Double>(uninitialized: block)
      for index in (blocks * part / parts)..<(blocks * (part + 1) / parts) {
        let start = index * block
        let count = min(block, rows - start)
        for feature in 0..<width {
          matrix.copy(feature: feature, from: start, count: count, to: cells.base)
          results.base[part * width + feature].look(
            at: cells.base, count: count,
            isCategorical: matrix.features[feature].kind == .categorical,
            zeroIsMissing: options.zeroIsMissing)
        }
      }
    }
    return (0..<width).map { feature in
      var sum = FeatureCensus()
      for part in 0..<parts { sum.add(results.base[part * width + feature]) }
      return sum
    }
  }

  private mutating func look(
    at cells: UnsafePointer<Double>, count: Int, isCategorical: Bool, zeroIsMissing: Bool
  ) {
    var (low, high, gone) = (least, largest, 0)
    if isCategorical {
      for i in 0..<count {
        let x = cells[i]
        if x.isNaN || x < 0 {
          gone += 1
        } else {
          if x != x.rounded() { isFractional = true }
          if x < low { low = x }
          if x > high { high = x }
        }
      }
    } else if zeroIsMissing {
      for i in 0..<count {
        let x = cells[i]
        if x.isNaN || x.magnitude <= 1e-35 {
          gone += 1
        } else {
          if x < low { low = x }
          if x > high { high = x }
        }
      }
    } else {
      for i in 0..<count {
        let x = cells[i]
        gone += x == x ? 0 : 1
        low = x < low ? x : low
        high = x > high ? x : high
      }
    }
    (least, largest) = (low, high)
    missing += gone
  }

  private mutating func add(_ other: FeatureCensus) {
    least = min(least, other.least)
    largest = max(largest, other.largest)
    missing += other.missing
    isFractional = isFractional || other.isFractional
  }

  /// - Throws: ``Failure`` that names the column.
  func check(_ feature: ModelFeature) throws {
    if isInfinite {
      throw Failure(
        .invalid, "column `\(feature.name)` has an infinite value",
        hint: "write a missing value, or a large number, in its place")
    }
    if isFractional {
      throw Failure(
        .invalid, "column `\(feature.name)` is categorical and has a value that is no whole number",
        hint: "categories are codes from 0 up; a negative code is a missing value")
    }
    if feature.kind == .categorical, largest > 1e7 {
      throw Failure(
        .invalid, "column `\(feature.name)` is categorical and has the code \(largest)",
        hint: "number the categories from 0 up")
    }
  }
}
