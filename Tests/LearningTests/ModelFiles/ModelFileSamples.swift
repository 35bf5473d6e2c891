import Compute
import Formats
import Platform
import Testing

@testable import Learning

/// Models to write and read.
enum ModelFileSamples {
  /// Numbers with holes, and a column of categories with names.
  static func mixed(rows: Int) throws -> TrainingSet {
    let numbers = try TreeSamples.binary(rows: rows, missing: 0.1)
    var stream = RandomStream(seed: 5, purpose: "model files")
    var columns = (0..<numbers.matrix.featureCount).map { feature in
      (0..<rows).map { numbers.matrix[$0, feature] }
    }
    columns[3] = (0..<rows).map { _ in
      stream.unit() < 0.1 ? .nan : Double(stream.integer(below: 7))
    }
    var features = numbers.matrix.features
    features[1].name = "a name = two"
    features[3] = ModelFeature(
      name: "kind", kind: .categorical, categories: ["a", "b", "c", "d", "é", "f", "g"])
    var labels = numbers.labels
    for row in 0..<rows where columns[3][row].truncatingRemainder(dividingBy: 2) == 1 {
      labels[row] = 1
    }
    return TrainingSet(try FeatureMatrix(columns: columns, features: features), labels: labels)
  }

  static func trained(
    _ flavour: TreeFlavour, _ change: (inout BoostingOptions) -> Void = { _ in }
  ) throws -> BoostedModel {
    var options = TreeSamples.options(flavour, .logistic, rounds: 6)
    change(&options)
    var model = try TreeSamples.train(mixed(rows: 200), options)
    model.classes = ["no", "ja = é"]
    model.bestRound = 3
    model.bestScore = 0.1
    model.attributes = ["note": "made here"]
    return model
  }

  static func variants(_ flavour: TreeFlavour) throws -> [(name: String, model: BoostedModel)] {
    [
      ("plain", try trained(flavour)),
      (
        "dart",
        try trained(flavour) {
          $0.dropout = Dropout(flavour)
          $0.dropout?.rate = 0.5
          $0.dropout?.skip = 0
        }
      ),
      (
        "parallel",
        try trained(flavour) { ($0.parallelTrees, $0.sampling.share) = (3, 0.6) }
      ),
      (
        "classes",
        try TreeSamples.train(
          TreeSamples.classes(rows: 150),
          TreeSamples.options(flavour, .softmax(classes: 3), rounds: 3))
      ),
      (
        "quantile",
        try TreeSamples.train(
          TreeSamples.regression(rows: 150), TreeSamples.options(flavour, .quantile(0.8)))
      ),
    ]
  }

  /// Two splits, by a number and by categories; a file of XGBoost 1.x.
  static let oldXGBoost = ModelFileTexts.oldXGBoost

  /// The same splits of LightGBM: its categories go left.
  static let lightGBM = ModelFileTexts.lightGBM

  static func parse(_ text: String) throws -> BoostedModel {
    try BoostedModel(parsing: Array(text.utf8))
  }

  /// The margin of one row.
  static func margin(_ model: BoostedModel, _ cells: Double...) throws -> Double {
    try BatchPredictor(model).margins(
      FeatureMatrix(columns: cells.map { [$0] }, features: model.features),
      on: WorkerPool(threads: 1))[0]
  }
}

extension TreeFlavour {
  /// The formats of its own library.
  var formats: [ModelFormat] { ModelFormat.allCases.filter { $0.flavour == self } }
}
