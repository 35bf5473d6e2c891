import Compute
import Support

@testable import Learning

/// Layers with random weights, a random batch, and the gradients that our code makes of them.
struct GradientCase {
  let plans: [LayerPlan]
  let shape: SampleShape
  let samples: Int
  let input: [Float]
  /// What is asked of what comes out: the sum of each number times one of these.
  let questions: [Float]
  private let layers: [(number: Int, layer: any Layer)]
  static let pass = Pass(isTraining: true, seed: 99, step: 7)

  init(_ plans: [LayerPlan], _ shape: SampleShape, samples: Int = 5, seed: UInt64 = 1) throws {
    self.plans = plans
    self.shape = shape
    self.samples = samples
    var random = SeededRandom(seed: seed)
    func numbers(_ count: Int) -> [Float] {
      (0..<count).map { _ in Float.random(in: -1...1, using: &random) }
    }
    input = numbers(samples * shape.count)
    let shapes = try LayerPlan.shapes(plans, from: shape)
    questions = numbers(samples * (shapes.last?.count ?? 0))
    layers = NetworkAssembly(plans, shapes, training: true).layers
    for (_, layer) in layers {
      for weights in layer.weights { weights.values.set(numbers(weights.count)) }
    }
  }

  /// Our weights as the reference takes them.
  var reference: ReferenceNetwork {
    var weights: [String: [Double]] = [:]
    for (number, layer) in layers {
      for entry in layer.weights where entry.isTrained {
        weights["\(number).\(entry.name)"] = entry.exported(entry.values).map(Double.init)
      }
    }
    return ReferenceNetwork(
      plans: plans, weights: weights, seed: Self.pass.seed, step: Self.pass.step)
  }

  /// The same weights, batch and questions, run by a whole network on some threads.
  func runWhole(threads: Int) throws -> Result {
    let network = try Network(plans, input: shape, training: true)
    var tensors: [NetworkTensor] = []
    for (number, layer) in layers {
      for entry in layer.weights {
        tensors.append(
          NetworkTensor("\(number).\(entry.name)", entry.shape, entry.exported(entry.values)))
      }
    }
    try network.take(tensors)
    let pool = WorkerPool(threads: threads)
    network.makeRoom(samples: samples, threads: threads)
    let (inputs, outputs) = (shape.count, network.output.count)
    network.forwardAndBack(samples: samples, Self.pass, on: pool) { range, place in
      for index in 0..<range.count * inputs {
        place[index] = input[range.lowerBound * inputs + index]
      }
    } lose: { range, _, gradient in
      for index in range.lowerBound * outputs..<range.upperBound * outputs {
        gradient[index] = questions[index]
      }
    }
    network.weigh(samples: samples, on: pool) { _, _ in }
    let answers = (0..<samples * outputs).map { network.outputs[$0] }
    var found: [(name: String, values: [Float])] = []
    for (number, layer) in network.layers.reversed() {
      for weights in layer.weights where weights.isTrained {
        found.append(("\(number).\(weights.name)", weights.exported(weights.gradient)))
      }
    }
    return Result(outputs: answers, inputGradient: [], gradients: found)
  }

  struct Result {
    var outputs: [Float]
    var inputGradient: [Float]
    var gradients: [(name: String, values: [Float])]
  }

  /// Runs layer after layer on a batch in two parts, and back.
  func run() -> Result {
    var activations = [FloatBuffer(input)]
    let parts = [0..<samples / 2, samples / 2..<samples]
    for (_, layer) in layers {
      let x = activations[activations.count - 1]
      let y = FloatBuffer(zeros: samples * layer.output.count)
      layer.makeRoom(samples: samples, blocks: 2, training: true)
      (layer as? any BatchLayer)?.gather(x.start, samples: samples, Self.pass)
      for part in parts { layer.forward(x.start, to: y.start, samples: part, Self.pass) }
      activations.append(y)
    }
    var gradient = FloatBuffer(questions)
    var found: [(name: String, values: [Float])] = []
    for (index, entry) in layers.enumerated().reversed() {
      let layer = entry.layer
      let (x, y) = (activations[index], activations[index + 1])
      let result = FloatBuffer(zeros: samples * layer.input.count)
      layer.prepareBackward(needsResult: true)
      (layer as? any BatchLayer)?.gatherBack(x.start, gradient: gradient.start, samples: samples)
      for (block, part) in parts.enumerated() {
        layer.backward(
          x.start, y.start, gradient: gradient.start, to: result.start, samples: part,
          block: block, Self.pass)
      }
      for tile in layer.tiles {
        layer.weigh(tile, x.start, gradient: gradient.start, samples: samples)
      }
      for weights in layer.weights where weights.isTrained {
        found.append(("\(entry.number).\(weights.name)", weights.exported(weights.gradient)))
      }
      gradient = result
    }
    return Result(
      outputs: activations[activations.count - 1].values, inputGradient: gradient.values,
      gradients: found)
  }
}
