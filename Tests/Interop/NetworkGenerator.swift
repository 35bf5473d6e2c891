import Compute
import Formats
import Support

@testable import Learning

/// Networks of layers in any order that fits, with random weights.
struct NetworkGenerator {
  var random: SeededRandom

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    range.randomElement(using: &random) ?? range.lowerBound
  }

  /// A network for images; means and deviations of every third one are not those of bytes as they are.
  mutating func images() throws -> NetworkModel {
    let shape = SampleShape(height: number(4...13), width: number(4...13), channels: number(1...4))
    var plans: [LayerPlan] = []
    var at = shape
    for _ in 0..<number(1...5) {
      let plan = imageLayer(at)
      guard let next = try? plan.output(of: at) else { continue }
      plans.append(plan)
      at = next
    }
    plans.append(random.chance(1, of: 3) ? .globalAveragePool : .flatten)
    return try made(
      "cnn", plans + rowLayers(),
      .images(
        shape, means: numbers(shape.channels, -0.5...0.5),
        deviations: numbers(shape.channels, 0.2...1)))
  }

  /// A network for rows of what an encoder makes.
  mutating func rows(_ encoder: FeatureEncoder) throws -> NetworkModel {
    try made("mlp", rowLayers(), .rows(encoder))
  }

  private mutating func numbers(_ count: Int, _ range: ClosedRange<Double>) -> [Double] {
    (0..<count).map { _ in
      random.chance(1, of: 3)
        ? range.upperBound.rounded() : Double.random(in: range, using: &random)
    }
  }

  private mutating func imageLayer(_ at: SampleShape) -> LayerPlan {
    switch number(0...7) {
    case 0, 1, 2:
      let groups = random.chance(1, of: 3) ? at.channels : 1
      return .conv2d(
        filters: groups * number(1...(groups == 1 ? 20 : 5)), kernel: number(1...4),
        stride: number(1...3),
        padding: number(0...2), groups: groups)
    case 3: return .maxPool(size: number(1...3), stride: number(1...3))
    case 4: return .averagePool(size: number(1...3), stride: number(1...3))
    case 5: return .batchNorm(momentum: 0.1, epsilon: 1e-5)
    case 6: return .dropout(rate: 0.5)
    default: return .activation(random.pick(NetworkKernels.Activation.allCases))
    }
  }

  private mutating func rowLayers() -> [LayerPlan] {
    var plans: [LayerPlan] = []
    for _ in 0..<number(0...3) {
      switch number(0...3) {
      case 0: plans.append(.batchNorm(momentum: 0.25, epsilon: 1e-3))
      case 1: plans.append(.dropout(rate: 0.1))
      default: plans.append(.activation(random.pick(NetworkKernels.Activation.allCases)))
      }
      if random.chance(1, of: 2) { plans.append(.dense(units: number(1...40))) }
    }
    return plans
  }

  private mutating func made(
    _ kind: String, _ plans: [LayerPlan], _ input: NetworkInput
  ) throws -> NetworkModel {
    let count = random.pick([1, 2, 2, 3, 10])
    var plans = plans + [.dense(units: count == 2 && random.chance(1, of: 2) ? 1 : count)]
    let isSingle = plans.last == .dense(units: 1)
    if count > 1 { plans.append(isSingle ? .activation(.sigmoid) : .softmax) }
    let network = try Network(plans, input: input.shape, training: false)
    network.begin(seed: random.next())
    let tensors = network.tensors.map { tensor in
      guard tensor.name.hasSuffix("running_var") || tensor.shape.count == 1 else { return tensor }
      let range: ClosedRange<Float> = tensor.name.hasSuffix("var") ? 0.5...2 : -1...1
      return NetworkTensor(
        tensor.name, tensor.shape,
        tensor.values.map { _ in Float.random(in: range, using: &random) })
    }
    let names = count == 3 ? ["red", "green", "grün"] : (0..<count).map { "\($0)" }
    return NetworkModel(
      kind: kind, target: "t", classes: count == 1 ? [] : names, input: input, plans: plans,
      tensors: tensors, scale: count == 1 ? 12.5 : 1, shift: count == 1 ? 1e6 : 0,
      training: .object([.init("epochs", 5)]))
  }
}

extension NetworkModel {
  /// What the network says of samples, as our ONNX files answer it.
  func answers(_ source: any SampleSource) throws -> [[Double]] {
    let network = try Network(plans, input: input.shape, training: false)
    try network.take(tensors)
    let count = network.output.count
    var found = [[Double]](repeating: [], count: source.count)
    NetworkEvaluation.run(
      network, source, samples: Array(0..<Int32(source.count))[...], on: WorkerPool(threads: 2)
    ) { place, outputs in
      let row = (0..<count).map { Double(outputs[$0]) }
      if classes.isEmpty {
        found[place] = row.map { $0 * scale + shift }
      } else {
        found[place] = count == 1 ? [1 - row[0], row[0]] : row
      }
    }
    return found
  }
}
