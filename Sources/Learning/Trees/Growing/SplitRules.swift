/// What a split must obey, and what it is worth.
struct SplitRules: Sendable, Hashable {
  var flavour: TreeFlavour
  /// L2 penalty of leaf values.
  var lambda = 1.0
  /// L1 penalty.
  var alpha = 0.0
  /// Least gain: XGBoost's `gamma` may be met, LightGBM's `min_gain_to_split` must be exceeded.
  var minimumGain = 0.0
  /// Least sum of second derivatives of a child.
  var minimumHessian = 1.0
  /// Least rows of a child.
  var minimumRows = 1
  /// Largest leaf value before the learning rate; 0 for no limit.
  var maximumStep = 0.0
  /// -1, 0 or 1 for each feature; empty when there are no constraints.
  var monotone: [Int8] = []
  /// Fewer categories than that (XGBoost), or at most as many (LightGBM), are tried one by one.
  var oneHotCategories = 4
  /// Most categories that a node lists.
  var maximumCategories = 64
  /// LightGBM's `cat_l2`.
  var categoryLambda = 10.0
  /// LightGBM's `cat_smooth`.
  var categorySmoothing = 10.0
  /// LightGBM's `min_data_per_group`.
  var minimumGroupRows = 100

  init(flavour: TreeFlavour) { self.flavour = flavour }

  /// Whether the quick scan will do: no L1, no limit of steps, no constraint.
  var isPlain: Bool { alpha == 0 && maximumStep == 0 && monotone.isEmpty }

  @inline(__always)
  private func shrunk(_ gradient: Double) -> Double {
    gradient > alpha ? gradient - alpha : gradient < -alpha ? gradient + alpha : 0
  }

  /// The best leaf value, without the learning rate: -T(G) / (H + lambda), within bounds.
  @inline(__always)
  func weight(
    _ gradient: Double, _ hessian: Double, extraLambda: Double = 0, _ bounds: WeightBounds
  )
    -> Double
  {
    let below = hessian + lambda + extraLambda
    guard below > 0 else { return bounds.clamp(0) }
    var weight = -shrunk(gradient) / below
    if maximumStep > 0 { weight = max(-maximumStep, min(maximumStep, weight)) }
    return bounds.clamp(weight)
  }

  /// Twice the loss that a leaf of this weight takes away: T(G)² / (H + lambda) at the best weight.
  @inline(__always)
  func score(_ gradient: Double, _ hessian: Double, extraLambda: Double = 0, _ bounds: WeightBounds)
    -> Double
  {
    let below = hessian + lambda + extraLambda
    guard below > 0 else { return 0 }
    let shrunk = shrunk(gradient)
    if maximumStep == 0, bounds.isOpen { return shrunk * shrunk / below }
    let weight = weight(gradient, hessian, extraLambda: extraLambda, bounds)
    return -(2 * gradient * weight + below * weight * weight + 2 * alpha * abs(weight))
  }
}

/// What monotone constraints leave of the values of a leaf.
struct WeightBounds: BitwiseCopyable {
  var low = -Double.infinity
  var high = Double.infinity

  @inline(__always) var isOpen: Bool { low == -.infinity && high == .infinity }
  @inline(__always) func clamp(_ x: Double) -> Double { x < low ? low : x > high ? high : x }
}
