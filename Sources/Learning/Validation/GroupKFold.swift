import Compute
import Platform

/// Folds of whole groups: rows of one group are never on both sides; scikit-learn's `GroupKFold`.
package struct GroupKFold: Sendable, Hashable {
  package let folds: Int
  /// Decides how groups are dealt out, as many to each fold; nil gives the largest groups first, each
  /// to the fold that has the fewest rows.
  package let seed: UInt64?

  package init(folds: Int, seed: UInt64? = nil) {
    self.folds = folds
    self.seed = seed
  }

  /// - Parameters:
  ///   - groups: the group of each row.
  ///   - groupCount: groups are numbers from 0 up to it, and each has a row.
  /// - Throws: ``Failure`` when there are fewer groups than folds, or fewer than two folds.
  package func split(groups: [Int], groupCount: Int) throws -> [Fold] {
    try Failure.checkFolds(folds, against: groupCount, "group")
    let numbers = seed.map { dealt(groupCount, $0) } ?? balanced(groups, groupCount)
    return Fold.all(groups.map { numbers[$0] }, count: folds)
  }

  private func dealt(_ groupCount: Int, _ seed: UInt64) -> [Int] {
    var order = Array(0..<groupCount)
    var stream = RandomStream(seed: seed, purpose: "group folds")
    stream.shuffle(&order)
    var numbers = [Int](repeating: 0, count: groupCount)
    var start = 0
    for fold in 0..<folds {
      let end = start + groupCount / folds + (fold < groupCount % folds ? 1 : 0)
      for place in start..<end { numbers[order[place]] = fold }
      start = end
    }
    return numbers
  }

  private func balanced(_ groups: [Int], _ groupCount: Int) -> [Int] {
    let sizes = groups.reduce(into: [Int](repeating: 0, count: groupCount)) { $0[$1] += 1 }
    // Of equal groups the last comes first, as scikit-learn, which turns an ascending order around.
    let order = sizes.indices.sorted { sizes[$0] != sizes[$1] ? sizes[$0] > sizes[$1] : $0 > $1 }
    var filled = [Int](repeating: 0, count: folds)
    var numbers = [Int](repeating: 0, count: groupCount)
    for group in order {
      var lightest = 0
      for fold in 1..<folds where filled[fold] < filled[lightest] { lightest = fold }
      filled[lightest] += sizes[group]
      numbers[group] = lightest
    }
    return numbers
  }
}
