import Formats
import Platform

/// Reads a boosted model out of an ONNX graph: what reprise writes, and what the converters of
/// XGBoost, LightGBM and scikit-learn do.
struct BoostedModelGraphReader {
  private let file: ONNXModel
  private let node: ONNXNode
  private let columns: ONNXColumns
  private let ending: ONNXEnding

  /// - Throws: ``Failure`` with code `.unsupported` for graphs of another shape.
  init(_ file: ONNXModel) throws {
    self.file = file
    let found = file.graph.nodes.filter { $0.operation.hasPrefix("TreeEnsemble") }
    guard found.count == 1, let node = found.first,
      ["TreeEnsembleClassifier", "TreeEnsembleRegressor"].contains(node.operation)
    else {
      let names = Set(file.graph.nodes.map(\.operation)).sorted().prefix(8)
      throw Failure(
        .unsupported,
        "it is a graph of other operators than trees: \(names.joined(separator: ", "))",
        hint: "graphs of one TreeEnsembleClassifier or TreeEnsembleRegressor can be read")
    }
    self.node = node
    columns = try ONNXColumns(file.graph, node)
    ending = try ONNXEnding(file.graph, node)
  }

  func model() throws -> BoostedModel {
    let reader = try TreeEnsembleReader(node)
    let flavour = try flavour(of: reader)
    var model = BoostedModel(
      flavour: flavour, objective: "", outputs: reader.outputs, features: [])
    let isBinary = try fill(&model, reader)
    try answer(&model, reader, isBinary: isBinary)
    if node["aggregate_function"]?.string == "AVERAGE" {
      model.scaleLeaves(by: 1 / Double(reader.trees.count))
    }
    let used = model.trees.flatMap(\.feature).max().map { Int($0) + 1 } ?? 0
    model.features = try columns.features(atLeast: used)
    for tree in model.trees {
      try tree.check(featureCount: model.features.count)
      for place in 0..<tree.nodeCount where tree.categorySet[place] >= 0 {
        model.features[Int(tree.feature[place])].kind = .categorical
      }
    }
    try ModelSupplement.apply(file, to: &model)
    try model.checkCategoryRoom()
    return model
  }

  /// XGBoost's rules are ONNX's; a file that we wrote of LightGBM's trees gives those again.
  private func flavour(of reader: TreeEnsembleReader) throws -> TreeFlavour {
    let isSquare = ending == .signedSquare
    guard isSquare || file.metadata(ModelSupplement.flavourKey) == TreeFlavour.lightgbm.rawValue
    else { return .xgboost }
    // LightGBM sends missing categories with those that are not listed.
    let fits = reader.trees.allSatisfy { tree in
      tree.nodes.allSatisfy {
        $0.mode != .unequal && ($0.mode != .equal || !$0.missingIsTrue)
      }
    }
    guard fits || !isSquare else {
      throw Failure(.unsupported, "its trees send missing categories where listed ones go")
    }
    return fits ? .lightgbm : .xgboost
  }

  /// Puts the trees in, one for each output that they add to.
  ///
  /// - Returns: whether the trees tell two classes apart by one number.
  private func fill(_ model: inout BoostedModel, _ reader: TreeEnsembleReader) throws -> Bool {
    var (copies, weights) = (0, 0)
    for tree in reader.trees {
      let (product, overflow) = tree.nodes.count.multipliedReportingOverflow(
        by: tree.outputs.count)
      weights += tree.nodes.reduce(0) { $0 + $1.weights.count }
      copies = overflow ? .max : copies.addingReportingOverflow(product).partialValue
      guard copies >= 0, copies <= weights * 64 + 1 << 16 else {
        throw Failure(.unsupported, "its leaves add to too many outputs, too few each")
      }
    }
    let outputs = Set(reader.trees.flatMap(\.outputs))
    let isBinary = reader.prefix == "class" && reader.outputs == 2 && outputs.count == 1
    if isBinary { model.outputs = 1 }
    for tree in reader.trees {
      let converter = try ONNXTreeConverter(
        tree, flavour: model.flavour, recoded: columns.recoded)
      for output in tree.outputs.isEmpty ? [0] : tree.outputs {
        model.trees.append(converter.tree(output: output))
        model.treeOutput.append(isBinary ? 0 : output)
      }
    }
    model.roundStarts = Self.rounds(model)
    model.baseMargins = reader.base
    if reader.base.isEmpty {
      model.baseMargins = [Double](repeating: 0, count: model.outputs)
    }
    guard model.baseMargins.count == model.outputs else {
      throw Failure(
        .unsupported, "it has \(reader.base.count) base values for \(model.outputs) outputs")
    }
    return isBinary
  }

