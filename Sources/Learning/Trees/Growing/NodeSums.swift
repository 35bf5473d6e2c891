/// What a scan for splits must know of a node.
struct NodeSums: BitwiseCopyable {
  /// The ``PackedSum`` of its rows.
  var total: Int64
  var rows: Int
  /// What a unit of the sums stands for.
  var gradientUnit: Double
  var hessianUnit: Double
  /// The least second derivative of a child, in units.
  var minimumHessian: Int64
  var bounds = WeightBounds()
  /// Rows to a unit of the second derivative: counts are estimated as LightGBM does.
  var rowsPerUnit: Double

  init(
    total: Int64, rows: Int, gradientUnit: Double, hessianUnit: Double, rules: SplitRules
  ) {
    self.total = total
    self.rows = rows
    self.gradientUnit = gradientUnit
    self.hessianUnit = hessianUnit
    let units = Double(PackedSum.hessian(total))
    rowsPerUnit = units > 0 ? Double(rows) / units : 0
    let least = (rules.minimumHessian / hessianUnit - 1e-9).rounded(.up)
    minimumHessian = Int64(max(1, min(least, 0x1p40)))
  }

  /// The gain that a split must exceed.
  ///
  /// XGBoost's `kRtEps`; LightGBM's must exceed the parameter itself. And more than what the
  /// rounding of derivatives makes of rows that are all alike: a sum of n of them is off by about
  /// half the root of n units.
  func leastGain(_ rules: SplitRules) -> Double {
    let noise = 16 * rowsPerUnit * gradientUnit * gradientUnit / hessianUnit
    return max(rules.flavour == .xgboost ? 1e-6 : max(rules.minimumGain, 1e-15), noise)
  }

  /// How many rows LightGBM takes a bin to have.
  @inline(__always) func estimatedRows(_ sum: Int64) -> Int {
    Int(Double(PackedSum.hessian(sum)) * rowsPerUnit + 0.5)
  }

  @inline(__always) func gradient(_ sum: Int64) -> Double {
    Double(PackedSum.gradient(sum)) * gradientUnit
  }
  @inline(__always) func hessian(_ sum: Int64) -> Double {
    Double(PackedSum.hessian(sum)) * hessianUnit
  }
}
