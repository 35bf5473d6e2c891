import Formats
import Platform

extension ModelSupplement {
  /// Among an ONNX model's metadata: whose rules the trees followed, and their objective.
  static let flavourKey = "reprise.flavour"
  static let objectiveKey = "reprise.objective"

  /// What ONNX has no place for, as metadata of the file.
  static func metadata(of model: BoostedModel) -> [ONNXModel.Entry] {
    var supplement = ModelSupplement()
    supplement.classes = model.classes
    supplement.features = model.features
    supplement.baseMargins = model.baseMargins
    supplement.bestRound = model.bestRound
    supplement.bestScore = model.bestScore
    supplement.attributes = model.attributes
    supplement.objectiveParameters = model.objectiveParameters
    return [
      ONNXModel.Entry(flavourKey, model.flavour.rawValue),
      ONNXModel.Entry(objectiveKey, model.objective),
      ONNXModel.Entry(attribute, supplement.text ?? "{}"),
    ]
  }

  /// Adds what a file's metadata says to the model that its graph is.
  ///
  /// The graph decides: what does not fit it is left alone.
  static func apply(_ file: ONNXModel, to model: inout BoostedModel) throws {
    if let objective = file.metadata(objectiveKey) {
      let meant =
        model.flavour == .xgboost
        ? try? XGBoostObjective(objective).transform : try? LightGBMObjective(objective).transform
      if meant == model.transform { model.objective = objective }
    }
    guard let text = file.metadata(attribute) else { return }
    let supplement = try ModelSupplement(parsing: text)
    if let features = supplement.features, features.count == model.features.count {
      let isNamed = file.graph.inputs.count > 1
      if !isNamed || features.map(\.name) == model.features.map(\.name) {
        model.features = features
      }
    }
    let count = max(2, model.outputs)
    if supplement.classes.count == count { model.classes = supplement.classes }
    // The file's own are floats.
    if let margins = supplement.baseMargins,
      margins.map({ Float($0) }) == model.baseMargins.map({ Float($0) })
    {
      model.baseMargins = margins
    }
    model.bestRound = supplement.bestRound
    model.bestScore = supplement.bestScore
    model.attributes.merge(supplement.attributes) { $1 }
    model.objectiveParameters.merge(supplement.objectiveParameters) { $1 }
  }
}
