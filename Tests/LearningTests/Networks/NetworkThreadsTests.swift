import Compute
import Support
import Testing

@testable import Learning

@Suite("Networks learn the same with any number of threads") struct NetworkThreadsTests {
  /// One of every layer.
  private static let plans: [LayerPlan] = [
    .conv2d(filters: 12, kernel: 3, stride: 1, padding: 1, groups: 1),
    .batchNorm(momentum: 0.1, epsilon: 1e-5), .activation(.relu), .maxPool(size: 2, stride: 2),
    .conv2d(filters: 20, kernel: 3, stride: 1, padding: 1, groups: 2), .activation(.relu),
    .averagePool(size: 2, stride: 1), .dropout(rate: 0.2),
    .conv2d(filters: 33, kernel: 1, stride: 1, padding: 0, groups: 1), .activation(.gelu),
    .globalAveragePool, .dense(units: 30), .activation(.tanh), .dense(units: 20),
    .activation(.sigmoid), .dropout(rate: 0.5), .dense(units: 4),
  ]

  static let optimizers: [Optimizer] = [
    Optimizer(.adam(meanDecay: 0.9, squareDecay: 0.999, epsilon: 1e-8)),
    Optimizer(
      .adamW(meanDecay: 0.9, squareDecay: 0.999, epsilon: 1e-8), weightDecay: 0.01, clip: 1),
    Optimizer(.momentum(0.9, nesterov: true), weightDecay: 1e-4, clip: 0.5),
  ]

  private func learn(threads: Int, _ optimizer: Optimizer) throws -> [UInt32] {
    let shape = SampleShape(height: 8, width: 9, channels: 2)
    let network = try Network(Self.plans, input: shape, training: true)
    network.begin(seed: 3)
    var random = SeededRandom(seed: 8)
    let bytes = (0..<70 * shape.count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    let labels = (0..<70).map { _ in Int32(random.next() % 4) }
    let descent = NetworkDescent(
      network, ImageSamples(bytes, shape: shape, means: [0.4, 0.5], deviations: [0.2, 0.3]),
      samples: Array(0..<70), .classes(labels, count: 4),
      loss: .crossEntropy(smoothing: 0.1, weights: [1, 2, 1, 0.5]), optimizer: optimizer,
      batchSize: 23, seed: 5, pool: WorkerPool(threads: threads))
    var losses: [Double] = []
    for epoch in 0..<5 {
      let order = descent.order(of: epoch)
      for start in stride(from: 0, to: order.count, by: 23) {
        let batch = order[start..<min(start + 23, order.count)]
        losses.append(descent.learn(from: batch, epoch: epoch, rate: 0.01).loss)
      }
    }
    #expect(descent.step == 20)
    #expect(losses.count { !$0.isFinite } == 0)
    return losses.flatMap {
      [UInt32(truncatingIfNeeded: $0.bitPattern), UInt32(truncatingIfNeeded: $0.bitPattern >> 32)]
    } + network.tensors.flatMap { $0.values.map(\.bitPattern) }
  }

  @Test("twenty steps, bit for bit", arguments: 0..<optimizers.count)
  func same(place: Int) throws {
    let optimizer = Self.optimizers[place]
    let one = try learn(threads: 1, optimizer)
    #expect(try learn(threads: 1, optimizer) == one)
    #expect(try learn(threads: 2, optimizer) == one)
    #expect(try learn(threads: 3, optimizer) == one)
  }

  @Test("what a network says does not depend on threads or on the size of a batch") func says()
    throws
  {
    let shape = SampleShape(height: 8, width: 9, channels: 2)
    var random = SeededRandom(seed: 9)
    let numbers = (0..<600 * shape.count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    let source = ImageSamples(numbers, shape: shape, means: [0, 0], deviations: [1, 1])
    let network = try Network(Self.plans + [.softmax], input: shape, training: false)
    network.begin(seed: 4)
    func answers(threads: Int, _ samples: [Int32]) -> [Float] {
      var found = [Float](repeating: 0, count: samples.count * 4)
      NetworkEvaluation.run(
        network, source, samples: samples[...], on: WorkerPool(threads: threads)
      ) { place, outputs in for k in 0..<4 { found[place * 4 + k] = outputs[k] } }
      return found
    }
    let all = answers(threads: 1, Array(0..<600))
    #expect(answers(threads: 3, Array(0..<600)) == all)
    for sample in [0, 255, 256, 599] {
      #expect(answers(threads: 2, [Int32(sample)]) == Array(all[sample * 4..<sample * 4 + 4]))
    }
  }
}
