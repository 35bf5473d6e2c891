import Compute
import Formats
import Platform

/// Reads graphs of layers one behind the other, as PyTorch exports them.
struct NetworkGraphReader {
  let graph: ONNXGraph
  let constants: ONNXConstants
  /// Where what came out of the last operator is.
  var value: String
  var shape: SampleShape
  /// Whether that is a row of numbers, and no image.
  var isRow: Bool
  var plans: [LayerPlan] = []
  var tensors: [NetworkTensor] = []
  var means: [Double] = []
  var deviations: [Double] = []
  /// The operators that take a value.
  private var users: [String: [Int]] = [:]
  private let input: SampleShape

  /// Operators that a network is made of, and models of trees are not.
  private static let operators: Set<String> = [
    "Gemm", "MatMul", "Conv", "BatchNormalization", "MaxPool", "AveragePool", "GlobalAveragePool",
    "Relu",
  ]

  /// Whether a graph looks like a network.
  static func isLikely(_ graph: ONNXGraph) -> Bool {
    graph.nodes.contains { operators.contains($0.operation) && $0.domain.isEmpty }
      && !graph.nodes.contains { $0.operation.hasPrefix("TreeEnsemble") }
  }

  /// - Throws: ``Failure`` with code `.unsupported` for inputs of other kinds.
  init(_ graph: ONNXGraph) throws {
    self.graph = graph
    constants = ONNXConstants(graph)
    let constants = constants
    let inputs = graph.inputs.filter { constants[$0.name] == nil }
    guard inputs.count == 1 else {
      throw Failure(
        .unsupported, "its graph has \(inputs.count) inputs",
        hint: "networks can be read that take one: images, or rows of numbers")
    }
    let sizes = inputs[0].shape.dropFirst().map { dimension -> Int in
      if case .size(let size) = dimension { Int(exactly: size) ?? 0 } else { 0 }
    }
    isRow = sizes.count == 1
    let found =
      sizes.count == 3
      ? SampleShape(believing: sizes[1], sizes[2], channels: sizes[0])
      : isRow ? SampleShape(believing: 1, 1, channels: sizes[0]) : nil
    guard let found, inputs[0].type != .string else {
      throw Failure(
        .unsupported, "its input `\(inputs[0].name)` is neither images nor rows of a known size",
        hint: "export it with an input of (N, channels, height, width) or (N, columns)")
    }
    (value, shape, input) = (inputs[0].name, found, found)
    for (place, node) in graph.nodes.enumerated() {
      for name in Set(node.inputs) { users[name, default: []].append(place) }
    }
  }

  /// The network.
  ///
  /// - Throws: ``Failure`` that names the first operator that is not known.
  mutating func model() throws -> NetworkModel {
    // Each turn takes an operator at least; what leads in a circle ends here.
    for _ in 0...graph.nodes.count {
      if graph.outputs.contains(where: { $0.name == value }) {
        try expectEnd()
        return try made()
      }
      let next = users[value, default: []].map { graph.nodes[$0] }.filter {
        $0.operation != "Shape"
      }
      if let rest = try gelu(next) {
        value = rest
        try append(.activation(.gelu), next[0])
        continue
      }
      guard next.count == 1 else {
        throw Failure(
          .unsupported,
          next.isEmpty
            ? "its value `\(value)` is used by nothing, and is no output"
            : "its value `\(value)` goes several ways: \(next.map(Self.name).joined(separator: ", "))",
          hint: "networks can be read whose layers stand one behind the other")
      }
      try take(next[0])
    }
    throw Failure(.corrupt, "its operators lead in a circle")
  }

  /// Behind an answer only the name of its class may be looked up.
  private func expectEnd() throws {
    for place in users[value] ?? [] {
      let node = graph.nodes[place]
      guard ["ArgMax", "Cast", "Identity", "ZipMap"].contains(node.operation) else {
        throw Failure(
          .unsupported, "its output `\(value)` goes on to \(Self.name(node))",
          hint: "networks can be read that answer once")
      }
    }
  }

  private mutating func made() throws -> NetworkModel {
    var classes = shape.count > 1 ? (0..<shape.count).map { "\($0)" } : []
    if plans.last == .activation(.sigmoid) {
      guard shape.count == 1 else {
        throw Failure(
          .unsupported, "it answers with \(shape.count) sigmoids",
          hint: "networks can be read that tell classes apart, or predict a number")
      }
      classes = ["0", "1"]
    }
    // PyTorch's loss takes numbers before the softmax, and its networks end there.
    if shape.count > 1, plans.last != .softmax { plans.append(.softmax) }
    let rows = (0..<input.count).map { Feature("f\($0)", .standardized(mean: 0, scale: 1)) }
    let isImage = graph.inputs.first { constants[$0.name] == nil }?.shape.count == 4
    let channels = input.channels
    let model = NetworkModel(
      kind: isImage ? "cnn" : "mlp", target: value, classes: classes,
      input: isImage
        ? .images(
          input, means: means.isEmpty ? .init(repeating: 0, count: channels) : means,
          deviations: deviations.isEmpty ? .init(repeating: 1, count: channels) : deviations)
        : .rows(FeatureEncoder(rows)),
      plans: plans, tensors: tensors, training: .object([]))
    do throws(LayerPlan.Misfit) {
      try LayerPlan.checkOrder(plans, LayerPlan.shapes(plans, from: input))
      try model.check()
    } catch {
      throw Failure(.unsupported, error.message, hint: error.hint)
    }
    return model
  }

  /// Adds a layer whose weights have the names that it gives them.
  mutating func append(
    _ plan: LayerPlan, _ node: ONNXNode, _ weights: [NetworkTensor] = []
  ) throws {
    do throws(LayerPlan.Misfit) {
      // Its numbers are as good as those of a file of ours.
      let plan = try LayerPlan(json: plan.json)
      for tensor in weights {
        tensors.append(
          NetworkTensor("\(plans.count).\(tensor.name)", tensor.shape, tensor.values))
      }
      shape = try plan.output(of: shape)
      plans.append(plan)
    } catch {
      throw Failure(.unsupported, "\(Self.name(node)): \(error.message)", hint: error.hint)
    }
  }

  /// The only operator that takes a value.
  func user(of name: String) -> ONNXNode? {
    guard let places = users[name], places.count == 1 else { return nil }
    return graph.nodes[places[0]]
  }

  func maker(of name: String) -> ONNXNode? { graph.nodes.first { $0.outputs.contains(name) } }

  /// What messages call an operator: `conv1` (Conv).
  static func name(_ node: ONNXNode) -> String {
    let name = node.name.isEmpty ? node.outputs.first ?? "" : node.name
    return "`\(name)` (\(node.domain.isEmpty ? "" : "\(node.domain)::")\(node.operation))"
  }

  static func unsupported(_ node: ONNXNode, _ what: String) -> Failure {
    Failure(
      .unsupported, "\(name(node)): \(what)", hint: "such graphs can be run by onnxruntime")
  }
}
