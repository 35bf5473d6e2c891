import Compute

/// How gradients become steps; the settings are PyTorch's.
package struct Optimizer: Sendable, Hashable {
  package var method: Method
  /// Added to the gradient, times the weight; or, with ``Method/adamW(meanDecay:squareDecay:epsilon:)``, taken off the weight.
  package var weightDecay: Double
  /// Gradients whose length is larger are scaled down to it; nil leaves them.
  package var clip: Double?

  package enum Method: Sendable, Hashable {
    case momentum(Double, nesterov: Bool)
    case adam(meanDecay: Double, squareDecay: Double, epsilon: Double)
    case adamW(meanDecay: Double, squareDecay: Double, epsilon: Double)
  }

  package init(_ method: Method, weightDecay: Double = 0, clip: Double? = nil) {
    self.method = method
    self.weightDecay = weightDecay
    self.clip = clip
  }

  /// Powers of Adam's two decays, which correct its means of few steps.
  package struct Powers: Sendable, Hashable {
    var mean = 1.0
    var square = 1.0

    package init() {}

    init(mean: Double, square: Double) {
      self.mean = mean
      self.square = square
    }
  }

  /// The step to make, and the powers behind it.
  func kernel(rate: Double, _ powers: inout Powers) -> DescentKernel {
    switch method {
    case .momentum(let momentum, let nesterov):
      return .momentum(
        rate: Float(rate), momentum: Float(momentum), penalty: Float(weightDecay),
        looksAhead: nesterov)
    case .adam(let mean, let square, let epsilon):
      return adam(
        rate, mean, square, epsilon, penalty: weightDecay, shrink: 1, &powers)
    case .adamW(let mean, let square, let epsilon):
      return adam(
        rate, mean, square, epsilon, penalty: 0, shrink: 1 - rate * weightDecay, &powers)
    }
  }

  private func adam(
    _ rate: Double, _ mean: Double, _ square: Double, _ epsilon: Double, penalty: Double,
    shrink: Double, _ powers: inout Powers
  ) -> DescentKernel {
    powers.mean *= mean
    powers.square *= square
    return .adam(
      rate: Float(rate / (1 - powers.mean)), meanDecay: Float(mean), squareDecay: Float(square),
      squareScale: Float(1 / (1 - powers.square).squareRoot()), epsilon: Float(epsilon),
      penalty: Float(penalty), shrink: Float(shrink))
  }
}
