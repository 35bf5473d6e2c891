import Formats
import Platform

/// Reads a model file of XGBoost, of any version that writes JSON or UBJSON (1.0 on).
struct XGBoostReader {
  private let root: XGBoostNode
  private let learner: XGBoostNode

  init(_ document: UBJSONValue) throws {
    root = XGBoostNode(value: document, path: "")
    guard let learner = root.optional("learner") else {
      throw Failure(
        .unsupported, "it has no `learner`: it is no model of XGBoost",
        hint: "models of XGBoost and LightGBM can be read: .json, .ubj, .txt")
    }
    self.learner = learner
  }

  /// More than any model has, and little enough to make room for.
  private static let mostFeatures = 1 << 24
  private static let mostUnnamed = 1 << 20
  private static let mostOutputs = 1 << 16

  func model() throws -> BoostedModel {
    let parameters = try learner.member("learner_model_param")
    let (forest, weights) = try booster()
    let classes = try parameters.optional("num_class")?.integer(in: 0...Self.mostOutputs) ?? 0
    let targets = try parameters.optional("num_target")?.integer(in: 0...Self.mostOutputs) ?? 1
    let outputs = max(1, classes, targets)
    guard classes <= 1 || targets <= 1 else {
      throw Failure(.unsupported, "it has \(classes) classes of \(targets) targets")
    }
    let name = try learner.member("objective").member("name").string()
    let objective = XGBoostObjective(name)
    var model = BoostedModel(
      flavour: .xgboost, objective: name, outputs: outputs, features: try features(parameters))
    model.transform = try objective.transform
    try readForest(forest, into: &model)
    if let weights { try readWeights(weights, into: &model) }
    let scores = try baseScores(parameters, outputs: outputs)
    model.baseMargins = scores.map { objective.margin(baseScore: $0) }
    guard model.baseMargins.allSatisfy(\.isFinite) else {
      throw Failure(.corrupt, "`\(parameters.path).base_score` is no base score of `\(name)`")
    }
    try readObjectiveParameters(objective, into: &model)
    try readAttributes(scores, objective, into: &model)
    return model
  }

  private func booster() throws -> (forest: XGBoostNode, weights: XGBoostNode?) {
    let booster = try learner.member("gradient_booster")
    let name = try booster.optional("name")?.string() ?? "gbtree"
    switch name {
    case "gbtree": return (try booster.member("model"), nil)
    case "dart":
      return (try booster.member("gbtree").member("model"), try booster.member("weight_drop"))
    default:
      throw Failure(
        .unsupported, "its booster is `\(name)`, which has no trees",
        hint: "boosters of trees can be read: gbtree and dart")
    }
  }

  private func features(_ parameters: XGBoostNode) throws -> [ModelFeature] {
    let names = try learner.optional("feature_names")?.list().map { try $0.string() } ?? []
    let types = try learner.optional("feature_types")?.list().map { try $0.string() } ?? []
    let most = names.isEmpty ? Self.mostUnnamed : Self.mostFeatures
    let count = try parameters.member("num_feature").integer(in: 0...most)
    guard names.isEmpty || names.count == count, types.isEmpty || types.count == count else {
      throw Failure(
        .corrupt, "it has \(count) features, \(names.count) names and \(types.count) types")
    }
    return try (0..<count).map { index in
      var feature = ModelFeature(name: names.isEmpty ? "f\(index)" : names[index])
      if !types.isEmpty {
        guard let kind = ModelFeature.Kind(rawValue: types[index]) else {
          throw Failure(.unsupported, "`\(feature.name)` is of the type `\(types[index])`")
        }
        feature.kind = kind
      }
      return feature
    }
  }

