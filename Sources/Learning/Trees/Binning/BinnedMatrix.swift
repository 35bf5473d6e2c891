import Compute
import Platform

/// Cells as bins of a byte each: row-major for histograms and walks down trees, column-major for
/// dividing rows between two nodes.
///
/// Only features that can tell rows apart are held; ``used`` says which. A row takes ``stride``
/// bytes, a multiple of 8, so that eight bins are one load.
package final class BinnedMatrix {
  package let rowCount: Int
  /// The bins of every feature, used or not.
  package let bins: [FeatureBins]
  /// The features that are held, in ascending order.
  let used: [Int]
  let stride: Int
  let rows: Memory<UInt8>
  /// A column for each used feature, `columnStride` bytes apart; empty in matrices that are only
  /// predicted.
  let columns: Memory<UInt8>
  let columnStride: Int
  /// The least and the largest value of each feature.
  package let ranges: [ClosedRange<Double>?]

  /// Makes bins from the matrix's own cells and fills them.
  ///
  /// - Parameter weights: of the rows, for XGBoost's quantiles; nil when all are alike.
  /// - Throws: ``Failure`` for infinite values, impossible categories, and sizes beyond memory.
  package convenience init(
    _ matrix: FeatureMatrix, weights: [Float]? = nil, options: BinningOptions, on pool: WorkerPool
  ) throws {
    guard matrix.rowCount > 0 else {
      throw Failure(.invalid, "there are no rows to learn from")
    }
    guard matrix.rowCount < Int(Int32.max) else {
      throw Failure(.unsupported, "more than 2,147,483,646 rows")
    }
    guard (2...256).contains(options.maximumBins) else {
      throw Failure(
        .unsupported, "`max_bin` must be from 2 to 256, not \(options.maximumBins)",
        hint: "bins are bytes here; 256 is XGBoost's default, 255 LightGBM's")
    }
    let census = FeatureCensus.take(matrix, options: options, on: pool)
    for (feature, found) in zip(matrix.features, census) { try found.check(feature) }
    var made: [FeatureBins] = []
    let rows = SampledCells.rows(of: matrix.rowCount, options: options)
    for features in SampledCells.groups(matrix.featureCount, rows: rows.count) {
      let maker = BinMaker(
        matrix: matrix, weights: weights, options: options,
        sampled: SampledCells(matrix, rows: rows, features: features, on: pool))
      made += pool.map(features.count) { index in
        let feature = features.lowerBound + index
        return maker.bins(of: feature, census: census[feature])
      }
    }
    let ranges = census.map { $0.least <= $0.largest ? $0.least...$0.largest : nil }
    try self.init(
      matrix, bins: made, ranges: ranges, withColumns: true, options: options,
      on: pool)
  }

  /// Fills another matrix's bins with these cells: for rows to be predicted while training.
  package convenience init(
    _ matrix: FeatureMatrix, like model: BinnedMatrix, options: BinningOptions, on pool: WorkerPool
  ) throws {
    try self.init(
      matrix, bins: model.bins, ranges: model.ranges, withColumns: false, options: options, on: pool
    )
  }

  private init(
    _ matrix: FeatureMatrix, bins: [FeatureBins], ranges: [ClosedRange<Double>?],
    withColumns: Bool, options: BinningOptions, on pool: WorkerPool
  ) throws {
    rowCount = matrix.rowCount
    self.bins = bins
    self.ranges = ranges
    used = bins.indices.filter { !bins[$0].isUseless }
    stride = (used.count + 7) / 8 * 8
    columnStride = (rowCount + 63) / 64 * 64
    let (size, overflow) = columnStride.multipliedReportingOverflow(by: max(8, stride))
    guard !overflow, size < 1 << 42 else {
      throw Failure(
        .unsupported, "\(rowCount) rows of \(used.count) features do not fit the memory")
    }
    rows = Memory(uninitialized: rowCount * stride)
    columns = Memory(uninitialized: withColumns ? columnStride * used.count : 0)
    BinFiller(matrix: matrix, bins: bins, used: used, options: options)
      .fill(self, withColumns: withColumns, on: pool)
  }
}
