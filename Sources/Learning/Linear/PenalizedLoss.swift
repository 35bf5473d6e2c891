import Compute

/// The function that ``LogisticFitter`` minimises: the mean log loss and l2/(2n) times the squared length
/// of the coefficients, intercepts not counted.
struct PenalizedLoss {
  let kernel: SoftmaxKernel
  let l2: Double
  let pool: WorkerPool

  func evaluate(_ weights: [Double], _ gradient: inout [Double]) -> Double {
    let n = Double(kernel.features.rows)
    let loss = kernel.loss(weights, gradient: &gradient, on: pool)
    let width = kernel.features.columns + 1
    var squares = 0.0
    for index in weights.indices {
      var slope = gradient[index]
      if index % width != width - 1 {
        squares += weights[index] * weights[index]
        slope += l2 * weights[index]
      }
      gradient[index] = slope / n
    }
    return (loss + l2 / 2 * squares) / n
  }
}
