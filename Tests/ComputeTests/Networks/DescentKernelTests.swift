import Compute
import Glibc
import Support
import Testing

@Suite("Steps of optimisers") struct DescentKernelTests {
  private struct State {
    var weights: [Double]
    var first: [Double]
    var second: [Double]
    let gradients: [[Double]]

    init(count: Int, steps: Int) {
      let numbers = NetworkKernelTests.numbers(count * (steps + 1), seed: 21).map {
        Double($0 / 32)
      }
      weights = Array(numbers.prefix(count))
      first = [Double](repeating: 0, count: count)
      second = first
      gradients = (1...steps).map { Array(numbers[$0 * count..<($0 + 1) * count]) }
    }
  }

  private let count = 1003
  private let steps = 6

  /// Runs a kernel's steps in floats beside a formula's in doubles, and compares.
  private func compare(
    scale: Double, _ kernel: (_ step: Int) -> DescentKernel,
    _ formula: (_ step: Int, _ gradient: Double, inout Double, inout Double, inout Double) -> Void
  ) {
    var state = State(count: count, steps: steps)
    let weights = FloatBuffer(state.weights.map { Float($0) })
    let (first, second) = (FloatBuffer(zeros: count), FloatBuffer(zeros: count))
    for step in 1...steps {
      let gradient = FloatBuffer(state.gradients[step - 1].map { Float($0) })
      kernel(step).step(
        weights.start, gradient: gradient.start, scale: Float(scale), first: first.start,
        second: second.start, count: count)
      for index in 0..<count {
        formula(
          step, state.gradients[step - 1][index] * scale, &state.weights[index],
          &state.first[index], &state.second[index])
      }
    }
    for (ours, truth) in zip(weights.values, state.weights) {
      #expect(abs(Double(ours) - truth) <= 3e-6 * max(1, abs(truth)))
    }
    for (ours, truth) in zip(first.values, state.first) {
      #expect(abs(Double(ours) - truth) <= 3e-6 * max(0.1, abs(truth)))
    }
  }

  @Test("Adam and AdamW are PyTorch's", arguments: [(0.0, 0.0), (0.01, 0), (0, 0.1)])
  func adam(penalty: Double, decay: Double) {
    let (rate, a, b, epsilon) = (0.01, 0.9, 0.999, 1e-8)
    compare(scale: 0.5) { step in
      .adam(
        rate: Float(rate / (1 - pow(a, Double(step)))), meanDecay: Float(a),
        squareDecay: Float(b), squareScale: Float(1 / (1 - pow(b, Double(step))).squareRoot()),
        epsilon: Float(epsilon), penalty: Float(penalty), shrink: Float(1 - rate * decay))
    } _: { step, gradient, weight, mean, square in
      let g = gradient + penalty * weight
      weight -= rate * decay * weight
      mean = a * mean + (1 - a) * g
      square = b * square + (1 - b) * g * g
      let (first, second) = (mean / (1 - pow(a, Double(step))), square / (1 - pow(b, Double(step))))
      weight -= rate * first / (second.squareRoot() + epsilon)
    }
  }

  @Test("momentum is PyTorch's", arguments: [(0.0, 0.0), (0.9, 0), (0.9, 0.01)], [false, true])
  func momentum(settings: (momentum: Double, penalty: Double), nesterov: Bool) {
    compare(scale: 2) { _ in
      .momentum(
        rate: 0.05, momentum: Float(settings.momentum), penalty: Float(settings.penalty),
        looksAhead: nesterov)
    } _: { _, gradient, weight, velocity, _ in
      let g = gradient + settings.penalty * weight
      velocity = settings.momentum * velocity + g
      weight -= 0.05 * (nesterov ? g + settings.momentum * velocity : velocity)
    }
  }
}
