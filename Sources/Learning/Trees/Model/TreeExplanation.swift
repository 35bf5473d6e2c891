import Compute
import Platform

/// Shares of a prediction that each feature has: exact path-dependent TreeSHAP values.
///
/// S. Lundberg, G. Erion, S.-I. Lee, "Consistent Individualized Feature Attribution for Tree
/// Ensembles", 2018, algorithm 2: O(trees · leaves · depth²) a row. Covers are the trees' own
/// (sums of second derivatives for XGBoost, rows for LightGBM), as in the libraries.
package struct TreeExplanation {
  private let model: BoostedModel
  private let expected: [[Double]]

  /// - Throws: ``Failure`` when a tree is broken, or has no covers to explain it with.
  package init(_ model: BoostedModel) throws {
    for tree in model.trees {
      try tree.check(featureCount: model.features.count)
      // The walk goes down by calling itself, and costs the square of the depth.
      guard tree.depth <= 1000 else {
        throw Failure(.unsupported, "a tree of \(tree.depth) levels cannot be explained")
      }
    }
    self.model = model
    expected = try model.trees.map { try Self.expectedValues($0, flavour: model.flavour) }
  }

  /// The shares of a row, for each output one of each feature and the expected margin last; they
  /// add up to the row's margin.
  ///
  /// - Returns: `outputs * (features + 1)` numbers a row.
  package func shares(_ matrix: FeatureMatrix, on pool: WorkerPool) throws -> [Double] {
    let width = model.features.count
    guard matrix.featureCount == width else {
      throw Failure(
        .invalid, "the data has \(matrix.featureCount) features, the model needs \(width)")
    }
    let size = model.outputs * (width + 1)
    let result = Memory<Double>(count: matrix.rowCount * size, filledWith: 0)
    let block = 16
    pool.parallelFor(blocks: (matrix.rowCount + block - 1) / block) { index in
      for row in (index * block)..<min(matrix.rowCount, (index + 1) * block) {
        explain(matrix, row, result.base + row * size)
      }
    }
    return Array(UnsafeBufferPointer(start: result.base, count: matrix.rowCount * size))
  }

  private func explain(_ matrix: FeatureMatrix, _ row: Int, _ shares: UnsafeMutablePointer<Double>)
  {
    let width = model.features.count
    let cells = (0..<width).map { feature in
      let x = matrix[row, feature]
      return model.flavour == .xgboost ? Double(Float(x)) : x
    }
    let divisor = model.averagesRounds ? Double(max(1, model.roundCount)) : 1
    for output in 0..<model.outputs {
      shares[output * (width + 1) + width] = model.baseMargins[output]
    }
    for (index, tree) in model.trees.enumerated() {
      let weight =
        (model.treeWeights.indices.contains(index) ? model.treeWeights[index] : 1) / divisor
      let place = shares + model.treeOutput[index] * (width + 1)
      place[width] += expected[index][0] * weight
      guard tree.nodeCount > 1 else { continue }
      var path = ShapPath(
        tree: tree,
        goesLeft: { node in
          tree.goesLeft(node, cells[Int(tree.feature[node])], flavour: model.flavour)
        },
        cover: { Self.cover(tree, $0, model.flavour) })
      path.walk { feature, share in place[feature] += share * weight }
    }
  }

  static func cover(_ tree: DecisionTree, _ node: Int, _ flavour: TreeFlavour) -> Double {
    flavour == .lightgbm && tree.count[node] > 0 ? Double(tree.count[node]) : tree.cover[node]
  }

  /// The mean of the leaves below each node, weighed by cover.
  private static func expectedValues(_ tree: DecisionTree, flavour: TreeFlavour) throws -> [Double]
  {
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
    return values
  }
}
