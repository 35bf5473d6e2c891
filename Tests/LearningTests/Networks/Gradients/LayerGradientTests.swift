import Compute
import Formats
import Testing

@testable import Learning

@Suite("Gradients of layers are slopes of a network in doubles") struct LayerGradientTests {
  struct Sample: CustomTestStringConvertible {
    var plans: [LayerPlan]
    var shape: SampleShape

    init(_ shape: SampleShape, _ plans: LayerPlan...) { (self.plans, self.shape) = (plans, shape) }

    var testDescription: String {
      "\(shape): \(plans.map { $0.json.text() }.joined(separator: " "))"
    }
  }

  private static func conv(
    _ filters: Int, _ kernel: Int, _ stride: Int = 1, _ padding: Int = 0, _ groups: Int = 1
  ) -> LayerPlan {
    .conv2d(filters: filters, kernel: kernel, stride: stride, padding: padding, groups: groups)
  }

  private static func image(_ height: Int, _ width: Int, _ channels: Int) -> SampleShape {
    SampleShape(height: height, width: width, channels: channels)
  }

  private static let norm = LayerPlan.batchNorm(momentum: 0.1, epsilon: 1e-5)

  static let samples: [Sample] =
    [
      Sample(SampleShape(1), .dense(units: 1)), Sample(SampleShape(13), .dense(units: 7)),
      Sample(SampleShape(300), .dense(units: 50)),
      Sample(SampleShape(9), .dense(units: 21), .activation(.relu)),
      Sample(image(3, 4, 5), .flatten, .dense(units: 6)),
      Sample(image(1, 1, 1), conv(1, 1)), Sample(image(5, 4, 3), conv(4, 3)),
      Sample(image(6, 6, 7), conv(17, 3), .activation(.relu)),
      Sample(image(7, 5, 2), conv(5, 3, 2)), Sample(image(8, 9, 3), conv(20, 3, 2, 1)),
      Sample(image(4, 4, 2), conv(3, 2, 1, 2)), Sample(image(5, 5, 4), conv(6, 3, 1, 1, 2)),
      Sample(image(6, 7, 6), conv(6, 3, 2, 2, 6)), Sample(image(5, 5, 24), conv(34, 3, 1, 0, 2)),
      Sample(image(9, 9, 1), conv(32, 5, 3, 1)), Sample(image(4, 5, 30), conv(8, 1)),
      Sample(image(6, 6, 3), .maxPool(size: 2, stride: 2)),
      Sample(image(7, 8, 5), .maxPool(size: 3, stride: 2)),
      Sample(image(5, 5, 2), .maxPool(size: 3, stride: 1)),
      Sample(image(6, 6, 3), .averagePool(size: 2, stride: 2)),
      Sample(image(7, 6, 4), .averagePool(size: 3, stride: 2)),
      Sample(image(5, 6, 4), .globalAveragePool), Sample(image(4, 3, 5), norm),
      Sample(SampleShape(11), norm), Sample(image(3, 2, 4), .flatten, norm, .dense(units: 3)),
      Sample(SampleShape(33), .dropout(rate: 0.3)), Sample(image(3, 4, 5), .dropout(rate: 0.6)),
      Sample(SampleShape(1), .softmax), Sample(SampleShape(12), .softmax),
      Sample(image(4, 4, 2), .maxPool(size: 2, stride: 1), .activation(.relu)),
    ]
    + NetworkKernels.Activation.allCases.flatMap {
      [Sample(SampleShape(40), .activation($0)), Sample(image(3, 3, 2), .activation($0))]
    }

  @Test("of what goes in and of weights", arguments: samples) func slopes(sample: Sample) throws {
    let own = try GradientCase(sample.plans, sample.shape)
    try Self.check(own, own.run())
  }

