import Compute

/// Makes the layers that plans ask for.
struct NetworkAssembly {
  private(set) var layers: [(number: Int, layer: any Layer)] = []
  private let plans: [LayerPlan]
  private let shapes: [SampleShape]
  private let training: Bool

  /// - Parameter shapes: as ``LayerPlan/shapes(_:from:)`` gives them.
  init(_ plans: [LayerPlan], _ shapes: [SampleShape], training: Bool) {
    self.plans = plans
    self.shapes = shapes
    self.training = training
    for number in plans.indices {
      if let layer = layer(number) { layers.append((number, layer)) }
    }
  }

  /// Whether the layer before applies this one's rectifier.
  private func isRectified(_ number: Int) -> Bool {
    guard plans.indices.contains(number), case .activation(.relu) = plans[number] else {
      return false
    }
    switch number > 0 ? plans[number - 1] : .flatten {
    case .dense, .conv2d: return true
    default: return false
    }
  }

  private func layer(_ number: Int) -> (any Layer)? {
    let (input, output) = (shapes[number], shapes[number + 1])
    switch plans[number] {
    case .dense(let units):
      return DenseLayer(
        input: input, image: image(before: number), units: units,
        rectifies: isRectified(number + 1), training: training)
    case .conv2d(_, let kernel, let stride, let padding, let groups):
      return ConvolutionLayer(
        input: input, output: output, kernel: kernel, stride: stride, padding: padding,
        groups: groups, rectifies: isRectified(number + 1), training: training)
    case .maxPool(let size, let stride):
      return PoolingLayer(
        input: input, output: output, size: size, stride: stride, takesGreatest: true)
    case .averagePool(let size, let stride):
      return PoolingLayer(
        input: input, output: output, size: size, stride: stride, takesGreatest: false)
    case .globalAveragePool: return GlobalAverageLayer(input: input)
    case .flatten: return nil
    case .dropout(let rate):
      return training ? DropoutLayer(input: input, rate: rate, number: number) : nil
    case .batchNorm(let momentum, let epsilon):
      return BatchNormLayer(
        input: input, image: image(before: number), momentum: momentum, epsilon: epsilon,
        training: training)
    case .activation(let function):
      return isRectified(number) ? nil : ActivationLayer(input: input, function: function)
    case .softmax: return SoftmaxLayer(input: input)
    }
  }

  /// The images that a row of numbers was, when it was flattened and nothing mixed them since.
  private func image(before number: Int) -> SampleShape {
    guard number > 0, shapes[number].isRow else { return shapes[number] }
    switch plans[number - 1] {
    case .flatten, .dropout, .activation, .batchNorm: return image(before: number - 1)
    default: return shapes[number]
    }
  }
}
