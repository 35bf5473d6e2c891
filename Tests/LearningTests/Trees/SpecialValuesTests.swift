import Compute
import Platform
import Testing

@testable import Learning

@Suite("Missing values and categories in trees") struct SpecialValuesTests {
  private let pool = WorkerPool(threads: 1)

  @Test("rows with missing values go the way that was learnt", arguments: flavours)
  func missing(flavour: TreeFlavour) throws {
    // Missing values have the labels of high values.
    var (cells, labels): ([Double], [Float]) = ([], [])
    for row in 0..<300 {
      let isMissing = row % 3 == 0
      let x = Double(row % 50)
      cells.append(isMissing ? .nan : x)
      labels.append(isMissing || x > 25 ? 1 : 0)
    }
    let set = TrainingSet(
      try FeatureMatrix(columns: [cells], features: [ModelFeature(name: "x")]), labels: labels)
    var options = TreeSamples.options(flavour, rounds: 1)
    options.learningRate = 1
    options.lambda = 0
    let model = try TreeSamples.train(set, options)
    let tree = model.trees[0]
    #expect(tree.nodeCount == 3)
    #expect(!tree.defaultLeft[0])
    #expect(tree.missing[0] == .nan)
    let margins = try BatchPredictor(model).margins(set.matrix, on: pool)
    #expect(zip(margins, labels).allSatisfy { abs($0 - Double($1)) < 1e-5 })
  }

  @Test("values against missing ones are a split", arguments: flavours)
  func missingAlone(flavour: TreeFlavour) throws {
    let cells = (0..<100).map { $0 % 2 == 0 ? .nan : Double($0 % 5) }
    let labels = (0..<100).map { Float($0 % 2) }
    let set = TrainingSet(
      try FeatureMatrix(columns: [cells], features: [ModelFeature(name: "x")]), labels: labels)
    var options = TreeSamples.options(flavour, rounds: 1)
    options.learningRate = 1
    options.lambda = 0
    let model = try TreeSamples.train(set, options)
    let margins = try BatchPredictor(model).margins(set.matrix, on: pool)
    #expect(zip(margins, labels).allSatisfy { abs($0 - Double($1)) < 1e-5 })
  }

  @Test("categories are told apart", arguments: flavours, [3, 20])
  func categories(flavour: TreeFlavour, count: Int) throws {
    let set = try TreeSamples.categories(rows: 1000, count: count)
    var options = TreeSamples.options(flavour, rounds: 30)
    options.minimumGroupRows = 10
    let model = try TreeSamples.train(set, options)
    let tree = model.trees[0]
    #expect(tree.feature[0] == 0)
    let listed = tree.categorySets[Int(tree.categorySet[0])]
    #expect(!listed.isEmpty && listed.count < count)
    #expect(listed == listed.sorted())
    let margins = try BatchPredictor(model).margins(set.matrix, on: pool)
    for row in 0..<1000 {
      let expected = Double(Int(set.matrix[row, 0]) % 2)
      #expect((margins[row] > 0.5) == (expected > 0.5))
    }
    // A code that training did not see is a prediction like any other.
    let unseen = try FeatureMatrix(
      columns: [[Double(count + 70), .nan, -1, 1e12], [0, 0, 0, 0]], features: set.matrix.features)
    #expect(try BatchPredictor(model).margins(unseen, on: pool).allSatisfy(\.isFinite))
  }

  @Test("a column without a value is of no use and no harm", arguments: flavours)
  func allMissing(flavour: TreeFlavour) throws {
    let base = try TreeSamples.regression(rows: 100, features: 2)
    var columns = (0..<2).map { feature in (0..<100).map { base.matrix[$0, feature] } }
    columns.append([Double](repeating: .nan, count: 100))
    let names = ["a", "b", "empty"].map { ModelFeature(name: $0) }
    let set = TrainingSet(
      try FeatureMatrix(columns: columns, features: names), labels: base.labels)
    let model = try TreeSamples.train(set, TreeSamples.options(flavour))
    #expect(model.trees[0].nodeCount > 1)
    #expect(model.trees.allSatisfy { !$0.feature.contains(2) })
  }

  @Test("nothing but useless columns gives the mean", arguments: flavours)
  func nothing(flavour: TreeFlavour) throws {
    let set = TrainingSet(
      try FeatureMatrix(
        columns: [[1, 1, 1], [.nan, .nan, .nan]],
        features: [ModelFeature(name: "same"), ModelFeature(name: "empty")]),
      labels: [1, 2, 6])
    let model = try TreeSamples.train(set, TreeSamples.options(flavour))
    let margins = try BatchPredictor(model).margins(set.matrix, on: pool)
    #expect(margins.allSatisfy { abs($0 - 3) < 1e-5 })
  }

  @Test("codes below 0 go where unlisted categories go, wherever missing ones do")
  func negativeCodes() throws {
    for flavour in TreeFlavour.allCases {
      for missingLeft in [true, false] {
        var tree = DecisionTree(leaf: 0)
        _ = (tree.appendLeaf(parent: 0), tree.appendLeaf(parent: 0))
        (tree.left[0], tree.right[0], tree.feature[0]) = (1, 2, 0)
        (tree.categorySet[0], tree.categorySets) = (0, [[0, 2]])
        (tree.defaultLeft[0], tree.value[1], tree.value[2]) = (missingLeft, 1, 2)
        var model = BoostedModel(
          flavour: flavour, objective: "", outputs: 1,
          features: [ModelFeature(name: "k", kind: .categorical)])
        model.appendRound([(tree, 0)])
        let cells = [-1, -0.5, -1e20, 1, 0]
        let margins = try BatchPredictor(model).margins(
          FeatureMatrix(columns: [cells], features: model.features), on: pool)
        // XGBoost sends the listed ones right, LightGBM left.
        let unlisted = flavour == .xgboost ? 1.0 : 2.0
        #expect(margins == [unlisted, unlisted, unlisted, unlisted, 3 - unlisted])
        for (cell, margin) in zip(cells, margins) {
          #expect(tree.goesLeft(0, cell, flavour: flavour) == (margin == 1))
        }
      }
    }
  }
}
