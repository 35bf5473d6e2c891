/// Finds the minimum of a smooth convex function plus a penalty on absolute values.
///
/// A. Beck and M. Teboulle, "A Fast Iterative Shrinkage-Thresholding Algorithm for Linear Inverse
/// Problems" (2009), with a step length that is searched for, and started anew whenever the momentum
/// points away from where the last step went (B. O'Donoghue and E. Candès, "Adaptive Restart for
/// Accelerated Gradient Schemes", 2015).
struct ProximalGradient {
  /// What the absolute value of each number costs.
  let prices: [Double]
  /// It has converged when no component of the generalised gradient is larger.
  let tolerance: Double
  private(set) var point: [Double]
  /// The smooth part and the penalty.
  private(set) var value: Double
  private(set) var iteration = 0
  private var ahead: [Double]
  private var momentum = 1.0
  /// The curvature that the last step reckoned with.
  private var curvature = 1.0

  init(
    start: [Double], prices: [Double], tolerance: Double, _ function: LimitedMemoryBFGS.Function
  ) {
    precondition(start.count == prices.count, "a price for each number")
    self.prices = prices
    self.tolerance = tolerance
    point = start
    ahead = start
    var gradient = start
    value = function(start, &gradient)
    value += cost(start)
  }

  /// Makes one step.
  ///
  /// - Returns: whether it has converged.
  mutating func advance(_ function: LimitedMemoryBFGS.Function) -> Bool {
    var gradient = point
    var unused = point
    let base = function(ahead, &gradient)
    var next = point
    // Longer steps are tried again from time to time.
    curvature *= 0.9
    while true {
      var (linear, squares) = (0.0, 0.0)
      for index in point.indices {
        next[index] = shrunk(
          ahead[index] - gradient[index] / curvature, by: prices[index] / curvature)
        let step = next[index] - ahead[index]
        linear += gradient[index] * step
        squares += step * step
      }
      let smooth = function(next, &unused)
      let bound = base + linear + curvature / 2 * squares
      // Where differences drown in rounding any step is as good.
      if smooth <= bound + 1e-14 * abs(base) || curvature > 1e300 {
        value = smooth + cost(next)
        break
      }
      curvature *= 2
    }
    iteration += 1
    let isStill = point.indices.allSatisfy {
      curvature * abs(ahead[$0] - next[$0]) <= tolerance
    }
    let turn = point.indices.reduce(0) {
      $0 + (ahead[$1] - next[$1]) * (next[$1] - point[$1])
    }
    let grown = turn > 0 ? 1 : (1 + (1 + 4 * momentum * momentum).squareRoot()) / 2
    let share = turn > 0 ? 0 : (momentum - 1) / grown
    for index in point.indices { ahead[index] = next[index] + share * (next[index] - point[index]) }
    momentum = grown
    point = next
    return isStill
  }

  private func cost(_ point: [Double]) -> Double {
    zip(point, prices).reduce(0) { $0 + abs($1.0) * $1.1 }
  }

  private func shrunk(_ number: Double, by price: Double) -> Double {
    let size = max(abs(number) - price, 0)
    return number < 0 ? -size : size
  }
}
