import Platform

extension TreeEnsembleGraph {
  /// Adds a tree of a forest, with its share of the answer for every row of floats.
  ///
  /// Thresholds are rounded down, so that only a cell that is not a float can fall on the other side.
  ///
  /// - Throws: ``Failure`` with code `.unsupported` for what no float can hold.
  mutating func add(_ tree: ForestTree, number: Int, of forest: Forest) throws {
    var next = tree.nodes.count
    for (index, node) in tree.nodes.enumerated() {
      guard !node.isLeaf else {
        let weights = try Self.weights(tree, leaf: Int(node.right), of: forest)
        addLeaf(tree: number, node: index, weights, rate: 0)
        continue
      }
      let (left, right) = (index + 1, Int(node.right))
      guard !node.isCategorical else {
        let choice = Choice(
          feature: Int32(node.feature), categories: Array(tree.categories(ofSet: node.set)),
          listed: left, others: right, missingIsListed: node.missingLeft)
        try add(tree: number, node: index, choice, rate: 0, next: &next)
        continue
      }
      let branch = Branch(
        feature: Int32(node.feature), mode: .atMost, value: Self.floor(node.threshold),
        isTrue: left, isFalse: right, missingIsTrue: node.missingLeft)
      add(tree: number, node: index, branch, rate: 0)
    }
  }

  /// What a leaf adds to each output, zeros too: runtimes take two classes of which one never stands
  /// for something else.
  private static func weights(
    _ tree: ForestTree, leaf: Int, of forest: Forest
  ) throws -> [(output: Int, weight: Float)] {
    var weights = (0..<forest.outputs).map { (output: $0, weight: Float(0)) }
    for entry in tree.entries(ofLeaf: leaf) {
      let value = tree.leafValues[entry]
      let weight = Float(value / Double(forest.trees.count))
      guard weight.isFinite else {
        throw Failure(.unsupported, "a leaf of \(value) is too large for ONNX's floats")
      }
      weights[Int(tree.leafLabels[entry])].weight = weight
    }
    return weights
  }
}
