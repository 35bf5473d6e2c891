extension LayerPlan {
  /// What a layer keeps, by its names behind the layer's number, in the order of ``Network/tensors``.
  ///
  /// - Parameter input: what goes in; the layer can take it.
  func tensorShapes(input: SampleShape) -> [(name: String, shape: [Int])] {
    switch self {
    case .dense(let units): [("weight", [units, input.count]), ("bias", [units])]
    case .conv2d(let filters, let kernel, _, _, let groups):
      [("weight", [filters, input.channels / groups, kernel, kernel]), ("bias", [filters])]
    case .batchNorm:
      ["weight", "bias", "running_mean", "running_var"].map { ($0, [input.channels]) }
    case .maxPool, .averagePool, .globalAveragePool, .flatten, .dropout, .activation, .softmax: []
    }
  }

  /// The names and shapes of all tensors of a network, without making it: numbers of a file may ask for more memory than there is.
  ///
  /// - Throws: ``Misfit`` of the first layer that cannot take what it gets.
  static func tensorShapes(
    _ plans: [LayerPlan], from input: SampleShape
  ) throws(Misfit) -> [(name: String, shape: [Int])] {
    let shapes = try shapes(plans, from: input)
    return plans.enumerated().flatMap { number, plan in
      plan.tensorShapes(input: shapes[number]).map { ("\(number).\($0.name)", $0.shape) }
    }
  }

  /// - Throws: ``Misfit`` unless there is just what the layers keep, each of its shape.
  static func check(
    _ tensors: [NetworkTensor], of plans: [LayerPlan], from input: SampleShape
  ) throws(Misfit) {
    let wanted = try tensorShapes(plans, from: input)
    var byName: [String: NetworkTensor] = [:]
    for tensor in tensors where byName.updateValue(tensor, forKey: tensor.name) != nil {
      throw Misfit(message: "there are two tensors `\(tensor.name)`")
    }
    for (name, shape) in wanted {
      guard let tensor = byName[name] else {
        throw Misfit(message: "there is no `\(name)` of shape \(shape)")
      }
      guard tensor.shape == shape, tensor.values.count == shape.reduce(1, *) else {
        throw Misfit(message: "`\(name)` has the shape \(tensor.shape), and should have \(shape)")
      }
    }
    let names = Set(wanted.map(\.name))
    if let other = tensors.first(where: { !names.contains($0.name) }) {
      throw Misfit(message: "no layer has a tensor `\(other.name)`")
    }
  }

  /// Others flatten an image with its channels before its points, we with its points first: the weights of `dense`, and of what
  /// stands between the two, are turned when they come and go, and nothing else can be.
  ///
  /// - Throws: ``Misfit`` for a network that would be another one elsewhere.
  static func checkOrder(_ plans: [LayerPlan], _ shapes: [SampleShape]) throws(Misfit) {
    for (number, plan) in plans.enumerated() where plan == .flatten && !shapes[number].isRow {
      let next = plans[(number + 1)...].first { plan in
        switch plan {
        case .flatten, .dropout, .activation, .batchNorm: false
        default: true
        }
      }
      if case .dense = next { continue }
      throw Misfit(
        message: "`\(next?.name ?? "the answer")` behind `flatten` means something else in ONNX",
        hint: "put a `dense` behind `flatten`")
    }
  }
}
