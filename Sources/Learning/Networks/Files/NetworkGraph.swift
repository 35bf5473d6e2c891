import Compute
import Formats
import Platform

/// Puts a network's layers into a graph of ONNX's, one behind the other; images have their channels before their points.
struct NetworkGraph {
  private(set) var nodes: [ONNXNode] = []
  private(set) var initializers: [ONNXTensor] = []
  var names: ONNXNames
  /// Where what came out of the last operator is.
  private(set) var value: String
  /// Numbers of it, once all layers are there.
  private(set) var outputs = 0
  /// Whether that is a row of numbers, and no image.
  private var isRow: Bool

  init(_ value: String, isRow: Bool, names: ONNXNames) {
    self.value = value
    self.isRow = isRow
    self.names = names
  }

  /// - Throws: ``Failure`` for layers that mean something else there.
  mutating func add(_ model: NetworkModel) throws {
    let shapes: [SampleShape]
    do throws(LayerPlan.Misfit) {
      try model.check()
      shapes = try LayerPlan.shapes(model.plans, from: model.input.shape)
      try LayerPlan.checkOrder(model.plans, shapes)
    } catch {
      throw Failure(.unsupported, error.message, hint: error.hint)
    }
    for tensor in model.tensors {
      initializers.append(
        ONNXTensor(tensor.name, tensor.shape.map(Int64.init), .floats(tensor.values)))
    }
    try names.take(model.tensors.map(\.name))
    for (number, plan) in model.plans.enumerated() { add(plan, number) }
    if !isRow { flatten() }
    outputs = shapes.last?.count ?? 0
  }

  private mutating func add(_ plan: LayerPlan, _ number: Int) {
    switch plan {
    case .dense:
      flatten()
      step("Gemm", weights(number, "weight", "bias"), [ONNXAttribute("transB", .int(1))])
    case .conv2d(_, let kernel, let stride, let padding, let groups):
      standUp()
      step(
        "Conv", weights(number, "weight", "bias"),
        Self.windows(kernel, stride) + [
          ONNXAttribute("pads", .ints([Int64](repeating: Int64(padding), count: 4))),
          ONNXAttribute("group", .int(Int64(groups))),
        ])
    case .maxPool(let size, let stride):
      standUp()
      step("MaxPool", [], Self.windows(size, stride))
    case .averagePool(let size, let stride):
      standUp()
      step("AveragePool", [], Self.windows(size, stride))
    case .globalAveragePool:
      standUp()
      step("GlobalAveragePool")
      flatten()
    case .flatten: flatten()
    case .dropout: break
    case .batchNorm(let momentum, let epsilon):
      step(
        "BatchNormalization", weights(number, "weight", "bias", "running_mean", "running_var"),
        [
          ONNXAttribute("epsilon", .float(epsilon)),
          ONNXAttribute("momentum", .float(1 - momentum)),
        ])
    case .activation(let function): add(function)
    case .softmax:
      flatten()
      step("Softmax", [], [ONNXAttribute("axis", .int(1))])
    }
  }

  private mutating func add(_ function: NetworkKernels.Activation) {
    switch function {
    case .relu: step("Relu")
    case .sigmoid: step("Sigmoid")
    case .tanh: step("Tanh")
    case .gelu:
      // x/2 · (1 + erf(x/√2)), as PyTorch writes it.
      let x = value
      step("Div", [constant("root", [], .floats([Float(2).squareRoot()]))])
      step("Erf")
      step("Add", [constant("one", [], .floats([1]))])
      step("Mul", [x])
      step("Mul", [constant("half", [], .floats([0.5]))])
    }
  }

  private func weights(_ number: Int, _ names: String...) -> [String] {
    names.map { "\(number).\($0)" }
  }

  private static func windows(_ size: Int, _ stride: Int) -> [ONNXAttribute] {
    [
      ONNXAttribute("kernel_shape", .ints([Int64](repeating: Int64(size), count: 2))),
      ONNXAttribute("strides", .ints([Int64](repeating: Int64(stride), count: 2))),
    ]
  }

  private mutating func flatten() {
    guard !isRow else { return }
    step("Flatten", [], [ONNXAttribute("axis", .int(1))])
    isRow = true
  }

  /// A row as an image of one point.
  private mutating func standUp() {
    guard isRow else { return }
    step("Reshape", [constant("point", [4], .ints([0, -1, 1, 1]))])
    isRow = false
  }

  mutating func cast(to type: ONNXType, as name: String) {
    step("Cast", [], [ONNXAttribute("to", .int(type.rawValue))], to: name)
  }

  /// Puts 1 - x before a column x: the first of two classes.
  mutating func complete() {
    let (share, one) = (value, constant("whole", [], .floats([1])))
    let rest = names.fresh("rest")
    nodes.append(ONNXNode("Sub", name: rest, from: [one, share], to: [rest]))
    value = rest
    step("Concat", [share], [ONNXAttribute("axis", .int(1))], to: "both")
  }

  /// Adds an operator behind the last one.
  mutating func step(
    _ operation: String, _ others: [String] = [], _ attributes: [ONNXAttribute] = [],
    to name: String? = nil
  ) {
    let place = names.fresh(name ?? operation.lowercased())
    nodes.append(
      ONNXNode(operation, name: place, from: [value] + others, to: [place], attributes))
    value = place
  }

  mutating func constant(
    _ name: String, _ shape: [Int64], _ elements: ONNXTensor.Elements
  ) -> String {
    let place = names.fresh(name)
    initializers.append(ONNXTensor(place, shape, elements))
    return place
  }

  mutating func append(_ more: [ONNXNode]) { nodes += more }
}
