import Formats
import Platform

/// Makes an ONNX model of a boosted one: `label` and `probabilities` where it tells classes apart,
/// otherwise `prediction`.
struct BoostedModelGraph {
  private var model: BoostedModel
  private var trees = TreeEnsembleGraph()
  private var inputs: ONNXInputs
  private var base: [Float]

  /// - Throws: ``Failure`` for columns or numbers that ONNX cannot hold.
  init(_ original: BoostedModel, layout: ONNXLayout) throws {
    model = try Self.prepared(original)
    inputs = try ONNXInputs(
      model.features.map { feature in
        let names = feature.kind == .categorical ? feature.categories : []
        return ONNXInputs.Column(
          feature.name,
          codes: names.isEmpty ? nil : names.enumerated().map { ($1, Float($0)) })
      }, layout: layout)
    base = model.baseMargins.map { Float($0) }
    for (number, tree) in model.trees.enumerated() {
      try trees.add(
        tree, number: number, output: model.treeOutput[number], flavour: model.flavour)
    }
    try trees.checkFeatures()
    inputs.recode(trees.categorical)
    if model.trees.isEmpty {
      for output in 0..<model.outputs {
        trees.addLeaf(tree: output, node: 0, [(output, 0)], rate: 0)
      }
    }
  }

  /// The model with all weights in its leaves, and without zeros that count as missing.
  private static func prepared(_ original: BoostedModel) throws -> BoostedModel {
    var model = original
    for tree in model.trees { try tree.check(featureCount: model.features.count) }
    model.foldAveraging()
    model.foldTreeWeights()
    let zeroIsMissing = model.trees.contains { tree in
      (0..<tree.nodeCount).contains {
        !tree.isLeaf($0) && tree.categorySet[$0] < 0 && tree.missing[$0] == .zero
      }
    }
    if model.flavour == .lightgbm, zeroIsMissing { try model.followXGBoost() }
    switch model.transform {
    case .logistic(let scale) where scale != 1:
      model.scale(by: scale)
      model.transform = .logistic(scale: 1)
      model.objective = "binary sigmoid:1"
    case .logisticEach(let scale) where scale != 1:
      model.scale(by: scale)
      model.transform = .logisticEach(scale: 1)
      model.objective = "multiclassova num_class:\(model.outputs) sigmoid:1"
    case .identity, .logistic, .exponential, .softmax, .logisticEach, .signedSquare: break
    }
    // With two classes and two base values onnxruntime takes the second score for both.
    if model.outputs == 2, model.tellsClasses { model.foldBaseMargins() }
    return model
  }

  func file() -> ONNXModel {
    var copy = self
    return copy.makeFile()
  }

  private mutating func makeFile() -> ONNXModel {
    var graph = ONNXGraph(name: "trees")
    graph.inputs = inputs.infos
    graph.nodes = inputs.nodes
    graph.initializers = inputs.initializers
    if model.tellsClasses { addClasses(to: &graph) } else { addNumbers(to: &graph) }
    var file = ONNXModel(graph)
    file.metadata = ModelSupplement.metadata(of: model)
    return file
  }

  private mutating func addClasses(to graph: inout ONNXGraph) {
    let post: String
    switch model.transform {
    case .logistic, .logisticEach: post = "LOGISTIC"
    case .softmax: post = "SOFTMAX"
    case .identity, .exponential, .signedSquare: post = "NONE"
    }
    if model.outputs == 1 { makeWeightNegative() }
    let count = max(2, model.outputs)
    let names = ONNXClassNames(
      model.classes.count == count ? model.classes : (0..<count).map(String.init))
    let (label, probabilities) = (inputs.names.fresh("label"), inputs.names.fresh("probabilities"))
    // With two classes that have a score each, onnxruntime's own label looks at the second only.
    let picked = model.outputs == 2 ? inputs.names.fresh("first_label") : label
    graph.nodes.append(
      trees.classifier(
        from: inputs.matrix, to: [picked, probabilities], names,
        base: model.outputs == 2 ? [] : base, transform: post))
    if picked != label {
      let place = inputs.names.fresh("place")
      graph.nodes += names.picking(from: probabilities, to: label, through: place)
    }
    graph.outputs = [
      ONNXValueInfo(label, names.type, [.named("rows")]),
      ONNXValueInfo(probabilities, .float, [.named("rows"), .size(Int64(count))]),
    ]
  }

  private mutating func addNumbers(to graph: inout ONNXGraph) {
    let answer = inputs.names.fresh("prediction")
    let sums = model.transform == .identity ? answer : inputs.names.fresh("margin")
    graph.nodes.append(trees.regressor(from: inputs.matrix, to: sums, base: base))
    switch model.transform {
    case .exponential:
      graph.nodes.append(ONNXNode("Exp", name: "exponential", from: [sums], to: [answer]))
    case .signedSquare:
      let size = inputs.names.fresh("magnitude")
      graph.nodes += [
        ONNXNode("Abs", name: "magnitudes", from: [sums], to: [size]),
        ONNXNode("Mul", name: "signed_square", from: [sums, size], to: [answer]),
      ]
    case .identity, .logistic, .softmax, .logisticEach: break
    }
    graph.outputs = [
      ONNXValueInfo(answer, .float, [.named("rows"), .size(Int64(model.outputs))])
    ]
  }

  /// Moves a part of the base margin into the first tree, when no leaf is below zero.
  ///
  /// Runtimes take weights that are all positive for probabilities, and compare them with a half
  /// to tell the classes apart.
  private mutating func makeWeightNegative() {
    guard trees.leaves.allSatisfy({ $0.weight >= 0 }) else { return }
    let largest = trees.leaves.lazy.filter { $0.tree == 0 }.map(\.weight).max() ?? 0
    // A power of two, which takes the fewest digits away.
    let shift = Float(sign: .plus, exponent: max(-1, largest.exponent) + 1, significand: 1)
    guard shift.isFinite else { return }
    trees.lower(tree: 0, by: shift)
    base[0] += shift
  }
}

extension BoostedModel {
  /// Whether its answers are classes with probabilities. Several sums with names are those of a
  /// forest, whose leaves hold probabilities.
  var tellsClasses: Bool {
    switch transform {
    case .logistic, .logisticEach, .softmax: true
    case .identity: outputs > 1 && classes.count == outputs
    case .exponential, .signedSquare: false
    }
  }

  /// Changes the trees to XGBoost's rules, and the rest as far as XGBoost has a word for it.
  fileprivate mutating func followXGBoost() throws {
    guard transform == .signedSquare else {
      self = try converted(to: .xgboost)
      return
    }
    trees = try trees.map { try TreeConverter($0, from: .lightgbm).converted() }
    flavour = .xgboost
  }

  /// Multiplies every margin.
  fileprivate mutating func scale(by factor: Double) {
    scaleLeaves(by: factor)
    baseMargins = baseMargins.map { $0 * factor }
  }
}
