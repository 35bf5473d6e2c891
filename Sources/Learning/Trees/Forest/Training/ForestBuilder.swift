import Compute
import Platform

/// Grows a forest, some trees at a time.
///
/// Each tree is grown on one thread from the seed and its own number; what the trees say is added up
/// in their order. The forest is the same for any number of threads.
package final class ForestBuilder {
  package let options: ForestOptions
  private let set: ForestSet
  private let data: ForestData
  private let pool: WorkerPool
  private var trees: [ForestTree] = []
  /// Each tree's, normalised, added up.
  private var importances: [Double]
  private var votes: ForestVotes

  /// - Throws: ``Failure`` for labels, weights and cells that cannot be learnt from.
  package init(_ set: ForestSet, options: ForestOptions, on pool: WorkerPool) throws {
    self.set = set
    self.options = options
    self.pool = pool
    data = try ForestData(set, options, on: pool)
    importances = Array(repeating: 0, count: set.matrix.featureCount)
    votes = try ForestVotes(
      rows: set.labels.count, outputs: max(1, set.classCount), outOfBag: options.bootstrap)
  }

  package var treeCount: Int { trees.count }
  package var isFinished: Bool { trees.count >= options.trees }

  /// Grows the next trees, a few for each thread.
  package func step() {
    let first = trees.count
    let count = min(2 * pool.threads, options.trees - first)
    let finished = pool.map(count) { index in
      ForestGrower(data, tree: first + index).grow()
        .finished(data.ranks, classes: data.classCount > 0)
    }
    votes.add(finished, on: pool)
    for tree in finished {
      trees.append(tree.tree)
      let sum = tree.importances.reduce(0, +)
      guard sum > 0 else { continue }
      for feature in importances.indices { importances[feature] += tree.importances[feature] / sum }
    }
  }

  /// The forest so far.
  package func model() -> Forest {
    let sum = importances.reduce(0, +)
    return Forest(
      features: set.matrix.features, classCount: set.classCount, trees: trees,
      importances: importances.map { sum > 0 ? $0 / sum : 0 })
  }

  /// What the forest so far predicts of the rows that it learns from: a number for each class, or
  /// one, row after row.
  package func trainingPredictions() -> [Double] { votes.means(of: trees.count) }

  /// What the trees that did not learn from a row predict of it; NaN where there is none.
  ///
  /// - Returns: nil without drawing of rows.
  package func outOfBagPredictions() -> [Double]? { votes.outOfBagMeans() }
}
