import Compute
import Platform

/// Shares of a linear model's margins that each feature has: coefficient · (value - mean), summed over
/// the columns that the feature fills.
///
/// The mean is that of the table. These are the SHAP values of a linear model whose features are taken
/// to be independent (S. Lundberg, S.-I. Lee, "A Unified Approach to Interpreting Model Predictions",
/// 2017, corollary 1).
struct LinearExplanation {
  let encoder: FeatureEncoder
  /// Of each margin: a number for each of the encoder's columns, and the intercept last.
  let weights: [[Double]]

  /// - Parameters:
  ///   - rows: the rows to explain, nil for all; the means are those of the whole table.
  ///   - outputs: names of several margins.
  /// - Throws: ``Failure`` for columns that do not fit, and numbers that are too large.
  func explain(
    _ table: Table, rows: Range<Int>?, outputs: [String], on pool: WorkerPool
  ) throws -> TableExplanation {
    let encoded = try encoder.encode(table)
    let explained = rows ?? 0..<table.rowCount
    let features = encoder.features
    let width = features.count + 1
    try ShareMatrix.check(rows: explained.count, width: weights.count * width)
    let shares = Memory<Double>(count: explained.count * weights.count * width, filledWith: 0)
    let firsts = features.indices.map { index in features[..<index].reduce(0) { $0 + $1.width } }
    for (output, weights) in weights.enumerated() {
      let means = Memory<Double>(count: features.count, filledWith: 0)
      let mistaken = Memory<Int>(count: features.count, filledWith: -1)
      pool.parallelFor(blocks: features.count) { index in
        let columns = firsts[index]..<(firsts[index] + features[index].width)
        let parts = Self.parts(encoded.matrix, columns, weights)
        let mean = Self.mean(parts)
        means.base[index] = mean
        mistaken.base[index] = parts.firstIndex { !$0.isFinite } ?? -1
        for (place, row) in explained.enumerated() {
          shares.base[(place * self.weights.count + output) * width + index] = parts[row] - mean
        }
      }
      if let index = features.indices.first(where: { mistaken.base[$0] >= 0 }) {
        throw Failure(
          .invalid,
          "what `\(features[index].name)` adds to the margin of a row is no finite number",
          hint: "is the number of this row mistaken?",
          at: table.location(row: mistaken.base[index]))
      }
      let bias = features.indices.reduce(weights[encoder.width]) { $0 + means.base[$1] }
      for place in 0..<explained.count {
        shares.base[(place * self.weights.count + output) * width + width - 1] = bias
      }
    }
    return try TableExplanation(
      of: table, rows: rows, features: features.map(\.name), outputs: outputs,
      shares: Array(UnsafeBufferPointer(start: shares.base, count: shares.count)),
      notes: encoded.notes)
  }

  /// What some columns add to the margin of every row.
  private static func parts(
    _ matrix: PanelMatrix, _ columns: Range<Int>, _ weights: [Double]
  ) -> [Double] {
    var parts: [Double] = []
    parts.reserveCapacity(matrix.panelCount * 8)
    for panel in 0..<matrix.panelCount {
      var sum = SIMD8<Double>.zero
      for column in columns {
        sum += weights[column] * matrix.vectors[panel * matrix.columns + column]
      }
      for lane in 0..<8 { parts.append(sum[lane]) }
    }
    parts.removeLast(parts.count - matrix.rows)
    return parts
  }

  /// The mean, taken from the first number on: of equal numbers it is exactly that number.
  private static func mean(_ numbers: [Double]) -> Double {
    guard let first = numbers.first else { return 0 }
    return first + numbers.reduce(0) { $0 + ($1 - first) } / Double(numbers.count)
  }
}
