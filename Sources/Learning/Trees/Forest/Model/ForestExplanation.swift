import Compute

/// Shares of a forest's answers that each feature has: exact path-dependent TreeSHAP values, as
/// ``TreeExplanation`` has them of boosted trees.
///
/// Covers are what the training rows in the leaves weigh, draws counted (scikit-learn's
/// `weighted_n_node_samples`).
package struct ForestExplanation {
  private let forest: Forest
  /// Of each tree.
  private let covers: [[Double]]
  /// The mean answer for each output, of the rows as the trees drew them.
  private let expected: [Double]
  private let plan: ShapPlan

  /// - Throws: ``Failure`` for a tree that is too deep.
  package init(_ forest: Forest) throws {
    plan = try ShapPlan(
      depths: forest.trees.map(\.depth), features: forest.features.count, outputs: forest.outputs)
    self.forest = forest
    covers = forest.trees.map(\.covers)
    var expected = [Double](repeating: 0, count: forest.outputs)
    for (tree, covers) in zip(forest.trees, covers) {
      for leaf in 0..<tree.leafCount {
        // The share first: weights may be large, and so may numbers.
        let share = tree.leafWeights[leaf] / covers[0]
        for entry in tree.entries(ofLeaf: leaf) {
          expected[Int(tree.leafLabels[entry])] += tree.leafValues[entry] * share
        }
      }
    }
    self.expected = expected.map { $0 / Double(max(1, forest.trees.count)) }
  }

  /// The shares of a row, for each output one of each feature and the mean answer last; they add up
  /// to ``Forest/predictions(_:on:)``.
  ///
  /// - Parameter rows: the rows to explain; nil for all.
  /// - Returns: `outputs * (features + 1)` numbers a row.
  package func shares(
    _ matrix: FeatureMatrix, rows: Range<Int>? = nil, on pool: WorkerPool
  ) throws -> [Double] {
    try ShareMatrix(matrix, rows: rows, features: forest.features.count, outputs: forest.outputs)
      .filled(plan, on: pool) { cells, walk, shares in explain(cells, walk, shares) }
  }

  private func explain(
    _ cells: [Double], _ walk: ShapWalk, _ shares: UnsafeMutablePointer<Double>
  ) {
    let width = forest.features.count + 1
    for (index, tree) in forest.trees.enumerated() where tree.nodes.count > 1 {
      walk.walk(
        Walked(tree: tree, covers: covers[index], cells: cells), plan.quadratures[index],
        to: shares)
    }
    let divisor = Double(max(1, forest.trees.count))
    for output in 0..<forest.outputs {
      for feature in 0..<(width - 1) { shares[output * width + feature] /= divisor }
      shares[output * width + width - 1] = expected[output]
    }
  }

  private struct Walked: ShapTree {
    let tree: ForestTree
    let covers: [Double]
    let cells: [Double]

    func isLeaf(_ node: Int) -> Bool { tree.nodes[node].isLeaf }
    func children(of node: Int) -> (left: Int, right: Int) {
      (node + 1, Int(tree.nodes[node].right))
    }
    func feature(of node: Int) -> Int { tree.nodes[node].feature }
    func goesLeft(_ node: Int) -> Bool {
      tree.goesLeft(tree.nodes[node], cells[tree.nodes[node].feature])
    }
    func cover(_ node: Int) -> Double { covers[node] }
    func addLeaf(_ node: Int, _ add: (_ output: Int, _ value: Double) -> Void) {
      for entry in tree.entries(ofLeaf: Int(tree.nodes[node].right)) {
        add(Int(tree.leafLabels[entry]), tree.leafValues[entry])
      }
    }
  }
}
