import Compute
import Platform

/// Room for the shares of rows, which trees fill row by row.
struct ShareMatrix {
  private let matrix: FeatureMatrix
  private let rows: Range<Int>
  /// The numbers of a row.
  private let width: Int

  /// - Parameter rows: nil for all.
  /// - Throws: ``Failure`` for a matrix of another width, or more shares than fit the memory.
  init(_ matrix: FeatureMatrix, rows: Range<Int>?, features: Int, outputs: Int) throws {
    guard matrix.featureCount == features else {
      throw Failure(
        .invalid, "the data has \(matrix.featureCount) features, the model needs \(features)")
    }
    self.matrix = matrix
    self.rows = rows ?? 0..<matrix.rowCount
    width = outputs * (features + 1)
    try Self.check(rows: self.rows.count, width: width)
  }

  /// - Parameter width: the numbers of a row.
  static func check(rows: Int, width: Int) throws {
    let (size, overflow) = rows.multipliedReportingOverflow(by: width)
    guard !overflow, size <= 1 << 31 else {
      throw Failure(
        .unsupported, "\(width) shares of \(rows) rows do not fit the memory",
        hint: "explain one row with `--row`, or fewer rows")
    }
  }

  /// Explains every row, from zeros.
  ///
  /// - Parameter explain: takes the row's cells, what walks, and where the row's shares belong.
  func filled(
    _ plan: ShapPlan, on pool: WorkerPool,
    _ explain: ([Double], ShapWalk, UnsafeMutablePointer<Double>) -> Void
  ) -> [Double] {
    let result = Memory<Double>(count: rows.count * width, filledWith: 0)
    // A row takes long enough to be a block of its own where there are few.
    let block = rows.count < 1024 ? 1 : 16
    pool.parallelFor(blocks: (rows.count + block - 1) / block) { index in
      let walk = plan.makeWalk()
      for place in (index * block)..<min(rows.count, (index + 1) * block) {
        let cells = (0..<matrix.featureCount).map { matrix[rows.lowerBound + place, $0] }
        explain(cells, walk, result.base + place * width)
      }
    }
    return Array(UnsafeBufferPointer(start: result.base, count: rows.count * width))
  }
}
