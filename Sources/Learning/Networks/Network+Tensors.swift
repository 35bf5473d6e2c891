import Compute

extension Network {
  /// All that is learnt or kept, as PyTorch has it: (out, in) and (out, in, height, width), channels before points.
  package var tensors: [NetworkTensor] {
    layers.flatMap { number, layer in
      layer.weights.map {
        NetworkTensor("\(number).\($0.name)", $0.shape, $0.exported($0.values))
      }
    }
  }

  /// The names and shapes of ``tensors``.
  package var tensorShapes: [(name: String, shape: [Int])] {
    layers.flatMap { number, layer in
      layer.weights.map { ("\(number).\($0.name)", $0.shape) }
    }
  }

  /// What an optimiser keeps of each number that is learnt, under the same names.
  func optimizerTensors(_ part: KeyPath<NetworkWeights, FloatBuffer>) -> [NetworkTensor] {
    layers.flatMap { number, layer in
      layer.weights.filter(\.isTrained).map {
        NetworkTensor("\(number).\($0.name)", $0.shape, $0.exported($0[keyPath: part]))
      }
    }
  }

  /// Takes weights by their names.
  ///
  /// - Throws: ``LayerPlan/Misfit`` for one that is missing or of another shape; nothing is changed then.
  package func take(_ tensors: [NetworkTensor]) throws(LayerPlan.Misfit) {
    try take(tensors, into: \.values)
  }

  func take(
    _ tensors: [NetworkTensor], into part: KeyPath<NetworkWeights, FloatBuffer>
  ) throws(LayerPlan.Misfit) {
    var byName: [String: NetworkTensor] = [:]
    for tensor in tensors { byName[tensor.name] = tensor }
    var found: [(NetworkWeights, [Float])] = []
    for (number, layer) in layers {
      for weights in layer.weights where weights.isTrained || part == \.values {
        let name = "\(number).\(weights.name)"
        guard let tensor = byName[name] else {
          throw LayerPlan.Misfit(message: "there is no `\(name)` of shape \(weights.shape)")
        }
        guard tensor.shape == weights.shape, tensor.values.count == weights.count else {
          throw LayerPlan.Misfit(
            message: "`\(name)` has the shape \(tensor.shape), and should have \(weights.shape)")
        }
        found.append((weights, tensor.values))
      }
    }
    for (weights, values) in found { weights.take(values, into: weights[keyPath: part]) }
  }
}
