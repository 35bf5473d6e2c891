import Compute
import Testing

@testable import Learning

@Suite("Predicting and explaining with trees") struct ExplanationTests {
  private let pool = WorkerPool(threads: 2)

  @Test("many rows at once are predicted as one row is, step by step", arguments: flavours)
  func batches(flavour: TreeFlavour) throws {
    for missing in [0, 0.2] {
      let set = try TreeSamples.classes(rows: 203)
      var training = try TreeSamples.regression(rows: 203, missing: missing)
      training.labels = set.labels
      let model = try TreeSamples.train(
        training, TreeSamples.options(flavour, .softmax(classes: 3)))
      let margins = try BatchPredictor(model).margins(training.matrix, on: pool)
      for row in 0..<203 {
        var expected = model.baseMargins
        for (tree, output) in zip(model.trees, model.treeOutput) {
          let leaf = tree.leaf(of: { training.matrix[row, $0] }, flavour: flavour)
          expected[output] += tree.value[leaf]
        }
        for output in 0..<3 {
          #expect(abs(margins[row * 3 + output] - expected[output]) < 1e-12)
        }
      }
    }
  }

  @Test("shares of features add up to the margin", arguments: flavours)
  func additivity(flavour: TreeFlavour) throws {
    let set = try TreeSamples.binary(rows: 200, missing: 0.1)
    let model = try TreeSamples.train(set, TreeSamples.options(flavour, .logistic))
    let shares = try TreeExplanation(model).shares(set.matrix, on: pool)
    let margins = try BatchPredictor(model).margins(set.matrix, on: pool)
    for row in 0..<200 {
      let sum = shares[(row * 6)..<(row * 6 + 6)].reduce(0, +)
      #expect(abs(sum - margins[row]) < 1e-9)
    }
    #expect(shares.contains { abs($0) > 0.1 })
  }

  @Test("shares are Shapley values: a small tree by hand")
  func shapley() throws {
    // x0 < 0 ? (x1 < 0 ? 1 : 2) : 4, with 4, 2, 2, 4 rows.
    var tree = DecisionTree(leaf: 0)
    for parent in [0, 0, 1, 1] { _ = tree.appendLeaf(parent: parent) }
    (tree.left[0], tree.right[0], tree.feature[0]) = (1, 2, 0)
    (tree.left[1], tree.right[1], tree.feature[1]) = (3, 4, 1)
    tree.cover = [8, 4, 4, 2, 2]
    tree.value = [0, 0, 4, 1, 2]
    var model = BoostedModel(
      flavour: .xgboost, objective: "reg:squarederror", outputs: 1,
      features: [ModelFeature(name: "a"), ModelFeature(name: "b")])
    model.appendRound([(tree, 0)])
    let row = try FeatureMatrix(columns: [[-1], [-1]], features: model.features)
    let shares = try TreeExplanation(model).shares(row, on: pool)
    // Expected: none 2.75, only a 1.5, only b 2.5, both 1.
    #expect(shares == [(-1.25 - 1.5) / 2, (-0.25 - 0.5) / 2, 2.75])
  }

  @Test("a quadrature is exact for polynomials", arguments: [1, 2, 3, 8, 9, 31, 32, 100, 1000])
  func quadrature(features: Int) {
    let quadrature = ShapQuadrature(features: features)
    let lanes = 0..<(4 * quadrature.vectors)
    let places = lanes.map { quadrature.places.base[$0 / 4][$0 % 4] }
    let weights = lanes.map { quadrature.weights.base[$0 / 4][$0 % 4] }
    for degree in Set([0, 1, features / 2, features - 1]) {
      // ∫ t^n and ∫ (1 - t)^n are 1 / (n + 1).
      var (sum, other) = (0.0, 0.0)
      for (place, weight) in zip(places, weights) {
        var (power, otherPower) = (weight, weight)
        for _ in 0..<degree {
          power *= place
          otherPower *= 1 - place
        }
        sum += power
        other += otherPower
      }
      let exact = 1 / Double(degree + 1)
      #expect((sum / exact - 1).magnitude < 1e-12 && (other / exact - 1).magnitude < 1e-12)
    }
    let inside = zip(places, weights).filter { $1 != 0 }
    #expect(inside.count == (features + 1) / 2)
    #expect(inside.allSatisfy { $0 > 0 && $0 < 1 && $1 > 0 })
  }

  @Test("importances count what the trees did")
  func importances() throws {
    let set = try TreeSamples.regression(rows: 300)
    let model = try TreeSamples.train(set, TreeSamples.options(.xgboost))
    let splits = model.trees.reduce(0) { $0 + $1.nodeCount - $1.leafCount }
    #expect(model.importances(.weight).reduce(0, +) == Double(splits))
    let gain = model.importances(.totalGain)
    #expect(gain[0] > gain[3] && gain[1] > gain[3])
  }

  @Test("broken trees are refused")
  func broken() throws {
    var tree = DecisionTree(leaf: 1)
    _ = tree.appendLeaf(parent: 0)
    _ = tree.appendLeaf(parent: 0)
    (tree.left[0], tree.right[0], tree.feature[0]) = (1, 2, 0)
    try tree.check(featureCount: 1)
    var cyclic = tree
    cyclic.left[0] = 0
    var outside = tree
    outside.right[0] = 9
    var unknown = tree
    unknown.feature[0] = 5
    for bad in [cyclic, outside, unknown] {
      #expect(throws: (any Error).self) { try bad.check(featureCount: 1) }
    }
  }
}
