import Compute
import Platform

/// Folds that have every class in the same proportion, to within a row; scikit-learn's
/// `StratifiedKFold`.
package struct StratifiedKFold: Sendable, Hashable {
  package let folds: Int
  /// Decides which rows of a class go to which fold; nil leaves them in blocks, as they stand.
  package let seed: UInt64?

  package init(folds: Int, seed: UInt64? = nil) {
    self.folds = folds
    self.seed = seed
  }

  /// - Parameter labels: the class of each row, from 0.
  /// - Throws: ``Failure`` when no class has as many rows as there are folds, or fewer than two
  ///   folds are asked for.
  package func split(labels: [Int32]) throws -> [Fold] {
    try Failure.checkFolds(folds, against: labels.count, "row")
    let members = Self.byAppearance(labels)
    try Self.check(folds, members.map(\.count))
    var numbers = [Int](repeating: 0, count: labels.count)
    var start = 0
    for (index, rows) in members.enumerated() {
      // As if all rows, in the order of their classes, were dealt out one by one: a class begins
      // where the one before it ended, so that what is left over is spread over the folds.
      var shares = [Int](repeating: 0, count: folds)
      for place in start..<(start + rows.count) { shares[place % folds] += 1 }
      start += rows.count
      var dealt = shares.indices.flatMap { [Int](repeating: $0, count: shares[$0]) }
      if let seed {
        var stream = RandomStream(seed: seed, purpose: "stratified folds", index: UInt64(index))
        stream.shuffle(&dealt)
      }
      for (row, fold) in zip(rows, dealt) { numbers[row] = fold }
    }
    return Fold.all(numbers, count: folds)
  }

  /// The rows of each class that occurs, in the order in which classes appear.
  private static func byAppearance(_ labels: [Int32]) -> [[Int]] {
    var places: [Int32: Int] = [:]
    var members: [[Int]] = []
    for (row, label) in labels.enumerated() {
      if let place = places[label] {
        members[place].append(row)
      } else {
        places[label] = members.count
        members.append([row])
      }
    }
    return members
  }

  static func check(_ folds: Int, _ counts: [Int]) throws {
    let most = counts.max() ?? 0
    guard most < folds else { return }
    throw Failure(
      .invalid, "\(folds) folds, and no class has more than \(counted(most, "row"))",
      hint: most >= 2 ? "ask for at most \(most), or say `kind: kfold`" : "say `kind: kfold`")
  }
}
