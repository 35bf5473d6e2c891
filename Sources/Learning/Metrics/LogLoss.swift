import Compute

/// The mean of -ln(probability of the true class); NaN without rows.
///
/// Probabilities are taken to be at least 2^-52, as scikit-learn's `log_loss` does, so that one
/// certain mistake does not make all infinite.
package func logLoss(_ probabilities: Matrix, labels: [Int32]) -> Double {
  precondition(probabilities.rows == labels.count, "a label for each row")
  var sum = 0.0
  for (row, label) in labels.enumerated() {
    sum -= naturalLogarithm(max(probabilities[row, Int(label)], .ulpOfOne))
  }
  return sum / Double(labels.count)
}

/// The same bits on every machine, which the C library's does not promise. Of normal numbers above 0.
func naturalLogarithm(_ x: Double) -> Double {
  Elementary.logarithm(SIMD8(repeating: x))[0]
}
