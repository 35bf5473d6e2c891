/// Finds the minimum of a smooth convex function by L-BFGS.
///
/// J. Nocedal, "Updating quasi-Newton matrices with limited storage" (1980), with the two-loop
/// recursion of Nocedal and Wright, "Numerical Optimization", algorithm 7.4. Steps satisfy the
/// strong Wolfe conditions, or, where the function's differences drown in rounding, the approximate
/// ones of W. Hager and H. Zhang, "A new conjugate gradient method with guaranteed descent and an
/// efficient line search" (2005).
struct LimitedMemoryBFGS {
  /// Pairs of steps and gradient differences that are kept.
  let memory = 10
  /// It has converged when no component of the gradient is larger.
  let tolerance: Double

  private(set) var point: [Double]
  private(set) var value: Double
  private(set) var gradient: [Double]
  private(set) var iteration = 0
  private var pairs: [Pair] = []

  /// The function and its gradient, which is written to the second argument.
  typealias Function = ([Double], inout [Double]) -> Double

  private struct Pair {
    var step: [Double]
    var change: [Double]
    /// 1 / (step · change).
    var inverse: Double
  }

  /// What one iteration came to.
  enum Outcome {
    case moved
    case converged
    /// No step makes the value smaller any more: as near as the arithmetic allows.
    case stuck
  }

  init(start: [Double], tolerance: Double, _ function: Function) {
    point = start
    self.tolerance = tolerance
    gradient = Array(repeating: 0, count: start.count)
    value = function(start, &gradient)
  }

  private var hasConverged: Bool { gradient.allSatisfy { abs($0) <= tolerance } }

  /// Makes one step.
  mutating func advance(_ function: Function) -> Outcome {
    if hasConverged { return .converged }
    var direction = descent()
    var slope = dot(gradient, direction)
    if !(slope < 0) {
      // Rounding made the approximation useless: start again from steepest descent.
      pairs.removeAll()
      direction = gradient.map { -$0 }
      slope = dot(gradient, direction)
    }
    let first = pairs.isEmpty ? min(1, 1 / dot(gradient, gradient).squareRoot()) : 1
    var search = LineSearch(value: value, slope: slope, step: first)
    guard let found = search.run(from: point, along: direction, function) else {
      if pairs.isEmpty { return .stuck }
      pairs.removeAll()
      return advance(function)
    }
    remember(found)
    point = found.point
    value = found.value
    gradient = found.gradient
    iteration += 1
    return hasConverged ? .converged : .moved
  }

  /// Minus the approximate inverse Hessian times the gradient.
  private func descent() -> [Double] {
    var q = gradient.map { -$0 }
    var weights: [Double] = []
    for pair in pairs.reversed() {
      let weight = pair.inverse * dot(pair.step, q)
      add(&q, -weight, pair.change)
      weights.append(weight)
    }
    if let last = pairs.last {
      let scale = 1 / (last.inverse * dot(last.change, last.change))
      for index in q.indices { q[index] *= scale }
    }
    for (pair, weight) in zip(pairs, weights.reversed()) {
      add(&q, weight - pair.inverse * dot(pair.change, q), pair.step)
    }
    return q
  }

  private mutating func remember(_ found: LineSearch.Found) {
    let step = zip(found.point, point).map { $0 - $1 }
    let change = zip(found.gradient, gradient).map { $0 - $1 }
    let curvature = dot(step, change)
    guard curvature > .ulpOfOne * dot(change, change) * 1e-4, (1 / curvature).isFinite else {
      return
    }
    if pairs.count == memory { pairs.removeFirst() }
    pairs.append(Pair(step: step, change: change, inverse: 1 / curvature))
  }
}

/// The sum of products, always added in the same order.
func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for index in 0..<min(a.count, b.count) { sum += a[index] * b[index] }
  return sum
}

private func add(_ a: inout [Double], _ factor: Double, _ b: [Double]) {
  for index in 0..<min(a.count, b.count) { a[index] += factor * b[index] }
}
