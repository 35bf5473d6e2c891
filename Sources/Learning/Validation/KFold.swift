import Compute
import Platform

/// Folds whose sizes differ by at most one row; scikit-learn's `KFold`.
package struct KFold: Sendable, Hashable {
  package let folds: Int
  /// Decides the order in which rows are dealt out; nil leaves them in blocks, as they stand.
  package let seed: UInt64?

  package init(folds: Int, seed: UInt64? = nil) {
    self.folds = folds
    self.seed = seed
  }

  /// - Throws: ``Failure`` when there are fewer rows than folds, or fewer than two folds.
  package func split(rows: Int) throws -> [Fold] {
    try Failure.checkFolds(folds, against: rows, "row")
    var order = Array(0..<rows)
    if let seed {
      var stream = RandomStream(seed: seed, purpose: "folds")
      stream.shuffle(&order)
    }
    var numbers = [Int](repeating: 0, count: rows)
    var start = 0
    for fold in 0..<folds {
      let end = start + rows / folds + (fold < rows % folds ? 1 : 0)
      for place in start..<end { numbers[order[place]] = fold }
      start = end
    }
    return Fold.all(numbers, count: folds)
  }
}

extension Failure {
  static func checkFolds(_ folds: Int, against count: Int, _ noun: String) throws {
    guard folds >= 2 else {
      throw Failure(.invalid, "cross-validation needs at least 2 folds, not \(folds)")
    }
    guard folds <= count else {
      throw Failure(
        .invalid, "\(folds) folds cannot be made of \(counted(count, noun))",
        hint: count >= 2 ? "ask for at most \(count)" : nil)
    }
  }
}
