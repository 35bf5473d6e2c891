import Formats
import Platform

/// Makes a model file of XGBoost 3.2: what `save_model` writes.
///
/// Numbers are floats there; what floats cannot hold is rounded. What the format has no place for
/// goes to the attribute `reprise.model` (see ``ModelSupplement``).
struct XGBoostWriter {
  private let model: BoostedModel
  private let objective: XGBoostObjective

  /// - Parameter model: of XGBoost's flavour.
  init(_ model: BoostedModel) {
    var model = model
    model.foldAveraging()
    self.model = model
    objective = XGBoostObjective(model.objective)
  }

  /// - Throws: ``Failure`` for leaves that no float can hold.
  func document() throws -> UBJSONValue {
    let scores = model.baseMargins.map { objective.baseScore(margin: $0) }
    return .object([
      .init(
        "learner",
        .object([
          .init("attributes", attributes(scores)),
          .init("feature_names", .array(featureNames.map { .string($0) })),
          .init("feature_types", .array(featureTypes.map { .string($0) })),
          .init("gradient_booster", try booster()),
          .init("learner_model_param", learnerParameters(scores)),
          .init("objective", objectiveParameters),
        ])),
      .init("version", .array([.int(3), .int(2), .int(0)])),
    ])
  }

  private var hasPlainFeatures: Bool {
    model.features.enumerated().allSatisfy { $1.name == "f\($0)" }
  }

  private var featureNames: [String] { hasPlainFeatures ? [] : model.features.map(\.name) }

  private var featureTypes: [String] {
    model.features.allSatisfy { $0.kind == .float } ? [] : model.features.map(\.kind.rawValue)
  }

  private func attributes(_ scores: [Float]) -> UBJSONValue {
    var texts = model.attributes
    if let round = model.bestRound { texts["best_iteration"] = "\(round)" }
    if let score = model.bestScore { texts["best_score"] = "\(score)" }
    var supplement = ModelSupplement()
    supplement.classes = model.classes
    let plain = model.features.map { ModelFeature(name: $0.name, kind: $0.kind) }
    if plain != model.features { supplement.features = model.features }
    let margins = scores.map { objective.margin(baseScore: $0) }
    if margins != model.baseMargins { supplement.baseMargins = model.baseMargins }
    if let note = supplement.text { texts[ModelSupplement.attribute] = note }
    return .object(texts.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) })
  }

  private func learnerParameters(_ scores: [Float]) -> UBJSONValue {
    let isMulti = model.transform == .softmax
    return Self.parameters([
      ("base_score", "[" + scores.map { "\($0)" }.joined(separator: ",") + "]"),
      ("boost_from_average", "1"),
      ("num_class", isMulti ? "\(model.outputs)" : "0"),
      ("num_feature", "\(model.features.count)"),
      ("num_target", isMulti ? "1" : "\(model.outputs)"),
    ])
  }

  private var objectiveParameters: UBJSONValue {
    var members: [UBJSONValue.Member] = [.init("name", .string(model.objective))]
    if let (group, defaults) = objective.parameters(outputs: model.outputs) {
      var values = model.objectiveParameters
      for (key, value) in defaults where values[key] == nil { values[key] = value }
      members.append(.init(group, Self.parameters(values.sorted { $0.key < $1.key })))
    }
    return .object(members)
  }

  private func booster() throws -> UBJSONValue {
    let parallel = model.roundStarts.count > 1 ? model.roundStarts[1] / model.outputs : 1
    let trees = try model.trees.enumerated().map { index, tree in
      try XGBoostTreeWriter(tree).value(id: index, features: model.features.count)
    }
    let forest = UBJSONValue.object([
      .init(
        "cats",
        .object([
          .init("enc", .array([])), .init("feature_segments", .int32s([])),
          .init("sorted_idx", .int32s([])),
        ])),
      .init(
        "gbtree_model_param",
        Self.parameters([
          ("num_parallel_tree", "\(max(1, parallel))"), ("num_trees", "\(trees.count)"),
        ])),
      .init("iteration_indptr", .array(model.roundStarts.map { .int(Int64($0)) })),
      .init("tree_info", .array(model.treeOutput.map { .int(Int64($0)) })),
      .init("trees", .array(trees)),
    ])
    let plain = UBJSONValue.object([.init("model", forest), .init("name", .string("gbtree"))])
    guard !model.treeWeights.isEmpty else { return plain }
    return .object([
      .init("gbtree", plain), .init("name", .string("dart")),
      .init("weight_drop", .array(model.treeWeights.map { .double(Double(Float($0))) })),
    ])
  }

  /// All parameters are texts.
  static func parameters(_ pairs: [(key: String, value: String)]) -> UBJSONValue {
    .object(pairs.map { .init($0.key, .string($0.value)) })
  }
}
