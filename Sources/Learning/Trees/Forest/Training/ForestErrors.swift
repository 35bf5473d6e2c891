import Compute

/// Means of errors over rows that may weigh differently.
struct ForestErrors {
  let labels: [Double]
  let weights: [Double]?

  /// The mean of the squared errors.
  func squares(_ answers: [Double]) -> Double {
    mean { (answers[$0] - labels[$0]) * (answers[$0] - labels[$0]) }
  }

  /// The mean of the errors' magnitudes.
  func distance(_ answers: [Double]) -> Double { mean { (answers[$0] - labels[$0]).magnitude } }

  /// R²: the share of the labels' variance that the answers account for; nil when they have none.
  func determination(_ answers: [Double]) -> Double? {
    let center = mean { labels[$0] }
    let variance = mean { (labels[$0] - center) * (labels[$0] - center) }
    return variance > 0 ? 1 - squares(answers) / variance : nil
  }

  /// The mean of -ln(share of the true class), shares taken to be at least 2^-52 as in
  /// ``Learning/logLoss(_:labels:)``.
  func logLoss(_ shares: Matrix) -> Double {
    mean { -Elementary8.logarithm(max(shares[$0, Int(labels[$0])], .ulpOfOne)) }
  }

  private func mean(_ loss: (Int) -> Double) -> Double {
    var (sum, weight) = (0.0, 0.0)
    for row in labels.indices {
      let own = weights?[row] ?? 1
      sum += own * loss(row)
      weight += own
    }
    return sum / weight
  }
}
