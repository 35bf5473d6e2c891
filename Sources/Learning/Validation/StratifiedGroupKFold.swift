import Compute
import Platform

/// Folds of whole groups whose classes are as evenly spread as groups allow; scikit-learn's
/// `StratifiedGroupKFold`.
///
/// Groups are placed one by one, those with the most uneven classes first, each where it leaves the
/// smallest mean deviation of the classes' shares among the folds.
package struct StratifiedGroupKFold: Sendable, Hashable {
  package let folds: Int
  /// Decides the order of groups that are equally uneven; nil leaves them as they stand.
  package let seed: UInt64?

  package init(folds: Int, seed: UInt64? = nil) {
    self.folds = folds
    self.seed = seed
  }

  /// - Parameters:
  ///   - labels: the class of each row, from 0.
  ///   - groups: the group of each row; numbers from 0 up to `groupCount`, each with a row.
  /// - Throws: ``Failure`` when there are fewer groups than folds, or no class has as many rows.
  package func split(labels: [Int32], groups: [Int], groupCount: Int) throws -> [Fold] {
    precondition(labels.count == groups.count, "a group for each row")
    try Failure.checkFolds(folds, against: groupCount, "group")
    let classes = Set(labels).sorted()
    let places = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
    var counts = [[Double]](
      repeating: [Double](repeating: 0, count: classes.count), count: groupCount)
    for (label, group) in zip(labels, groups) { counts[group][places[label] ?? 0] += 1 }
    var totals = [Double](repeating: 0, count: classes.count)
    for group in counts { for index in totals.indices { totals[index] += group[index] } }
    try StratifiedKFold.check(folds, totals.map { Int($0) })

    var order = Array(0..<groupCount)
    if let seed {
      var stream = RandomStream(seed: seed, purpose: "stratified group folds")
      stream.shuffle(&order)
    }
    let rank = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    let deviations = counts.map { Self.deviation($0) }
    order.sort {
      deviations[$0] != deviations[$1]
        ? deviations[$0] > deviations[$1] : rank[$0, default: 0] < rank[$1, default: 0]
    }
    var filled = [[Double]](
      repeating: [Double](repeating: 0, count: classes.count), count: folds)
    var numbers = [Int](repeating: 0, count: groupCount)
    for group in order {
      let fold = bestFold(filled, totals, counts[group])
      for index in totals.indices { filled[fold][index] += counts[group][index] }
      numbers[group] = fold
    }
    return Fold.all(groups.map { numbers[$0] }, count: folds)
  }

  private func bestFold(_ filled: [[Double]], _ totals: [Double], _ group: [Double]) -> Int {
    var (best, least, fewest) = (0, Double.infinity, Double.infinity)
    for fold in filled.indices {
      var sum = 0.0
      for index in totals.indices {
        sum += Self.deviation(
          filled.indices.map {
            (filled[$0][index] + ($0 == fold ? group[index] : 0)) / totals[index]
          })
      }
      let mean = sum / Double(totals.count)
      let rows = filled[fold].reduce(0, +)
      // As `numpy.isclose`: of folds that are equally good but for rounding, the emptiest.
      let isClose = abs(mean - least) <= 1e-8 + 1e-5 * abs(least)
      if mean < least || (isClose && rows < fewest) { (best, least, fewest) = (fold, mean, rows) }
    }
    return best
  }

  /// The standard deviation of all values, not of a sample.
  private static func deviation(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(values.count)).squareRoot()
  }
}
