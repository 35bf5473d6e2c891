@testable import Formats
@testable import Learning

extension FuzzTarget {
  /// What is read is written and read again; nothing may trap on the way.
  static let onnx = FuzzTarget(
    name: "onnx", seeds: [],
    words: [
      "TreeEnsembleClassifier", "TreeEnsembleRegressor", "ai.onnx.ml", "BRANCH_EQ", "BRANCH_LT",
      "BRANCH_LEQ", "LEAF", "SOFTMAX", "nodes_truenodeids", "class_ids", "target_weights",
      "base_values", "Exp", "reprise.model",
    ], binarySeeds: { samples }
  ) { bytes in
    if let file = try? ONNXModel(parsing: bytes) {
      let again = try? ONNXModel(parsing: file.encoded)
      require(again?.encoded == file.encoded, "a model is written twice in two ways")
    }
    guard let model = try? ONNXFile.boosted(bytes) else { return }
    _ = try BatchPredictor(model)
    let written = try model.onnx()
    _ = try ONNXFile.boosted(written)
  }

  private static var samples: [[UInt8]] {
    var tree = DecisionTree(leaf: 0)
    for parent in [0, 0, 1, 1] { _ = tree.appendLeaf(parent: parent) }
    (tree.left[0], tree.right[0], tree.feature[0], tree.threshold[0]) = (1, 2, 0, 0.5)
    (tree.left[1], tree.right[1], tree.feature[1], tree.categorySet[1]) = (3, 4, 1, 0)
    tree.categorySets = [[1, 3]]
    (tree.value[2], tree.value[3], tree.value[4]) = (0.25, -1, 2)
    return [TreeFlavour.xgboost, .lightgbm].compactMap { flavour in
      var model = BoostedModel(
        flavour: flavour, objective: flavour == .xgboost ? "binary:logistic" : "regression",
        outputs: 1,
        features: [ModelFeature(name: "x"), ModelFeature(name: "k", kind: .categorical)])
      if flavour == .xgboost { model.transform = .logistic(scale: 1) }
      model.appendRound([(tree, 0)])
      return try? model.onnx()
    }
  }
}
