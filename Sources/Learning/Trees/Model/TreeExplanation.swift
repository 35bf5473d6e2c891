import Compute
import Platform

/// Shares of a prediction that each feature has: exact path-dependent TreeSHAP values.
///
/// S. Lundberg, G. Erion, S.-I. Lee, "Consistent Individualized Feature Attribution for Tree
/// Ensembles", 2018, by way of ``ShapWalk``: O(trees · leaves · depth) a row. Covers are the trees' own
/// (sums of second derivatives for XGBoost, rows for LightGBM), as in the libraries.
package struct TreeExplanation {
  private let model: BoostedModel
  private let expected: [Double]
  private let plan: ShapPlan

  /// - Throws: ``Failure`` when a tree is broken, or has no covers to explain it with.
  package init(_ model: BoostedModel) throws {
    for tree in model.trees {
      try tree.check(featureCount: model.features.count)
    }
    plan = try ShapPlan(
      depths: model.trees.map(\.depth), features: model.features.count, outputs: 1)
    self.model = model
    expected = try model.trees.map { try Self.expectedValue($0, flavour: model.flavour) }
  }

  /// The shares of a row, for each output one of each feature and the expected margin last; they
  /// add up to the row's margin.
  ///
  /// - Parameter rows: the rows to explain; nil for all.
  /// - Returns: `outputs * (features + 1)` numbers a row.
  package func shares(
    _ matrix: FeatureMatrix, rows: Range<Int>? = nil, on pool: WorkerPool
  ) throws -> [Double] {
    let features = model.features.count
    return try ShareMatrix(matrix, rows: rows, features: features, outputs: model.outputs).filled(
      plan, on: pool
    ) { cells, walk, shares in
      explain(model.flavour == .xgboost ? cells.map { Double(Float($0)) } : cells, walk, shares)
    }
  }

  private func explain(
    _ cells: [Double], _ walk: ShapWalk, _ shares: UnsafeMutablePointer<Double>
  ) {
    let width = model.features.count
    let divisor = model.averagesRounds ? Double(max(1, model.roundCount)) : 1
    for output in 0..<model.outputs {
      shares[output * (width + 1) + width] = model.baseMargins[output]
    }
    for (index, tree) in model.trees.enumerated() {
      let weight =
        (model.treeWeights.indices.contains(index) ? model.treeWeights[index] : 1) / divisor
      let place = shares + model.treeOutput[index] * (width + 1)
      place[width] += expected[index] * weight
      guard tree.nodeCount > 1 else { continue }
      walk.walk(
        Walked(tree: tree, flavour: model.flavour, cells: cells, weight: weight),
        plan.quadratures[index], to: place)
    }
  }

  private struct Walked: ShapTree {
    let tree: DecisionTree
    let flavour: TreeFlavour
    let cells: [Double]
    let weight: Double

    func isLeaf(_ node: Int) -> Bool { tree.isLeaf(node) }
    func children(of node: Int) -> (left: Int, right: Int) {
      (Int(tree.left[node]), Int(tree.right[node]))
    }
    func feature(of node: Int) -> Int { Int(tree.feature[node]) }
    func goesLeft(_ node: Int) -> Bool {
      tree.goesLeft(node, cells[Int(tree.feature[node])], flavour: flavour)
    }
    func cover(_ node: Int) -> Double { TreeExplanation.cover(tree, node, flavour) }
    func addLeaf(_ node: Int, _ add: (_ output: Int, _ value: Double) -> Void) {
      add(0, tree.value[node] * weight)
    }
  }

  static func cover(_ tree: DecisionTree, _ node: Int, _ flavour: TreeFlavour) -> Double {
    flavour == .lightgbm && tree.count[node] > 0 ? Double(tree.count[node]) : tree.cover[node]
  }

  /// The mean of a tree's leaves, weighed by cover.
  private static func expectedValue(_ tree: DecisionTree, flavour: TreeFlavour) throws -> Double {
    var values = tree.value
    var order = [0]
    var read = 0
    while read < order.count {
      let node = order[read]
      read += 1
      if !tree.isLeaf(node) { order += [Int(tree.left[node]), Int(tree.right[node])] }
    }
    for node in order.reversed() where !tree.isLeaf(node) {
      let (left, right) = (Int(tree.left[node]), Int(tree.right[node]))
      let (a, b) = (cover(tree, left, flavour), cover(tree, right, flavour))
      guard a + b > 0 else {
        throw Failure(
          .unsupported, "the model's trees do not say how many rows they saw",
          hint: "such a model cannot be explained; train it again")
      }
      values[node] = (values[left] * a + values[right] * b) / (a + b)
    }
    return values[0]
  }
}
