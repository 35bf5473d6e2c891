/// How good it is to divide rows whose weight and weighted sum are known.
protocol MomentScore {
  /// The node as a whole.
  init(_ node: SIMD2<Double>)
  /// A number that is the larger the better, from the left side; -1 or less is impossible.
  func score(_ left: SIMD2<Double>) -> Double
  /// The decrease of impurity, times the node's weight, that a score stands for.
  func gain(_ score: Double) -> Double
}

/// Squared error: sumL²/wL + sumR²/wR - sum²/w = (sumL·w - sum·wL)² / (w·wL·wR).
struct VarianceScore: MomentScore {
  let node: SIMD2<Double>

  @inline(__always)
  init(_ node: SIMD2<Double>) { self.node = node }

  @inline(__always)
  func score(_ left: SIMD2<Double>) -> Double {
    let distance = left.y * node.x - node.y * left.x
    return distance * distance / (left.x * (node.x - left.x))
  }

  func gain(_ score: Double) -> Double { score / node.x }
}

/// Half the Poisson deviance: Σ sum·ln(sum/w) of both sides; a side whose sum is 0 is impossible.
struct PoissonScore: MomentScore {
  let node: SIMD2<Double>
  private let own: Double

  init(_ node: SIMD2<Double>) {
    self.node = node
    own = Self.part(node)
  }

  func score(_ left: SIMD2<Double>) -> Double {
    let right = node - left
    guard left.y > .ulpOfOne, right.y > .ulpOfOne else { return -1 }
    // The parts together are at least the whole: rounding must not make it impossible.
    return max(0, Self.part(left) + Self.part(right) - own)
  }

  func gain(_ score: Double) -> Double { score }

  private static func part(_ sums: SIMD2<Double>) -> Double {
    sums.y > 0 ? sums.y * Elementary8.logarithm(sums.y / sums.x) : 0
  }
}