  /// Rounds of a tree for each output where the trees stand so, otherwise of one tree each.
  private static func rounds(_ model: BoostedModel) -> [Int] {
    let isSquare =
      model.trees.count % model.outputs == 0
      && model.treeOutput.enumerated().allSatisfy { $1 == $0 % model.outputs }
    let step = isSquare ? model.outputs : 1
    return Array(stride(from: 0, through: model.trees.count, by: step))
  }

  private func answer(
    _ model: inout BoostedModel, _ reader: TreeEnsembleReader, isBinary: Bool
  ) throws {
    let post = node["post_transform"]?.string ?? "NONE"
    guard post == "NONE" || ending == .none else {
      throw Failure(.unsupported, "it transforms its answers twice")
    }
    switch (post, ending) {
    case ("NONE", .none) where isBinary: try spreadProbabilities(&model)
    case ("NONE", .none): break
    case ("NONE", .exponential): model.transform = .exponential
    case ("NONE", .signedSquare): model.transform = .signedSquare
    case ("SOFTMAX", _) where model.outputs > 1: model.transform = .softmax
    case ("LOGISTIC", _):
      model.transform =
        model.outputs > 1 && model.flavour == .lightgbm
        ? .logisticEach(scale: 1) : .logistic(scale: 1)
    default:
      throw Failure(.unsupported, "it transforms its answers by `\(post)`")
    }
    model.objective = model.usualObjective
    guard reader.prefix == "class" else { return }
    model.classes =
      node["classlabels_strings"]?.strings
      ?? node["classlabels_int64s"]?.ints?.map { "\($0)" } ?? []
  }

  /// Makes two outputs of the probability of the second class.
  private func spreadProbabilities(_ model: inout BoostedModel) throws {
    guard model.trees.allSatisfy({ $0.value.allSatisfy { $0 >= 0 } }) else {
      throw Failure(.unsupported, "its scores of two classes are no probabilities")
    }
    var others = model
    others.scaleLeaves(by: -1)
    model.outputs = 2
    model.treeOutput = model.trees.indices.map { _ in 1 } + others.trees.indices.map { _ in 0 }
    model.trees += others.trees
    model.roundStarts = Array(0...model.trees.count)
    model.baseMargins = [1 - model.baseMargins[0], model.baseMargins[0]]
  }
}

extension BoostedModel {
  /// The objective that a model of this transform usually has.
  fileprivate var usualObjective: String {
    switch (flavour, transform) {
    case (.xgboost, .identity), (.xgboost, .signedSquare): "reg:squarederror"
    case (.xgboost, .logistic), (.xgboost, .logisticEach): "binary:logistic"
    case (.xgboost, .softmax): "multi:softprob"
    case (.xgboost, .exponential): "count:poisson"
    case (.lightgbm, .identity): outputs > 1 ? "" : "regression"
    case (.lightgbm, .signedSquare): "regression sqrt"
    case (.lightgbm, .logistic): "binary sigmoid:1"
    case (.lightgbm, .logisticEach): "multiclassova num_class:\(outputs) sigmoid:1"
    case (.lightgbm, .softmax): "multiclass num_class:\(outputs)"
    case (.lightgbm, .exponential): "poisson"
    }
  }
}
