import Platform

/// Folds that learn from the past and are scored on what follows; scikit-learn's `TimeSeriesSplit`.
package struct TimeSeriesSplit: Sendable, Hashable {
  package let folds: Int
  /// Rows left out between the past and what follows it.
  package let gap: Int
  /// Most rows to learn from, the latest ones; nil takes the whole past.
  package let maximumTrainSize: Int?
  /// Rows of each test part; nil takes rows / (folds + 1).
  package let testSize: Int?

  package init(folds: Int, gap: Int = 0, maximumTrainSize: Int? = nil, testSize: Int? = nil) {
    self.folds = folds
    self.gap = gap
    self.maximumTrainSize = maximumTrainSize
    self.testSize = testSize
  }

  /// - Parameter rows: how many there are, in the order of time.
  /// - Throws: ``Failure`` when they are too few for the folds and the gap.
  package func split(rows: Int) throws -> [Fold] {
    guard folds >= 2 else {
      throw Failure(.invalid, "cross-validation needs at least 2 folds, not \(folds)")
    }
    guard folds < rows else {
      throw Failure(
        .invalid, "\(folds) folds in time cannot be made of \(counted(rows, "row"))",
        hint: rows > 2 ? "ask for at most \(rows - 1)" : nil)
    }
    let size = testSize ?? rows / (folds + 1)
    let (tested, overflow) = size.multipliedReportingOverflow(by: folds)
    guard !overflow, gap >= 0, size > 0, tested < rows, gap < rows - tested else {
      throw Failure(
        .invalid,
        "no row is left to learn from: \(counted(rows, "row")), \(folds) test parts of \(size), a gap of \(gap)",
        hint: "ask for fewer folds or a smaller `gap`")
    }
    return (0..<folds).map { fold in
      let start = rows - (folds - fold) * size
      let end = start - gap
      let begin = maximumTrainSize.map { max(0, end - $0) } ?? 0
      return Fold(train: Array(begin..<end), test: Array(start..<(start + size)))
    }
  }
}
