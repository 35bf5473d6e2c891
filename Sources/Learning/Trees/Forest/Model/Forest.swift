import Compute
import Platform

/// A random forest: trees whose answers are averaged.
package struct Forest: Sendable, Hashable {
  package var features: [ModelFeature]
  /// 0 when numbers are predicted.
  package var classCount: Int
  package var trees: [ForestTree]
  /// Each feature's share of the decrease of impurity, averaged over the trees; they add up to 1, or
  /// are all 0 where no tree has a split (scikit-learn's `feature_importances_`).
  package var importances: [Double]

  /// Numbers for each row: 1, or as many as there are classes.
  package var outputs: Int { max(1, classCount) }

  /// The mean of the trees' answers: for each row the share of each class, or a number.
  ///
  /// Missing cells are NaN; categories are codes, and those that no tree has seen go with most rows.
  ///
  /// - Returns: `rowCount * outputs` numbers, row after row.
  /// - Throws: ``Failure`` for a matrix of another width.
  package func predictions(_ matrix: FeatureMatrix, on pool: WorkerPool) throws -> [Double] {
    guard matrix.featureCount == features.count else {
      throw Failure(
        .invalid,
        "the data has \(matrix.featureCount) features, the model needs \(features.count)")
    }
    let (rows, outputs) = (matrix.rowCount, outputs)
    let (size, overflow) = rows.multipliedReportingOverflow(by: outputs)
    guard !overflow, size <= 1 << 32 else {
      throw Failure(.unsupported, "\(rows) rows of \(outputs) classes do not fit the memory")
    }
    let sums = Memory<Double>(count: size, filledWith: 0)
    let width = features.count
    // Rows that fit the second cache with the nodes of a tree.
    let block = max(64, min(2048, (1 << 17) / max(1, width)))
    pool.parallelFor(blocks: (rows + block - 1) / block) { index in
      let start = index * block
      let count = min(block, rows - start)
      let cells = Memory<Double>(uninitialized: count * width)
      let column = Memory<Double>(uninitialized: count)
      for feature in 0..<width {
        matrix.copy(feature: feature, from: start, count: count, to: column.base)
        for i in 0..<count { cells.base[i * width + feature] = column.base[i] }
      }
      for tree in trees {
        ForestWalk(tree).add(
          cells.base, width: width, count: count, to: sums.base + start * outputs,
          outputs: outputs)
      }
      let divisor = Double(max(1, trees.count))
      for i in (start * outputs)..<((start + count) * outputs) { sums.base[i] /= divisor }
    }
    return Array(UnsafeBufferPointer(start: sums.base, count: size))
  }
}
