import CKernels

/// One step of an optimiser over a range of weights; every number for itself.
package enum DescentKernel: Sendable, Hashable {
  /// Adam, and AdamW when `shrink` is not 1, as PyTorch computes them: `rate` is the learning rate over 1 - meanDecay^t,
  /// `squareScale` is 1 / sqrt(1 - squareDecay^t), `shrink` is 1 - learning rate * decoupled decay.
  case adam(
    rate: Float, meanDecay: Float, squareDecay: Float, squareScale: Float, epsilon: Float,
    penalty: Float, shrink: Float)
  /// Stochastic gradient descent with momentum, and Nesterov's when it `looksAhead`.
  case momentum(rate: Float, momentum: Float, penalty: Float, looksAhead: Bool)

  /// - Parameters:
  ///   - scale: the gradient is multiplied with it first.
  ///   - first: the running mean, or the velocity.
  ///   - second: the running mean of squares; of Adam only.
  package func step(
    _ weights: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>, scale: Float,
    first: UnsafeMutablePointer<Float>, second: UnsafeMutablePointer<Float>, count: Int
  ) {
    switch self {
    case .adam(
      let rate, let meanDecay, let squareDecay, let squareScale, let epsilon, let penalty,
      let shrink):
      var step = ck_adam_step(
        rate: rate, mean_decay: meanDecay, square_decay: squareDecay, square_scale: squareScale,
        epsilon: epsilon, penalty: penalty, shrink: shrink, gradient_scale: scale)
      ck_adam(&step, weights, gradient, first, second, count)
    case .momentum(let rate, let momentum, let penalty, let looksAhead):
      var step = ck_descent_step(
        rate: rate, momentum: momentum, penalty: penalty, gradient_scale: scale,
        looks_ahead: looksAhead ? 1 : 0)
      ck_descend(&step, weights, gradient, first, count)
    }
  }
}
