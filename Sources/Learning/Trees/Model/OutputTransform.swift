/// How margins become predictions.
package enum OutputTransform: Sendable, Hashable {
  case identity
  /// 1 / (1 + e^(-scale·margin)); the scale is LightGBM's `sigmoid`, 1 elsewhere.
  case logistic(scale: Double)
  case exponential
  /// e^margin of each class over the sum of all.
  case softmax
  /// A logistic function for each class (LightGBM's `multiclassova`).
  case logisticEach(scale: Double)
  /// sign(margin)·margin² (LightGBM's `regression sqrt`).
  case signedSquare
}
