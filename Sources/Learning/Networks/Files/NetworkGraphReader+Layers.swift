import Compute
import Formats
import Platform

extension NetworkGraphReader {
  /// Takes the operator behind the last one.
  mutating func take(_ node: ONNXNode) throws {
    guard node.domain.isEmpty || node.domain == "ai.onnx", let result = node.outputs.first else {
      throw Self.unsupported(node, "no layer that is known")
    }
    let input = value
    value = result
    switch node.operation {
    case "Conv": try convolution(node)
    case "Gemm": try dense(node)
    case "MatMul": try product(node, of: input)
    case "BatchNormalization": try norm(node)
    case "Relu": try append(.activation(.relu), node)
    case "Sigmoid": try append(.activation(.sigmoid), node)
    case "Tanh": try append(.activation(.tanh), node)
    case "Gelu" where node["approximate"]?.string ?? "none" == "none":
      try append(.activation(.gelu), node)
    case "MaxPool", "AveragePool": try pool(node)
    case "GlobalAveragePool":
      guard !isRow else { throw Self.unsupported(node, "a row is no image") }
      try append(.globalAveragePool, node)
    case "Softmax":
      guard isRow, [nil, 1, -1].contains(node["axis"]?.int) else {
        throw Self.unsupported(node, "it is not over the numbers of a row")
      }
      try append(.softmax, node)
    case "Flatten":
      guard node["axis"]?.int ?? 1 == 1 else { throw Self.unsupported(node, "its axis is not 1") }
      try flatten(node)
    case "Reshape": try reshape(node)
    case "Sub", "Div": try normalize(node, input)
    case "Identity", "Dropout": break
    case "Cast" where node["to"]?.int == ONNXType.float.rawValue: break
    default: throw Self.unsupported(node, "no layer that is known")
    }
  }

  /// Numbers of a weight.
  private func weights(
    _ node: ONNXNode, _ place: Int, rank: Int? = nil
  ) throws -> (shape: [Int], values: [Float]) {
    guard place < node.inputs.count, let found = constants.floats(node.inputs[place]) else {
      throw Self.unsupported(node, "its input \(place + 1) is no constant of floats")
    }
    // Without numbers the other sizes of a shape could be anything.
    guard rank == nil || found.shape.count == rank, !found.values.isEmpty else {
      throw Self.unsupported(node, "its weights have the shape \(found.shape)")
    }
    return found
  }

  /// A number for each output; zeros when the operator has no such input.
  private func bias(_ node: ONNXNode, _ place: Int, count: Int) throws -> NetworkTensor {
    guard place < node.inputs.count, !node.inputs[place].isEmpty else {
      return NetworkTensor("bias", [count], [Float](repeating: 0, count: count))
    }
    let (shape, values) = try weights(node, place)
    guard values.count == count, shape.dropLast().allSatisfy({ $0 == 1 }) else {
      throw Self.unsupported(node, "its bias has the shape \(shape)")
    }
    return NetworkTensor("bias", [count], values)
  }

  private mutating func convolution(_ node: ONNXNode) throws {
    guard !isRow else { throw Self.unsupported(node, "a row is no image") }
    let (weight, values) = try weights(node, 1, rank: 4)
    let windows = try ONNXWindows(node, kernel: Array(weight[2...]))
    guard windows.size == weight[2], windows.size == weight[3] else {
      throw Self.unsupported(node, "its weights have the shape \(weight)")
    }
    let group = node["group"]?.int ?? 1
    let plan = LayerPlan.conv2d(
      filters: weight[0], kernel: windows.size, stride: windows.stride, padding: windows.padding,
      groups: Int(clamping: group))
    try append(
      plan, node,
      [NetworkTensor("weight", weight, values), bias(node, 2, count: weight[0])])
  }

  private mutating func pool(_ node: ONNXNode) throws {
    guard !isRow else { throw Self.unsupported(node, "a row is no image") }
    let windows = try ONNXWindows(node, kernel: nil)
    guard windows.padding == 0 else { throw Self.unsupported(node, "it pads its images") }
    try append(
      node.operation == "MaxPool"
        ? .maxPool(size: windows.size, stride: windows.stride)
        : .averagePool(size: windows.size, stride: windows.stride), node)
  }

  private mutating func dense(_ node: ONNXNode) throws {
    guard node["transA"]?.int ?? 0 == 0, node["alpha"]?.float ?? 1 == 1,
      node["beta"]?.float ?? 1 == 1
    else { throw Self.unsupported(node, "it turns or scales what comes in") }
    let (weight, values) = try weights(node, 1, rank: 2)
    let isTurned = node["transB"]?.int ?? 0 != 0
    let count = isTurned ? weight[0] : weight[1]
    try dense(node, weight, values, isTurned: isTurned, bias(node, 2, count: count))
  }