  private func readForest(_ forest: XGBoostNode, into model: inout BoostedModel) throws {
    let nodes = try forest.member("trees").list()
    for node in nodes {
      let tree = try XGBoostTreeReader(node, featureCount: model.features.count)
      model.trees.append(try tree.tree())
    }
    try model.checkCategoryRoom()
    let info = try forest.optional("tree_info")?.int32s() ?? []
    guard info.count == nodes.count, info.allSatisfy({ (0..<model.outputs).contains(Int($0)) })
    else { throw Failure(.corrupt, "`\(forest.path).tree_info` does not fit the trees") }
    model.treeOutput = info.map { Int($0) }
    model.roundStarts = try rounds(forest, model)
  }

  private func rounds(_ forest: XGBoostNode, _ model: BoostedModel) throws -> [Int] {
    let count = model.trees.count
    if let starts = try forest.optional("iteration_indptr")?.int32s().map({ Int($0) }),
      !starts.isEmpty
    {
      guard starts.first == 0, starts.last == count, zip(starts, starts.dropFirst()).allSatisfy(<=)
      else {
        throw Failure(.corrupt, "`\(forest.path).iteration_indptr` does not fit the trees")
      }
      return starts
    }
    let parallel = forest.optional("gbtree_model_param")?.optional("num_parallel_tree")
    let each = max(1, try parallel?.integer(in: 0...(1 << 24)) ?? 1) * model.outputs
    return Array(stride(from: 0, to: count, by: each)) + [count]
  }

  private func readWeights(_ node: XGBoostNode, into model: inout BoostedModel) throws {
    let weights = try node.floats()
    guard weights.count == model.trees.count, weights.allSatisfy(\.isFinite) else {
      throw Failure(.corrupt, "`\(node.path)` does not fit the trees")
    }
    model.treeWeights = weights.map(Double.init)
  }

  /// Up to 3.0 one number, since then a list with one for each output.
  private func baseScores(_ parameters: XGBoostNode, outputs: Int) throws -> [Float] {
    let node = try parameters.member("base_score")
    let text: String
    switch node.value {
    case .int(let number): text = "\(number)"
    case .double(let number): text = "\(number)"
    default: text = try node.string()
    }
    var list = Substring(text)
    if list.hasPrefix("["), list.hasSuffix("]") { list = list.dropFirst().dropLast() }
    let scores = list.split(separator: ",").compactMap {
      Float($0.drop { $0 == " " })
    }
    let parts = list.split(separator: ",", omittingEmptySubsequences: false).count
    guard scores.count == parts, scores.count == 1 || scores.count == outputs else {
      throw Failure(.corrupt, "`\(node.path)` is no number for each of \(outputs) outputs")
    }
    return scores.count == outputs ? scores : [Float](repeating: scores[0], count: outputs)
  }

  /// Keeps what is not as it is anyway.
  private func readObjectiveParameters(
    _ objective: XGBoostObjective, into model: inout BoostedModel
  ) throws {
    guard let (group, defaults) = objective.parameters(outputs: model.outputs),
      let node = try learner.member("objective").optional(group)
    else { return }
    var values = try node.texts()
    for (key, value) in defaults where values[key] == value { values[key] = nil }
    model.objectiveParameters = values
  }

  private func readAttributes(
    _ scores: [Float], _ objective: XGBoostObjective, into model: inout BoostedModel
  ) throws {
    guard var texts = try learner.optional("attributes")?.texts() else { return }
    if let round = texts["best_iteration"].flatMap(Int.init), round >= 0 {
      model.bestRound = round
      texts["best_iteration"] = nil
    }
    if let score = texts["best_score"].flatMap(Double.init) {
      model.bestScore = score
      texts["best_score"] = nil
    }
    let note = texts.removeValue(forKey: ModelSupplement.attribute)
    model.attributes = texts
    guard let note else { return }
    let supplement = try ModelSupplement(parsing: note)
    supplement.apply(to: &model)
    // The library may have changed the score since.
    if let margins = supplement.baseMargins,
      margins.map({ objective.baseScore(margin: $0) }) == scores
    {
      model.baseMargins = margins
    }
  }
}
