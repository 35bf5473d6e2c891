import Compute

/// Least squares with a penalty on the absolute values of the coefficients, coordinate by
/// coordinate (J. Friedman, T. Hastie, R. Tibshirani, "Regularization Paths for Generalized Linear
/// Models via Coordinate Descent", 2010).
///
/// Minimises |target - X·w|²/2 + `l1`·Σ|w| + `l2`/2·|w|². It has converged when the duality gap is at
/// most `tolerance`·|target|², which bounds how far the value is from its minimum; the gap is
/// computed after sweeps in which no coefficient moved by more than `tolerance` of the largest, as
/// scikit-learn documents it.
struct CoordinateDescent {
  let design: DesignMatrix
  let l1: Double
  let l2: Double
  let tolerance: Double
  /// Whether coefficients may not be below 0.
  let isPositive: Bool
  private(set) var coefficients: [Double]
  private var residual: [Double]
  private let squares: [Double]
  /// Draws the order of each sweep; nil goes through the columns in turn.
  private var stream: RandomStream?

  init(
    _ design: DesignMatrix, l1: Double, l2: Double, tolerance: Double, isPositive: Bool = false,
    lots: RandomStream? = nil
  ) {
    self.design = design
    self.l1 = l1
    self.l2 = l2
    self.tolerance = tolerance
    self.isPositive = isPositive
    stream = lots
    coefficients = Array(repeating: 0, count: design.columns)
    residual = design.target
    squares = design.elements.withUnsafeBufferPointer { elements in
      (0..<design.columns).map { column in
        guard let base = elements.baseAddress else { return 0 }
        let x = base + column * design.rows
        return VectorArithmetic.dot(x, x, design.rows)
      }
    }
  }

  /// Goes once over the coordinates.
  ///
  /// - Parameter isLast: looks at the gap whatever has moved.
  /// - Returns: whether it has converged.
  mutating func sweep(isLast: Bool = false) -> Bool {
    var (largestMove, largest) = (0.0, 0.0)
    for place in 0..<design.columns {
      let column = stream?.integer(below: design.columns) ?? place
      guard squares[column] > 0 else { continue }
      let old = coefficients[column]
      let new = best(column, old)
      coefficients[column] = new
      largestMove = max(largestMove, abs(new - old))
      largest = max(largest, abs(new))
    }
    let isStill = largest == 0 || largestMove <= tolerance * largest
    guard isStill || isLast else { return false }
    let scale = dot(design.target, design.target)
    // Without a penalty on absolute values there is no such gap: that nothing moves must do.
    return l1 > 0 ? gap() <= tolerance * scale : isStill
  }

  private mutating func best(_ column: Int, _ old: Double) -> Double {
    design.elements.withUnsafeBufferPointer { elements in
      residual.withUnsafeMutableBufferPointer { residual in
        guard let base = elements.baseAddress, let r = residual.baseAddress else { return 0 }
        let x = base + column * design.rows
        let pull = VectorArithmetic.dot(x, r, design.rows) + squares[column] * old
        let size = max(abs(pull) - l1, 0)
        let new = isPositive && pull < 0 ? 0 : (pull < 0 ? -size : size) / (squares[column] + l2)
        if new != old { VectorArithmetic.add(old - new, x, to: r, design.rows) }
        return new
      }
    }
  }

  /// How far the value is above the one of a feasible point of the dual problem.
  func gap() -> Double {
    var slope = 0.0
    var (sum, squares) = (0.0, 0.0)
    design.elements.withUnsafeBufferPointer { elements in
      residual.withUnsafeBufferPointer { residual in
        guard let base = elements.baseAddress, let r = residual.baseAddress else { return }
        for column in 0..<design.columns {
          let w = coefficients[column]
          let own = VectorArithmetic.dot(base + column * design.rows, r, design.rows) - l2 * w
          slope = max(slope, isPositive ? own : abs(own))
          sum += abs(w)
          squares += w * w
        }
      }
    }
    let errors = dot(residual, residual)
    let factor = slope > l1 ? l1 / slope : 1
    return errors / 2 * (1 + factor * factor) + l1 * sum - factor * dot(residual, design.target)
      + l2 / 2 * (1 + factor * factor) * squares
  }
}