  /// A product, and perhaps a sum behind it.
  private mutating func product(_ node: ONNXNode, of input: String) throws {
    guard node.inputs.first == input else {
      throw Self.unsupported(node, "its weights stand to the left")
    }
    let (weight, values) = try weights(node, 1, rank: 2)
    var zeros = NetworkTensor("bias", [weight[1]], [Float](repeating: 0, count: weight[1]))
    if let next = user(of: value), next.operation == "Add", next.inputs.count == 2,
      let result = next.outputs.first,
      let place = next.inputs.firstIndex(where: { constants[$0] != nil })
    {
      zeros = try bias(next, place, count: weight[1])
      value = result
    }
    try dense(node, weight, values, isTurned: false, zeros)
  }

  /// - Parameter isTurned: whether the weights are (out, in), as PyTorch keeps them.
  private mutating func dense(
    _ node: ONNXNode, _ weight: [Int], _ values: [Float], isTurned: Bool, _ bias: NetworkTensor
  ) throws {
    guard isRow else { throw Self.unsupported(node, "an image is no row") }
    let (rows, columns) = (weight[0], weight[1])
    guard (isTurned ? columns : rows) == shape.count else {
      throw Self.unsupported(
        node, "its weights have the shape \(weight), and \(shape.count) numbers come in")
    }
    let turned =
      isTurned
      ? values
      : (0..<columns).flatMap { column in (0..<rows).map { values[$0 * columns + column] } }
    let tensor = NetworkTensor(
      "weight", isTurned ? weight : [columns, rows], turned)
    try append(.dense(units: bias.values.count), node, [tensor, bias])
  }

  private mutating func norm(_ node: ONNXNode) throws {
    guard node["training_mode"]?.int ?? 0 == 0 else {
      throw Self.unsupported(node, "it was exported while it learnt")
    }
    let names = ["weight", "bias", "running_mean", "running_var"]
    let found = try names.enumerated().map { place, name in
      let (_, values) = try weights(node, place + 1, rank: 1)
      guard values.count == shape.channels else {
        throw Self.unsupported(
          node, "it has \(values.count) numbers for \(shape.channels) channels")
      }
      return NetworkTensor(name, [values.count], values)
    }
    // ONNX says how much of the old moments stays, PyTorch how much of new ones comes.
    let momentum = 1 - (node["momentum"]?.float ?? 0.9)
    try append(
      .batchNorm(
        momentum: momentum > 0 && momentum <= 1 ? momentum : 0.1,
        epsilon: node["epsilon"]?.float ?? 1e-5), node, found)
  }

  private mutating func flatten(_ node: ONNXNode) throws {
    guard !isRow else { return }
    isRow = true
    // One point needs no layer.
    if !shape.isRow { try append(.flatten, node) }
  }

  /// To rows, or from rows to images of one point.
  private mutating func reshape(_ node: ONNXNode) throws {
    guard node.inputs.count == 2 else { throw Self.unsupported(node, "it has no shape") }
    var sizes = constants.ints(node.inputs[1])
    if sizes == nil, let joining = maker(of: node.inputs[1]), joining.operation == "Concat",
      joining.inputs.count == 2, let last = constants.ints(joining.inputs[1]), last.count == 1
    {
      // PyTorch's `view(x.size(0), -1)`: the samples are counted while it runs.
      sizes = [0] + last
    }
    let count = Int64(shape.count)
    let whole: [Int64] = [-1, count]
    switch sizes {
    case let sizes?
    where sizes.count == 2 && sizes[0] <= 0 && whole.contains(sizes[1]) && sizes != [-1, -1]:
      try flatten(node)
    case [0, -1, 1, 1]? where isRow, [-1, count, 1, 1]? where isRow: isRow = false
    default:
      throw Self.unsupported(
        node, "it makes something else than rows of \(shape.count) numbers")
    }
  }

  /// Means taken off the channels of the images that come, and deviations that they are divided by.
  private mutating func normalize(_ node: ONNXNode, _ input: String) throws {
    guard plans.isEmpty, !isRow, node.inputs.count == 2, node.inputs[0] == input,
      deviations.isEmpty, means.isEmpty || node.operation == "Div",
      let found = constants.floats(node.inputs[1])
    else { throw Self.unsupported(node, "no layer that is known") }
    let values = found.values.map(Double.init)
    let isOfChannels =
      [1, 3, 4].contains(found.shape.count)
      && found.shape.suffix(3).first == shape.channels && values.count == shape.channels
      && found.shape.count > 1
    guard values.count == 1 || isOfChannels, values.allSatisfy(\.isFinite),
      node.operation == "Sub" || values.allSatisfy({ $0 > 0 })
    else { throw Self.unsupported(node, "no layer that is known") }
    let all = values.count == 1 ? [Double](repeating: values[0], count: shape.channels) : values
    if node.operation == "Sub" { means = all } else { deviations = all }
  }
}