  static func check(_ own: GradientCase, _ result: GradientCase.Result) throws {
    let network = own.reference
    let input = ReferenceImages(own.input, shape: own.shape)
    let outputs = network(input)
    for (ours, truth) in zip(result.outputs, outputs.own) {
      #expect(abs(Double(ours) - truth) <= 1e-5 * max(1, abs(truth)))
    }
    #expect(result.outputs.count == outputs.own.count)
    func value(_ network: ReferenceNetwork, _ input: ReferenceImages) -> Double {
      zip(network(input).own, own.questions).reduce(0) { $0 + $1.0 * Double($1.1) }
    }
    var differences = FiniteDifferences()
    let count = own.shape.count
    let places = (0..<own.samples * count).map { input.ownPlace($0 % count, of: $0 / count) }
    differences.compare(places.map { result.inputGradient[$0] }, named: "input") { place, by in
      var input = input
      input.samples[place / count][place % count] += by
      return value(network, input)
    }
    for (name, gradient) in result.gradients {
      differences.compare(gradient, named: name) { place, by in
        var network = network
        network.weights[name]?[place] += by
        return value(network, input)
      }
    }
    let found = result.gradients.reduce(min(24, places.count)) { $0 + min(24, $1.values.count) }
    #expect(differences.kinks * 10 <= found, "\(differences.kinks) kinks of \(found)")
    #expect(differences.compared + differences.kinks == found)
  }

  @Test("of whole networks, layer after layer", arguments: [3, 4, 5, 6])
  func networks(seed: UInt64) throws {
    let plans: [LayerPlan] = [
      Self.conv(6, 3, 1, 1), Self.norm, .activation(.gelu), .maxPool(size: 2, stride: 2),
      Self.conv(8, 3, 1, 1, 2), .activation(.relu), .averagePool(size: 2, stride: 1),
      .dropout(rate: 0.25), .flatten, .dense(units: 20), Self.norm, .activation(.tanh),
      .dense(units: 9), .activation(.sigmoid), .dense(units: 4), .softmax,
    ]
    let own = try GradientCase(plans, Self.image(6, 8, 3), samples: 8, seed: seed)
    try Self.check(own, own.run())
  }

  @Test("a network's are those of its layers one by one, to the bit", arguments: [1, 2, 3])
  func whole(threads: Int) throws {
    let shape = Self.image(6, 8, 3)
    let middle: [LayerPlan] = [
      Self.conv(6, 3, 1, 1), Self.norm, .activation(.gelu), .maxPool(size: 2, stride: 2),
      Self.conv(17, 3, 1, 1), .activation(.relu), Self.norm, Self.norm, .flatten, .dense(units: 20),
      .activation(.tanh), .dense(units: 4),
    ]
    let beginnings: [[LayerPlan]] = [
      [], [Self.norm], [.dropout(rate: 0.2)], [.activation(.relu)],
      [.averagePool(size: 2, stride: 1), .activation(.tanh), Self.norm],
    ]
    for beginning in beginnings {
      let own = try GradientCase(beginning + middle, shape, samples: 33)
      let (layers, network) = (own.run(), try own.runWhole(threads: threads))
      #expect(network.outputs == layers.outputs)
      #expect(network.gradients.map(\.name) == layers.gradients.map(\.name))
      for (one, other) in zip(network.gradients, layers.gradients) {
        #expect(one.values == other.values, "\(one.name) behind \(beginning)")
      }
    }
    for plans in [[LayerPlan.activation(.relu)], [Self.norm], []] {
      let own = try GradientCase(plans, shape, samples: 4)
      #expect(try own.runWhole(threads: threads).outputs == own.run().outputs)
    }
  }

  @Test("running moments are blended as PyTorch blends them") func moments() throws {
    let layer = BatchNormLayer(
      input: Self.image(2, 3, 4), image: Self.image(2, 3, 4), momentum: 0.3, epsilon: 1e-5,
      training: true)
    let numbers = try GradientCase([Self.norm], Self.image(2, 3, 4)).input
    let x = FloatBuffer(numbers)
    layer.makeRoom(samples: 5, blocks: 1, training: true)
    for _ in 0..<2 { layer.gather(x.start, samples: 5, GradientCase.pass) }
    for channel in 0..<4 {
      let values = stride(from: channel, to: numbers.count, by: 4).map { Double(numbers[$0]) }
      let mean = values.reduce(0, +) / 30
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 29
      let (first, second) = (0.3 * mean, 0.7 * 1 + 0.3 * variance)
      #expect(
        abs(Double(layer.weights[2].values.start[channel]) - (0.7 * first + 0.3 * mean)) < 1e-6)
      #expect(
        abs(Double(layer.weights[3].values.start[channel]) - (0.7 * second + 0.3 * variance)) < 1e-6
      )
    }
  }
}
