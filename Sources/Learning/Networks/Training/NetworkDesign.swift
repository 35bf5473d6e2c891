import Compute
import Platform
import Projects

/// Which layers a network has, and whether they fit the data.
struct NetworkDesign {
  private let data: NetworkData
  private let loss: NetworkLoss
  private let kind: NetworkTrainer.Kind
  private let setting: Setting?

  init(
    _ data: NetworkData, _ loss: NetworkLoss, kind: NetworkTrainer.Kind, _ setting: Setting?
  ) {
    self.data = data
    self.loss = loss
    self.kind = kind
    self.setting = setting
  }

  /// - Returns: the layers as they are used, and the network that learns.
  func make() throws -> (plans: [LayerPlan], network: Network) {
    let outputs = data.outputs(loss)
    var plans = try setting.map { try LayerList($0).plans } ?? standard(outputs)
    // Losses take what comes before the last function.
    if let last = plans.last, last == .softmax || (last == .activation(.sigmoid) && outputs == 1) {
      plans.removeLast()
    }
    if kind == .perceptron, setting != nil, case .dense? = plans.first, !data.input.shape.isRow {
      plans.insert(.flatten, at: 0)
    }
    do throws(LayerPlan.Misfit) {
      try checkSize(plans)
      let network = try Network(plans, input: data.input.shape, training: true)
      guard network.output == SampleShape(outputs) else {
        throw LayerPlan.Misfit(
          message:
            "the last layer gives \(network.output), and there \(outputs == 1 ? "is 1 number" : "are \(outputs) classes") to tell",
          hint: "end with `\(outputs)`")
      }
      guard network.parameterCount > 0 else {
        throw LayerPlan.Misfit(
          message: "no layer learns anything", hint: "add a `dense` or a `conv2d`")
      }
      try LayerPlan.checkOrder(plans, network.shapes)
      return (used(plans), network)
    } catch {
      throw Failure(
        .invalid, error.message, hint: error.hint, at: setting?.location())
    }
  }

  /// Weights, their gradients and the optimiser's two numbers of each: 16 bytes of memory.
  private static let mostWeights = 1 << 28

  private func checkSize(_ plans: [LayerPlan]) throws(LayerPlan.Misfit) {
    var sum = 0
    for (name, shape) in try LayerPlan.tensorShapes(plans, from: data.input.shape) {
      sum += shape.reduce(1, *)
      guard sum <= Self.mostWeights else {
        let layer = (Int(name.prefix { $0 != "." }) ?? 0) + 1
        throw LayerPlan.Misfit(
          message: "with layer \(layer) the network has more than \(Self.mostWeights) weights",
          hint: "make it smaller, or images smaller by pooling before `flatten`")
      }
    }
  }

  private func standard(_ outputs: Int) -> [LayerPlan] {
    switch kind {
    case .perceptron:
      DefaultLayers.perceptron(outputs: outputs, isImage: !data.input.shape.isRow)
    case .convolutional: DefaultLayers.convolutional(outputs: outputs)
    }
  }

  /// With the function that makes probabilities.
  private func used(_ plans: [LayerPlan]) -> [LayerPlan] {
    if data.classes.isEmpty { return plans }
    return plans + [loss == .binaryCrossEntropy ? .activation(.sigmoid) : .softmax]
  }
}
