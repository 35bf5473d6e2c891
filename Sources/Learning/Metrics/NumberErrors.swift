/// How far predicted numbers are from the true ones, by the definitions of `sklearn.metrics`,
/// "Regression metrics".
///
/// All are NaN without rows.
package struct NumberErrors: Sendable {
  let actual: [Double]
  let predicted: [Double]
  let weights: [Double]?

  /// - Parameter weights: at least 0, one for each row; nil counts each row once.
  package init(actual: [Double], predicted: [Double], weights: [Double]? = nil) {
    precondition(actual.count == predicted.count, "a prediction for each row")
    self.actual = actual
    self.predicted = predicted
    self.weights = weights
  }

  package var meanSquared: Double {
    mean { ($0 - $1) * ($0 - $1) }
  }
  package var rootMeanSquared: Double { meanSquared.squareRoot() }
  package var meanAbsolute: Double { mean { abs($0 - $1) } }

  /// The mean of |error| / |true value|; true values near 0 count as 2^-52.
  package var meanAbsolutePercentage: Double {
    mean { abs($0 - $1) / max(abs($0), .ulpOfOne) }
  }

  /// The mean loss of a quantile's predictions.
  package func pinball(_ alpha: Double) -> Double {
    mean { actual, predicted in
      let error = actual - predicted
      return error >= 0 ? alpha * error : (alpha - 1) * error
    }
  }

  /// Twice the mean of y·ln(y / prediction) - y + prediction; NaN unless counts are at least 0 and
  /// predictions above.
  package var poissonDeviance: Double {
    guard actual.allSatisfy({ $0 >= 0 }), predicted.allSatisfy({ $0 > 0 }) else { return .nan }
    return mean { actual, predicted in
      let ratio = actual == 0 ? 0 : actual * naturalLogarithm(actual / predicted)
      return 2 * (ratio - actual + predicted)
    }
  }

  /// The largest error; weights play no part.
  package var largest: Double {
    guard !actual.isEmpty else { return .nan }
    return zip(actual, predicted).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }

  /// The middle of the absolute errors. With weights, the error where half of the weight is reached,
  /// or the mean of the two that meet there.
  package var medianAbsolute: Double {
    let errors = zip(actual, predicted).map { abs($0 - $1) }
    let order = errors.indices.filter { (weights?[$0] ?? 1) > 0 }
      .sorted { errors[$0] != errors[$1] ? errors[$0] < errors[$1] : $0 < $1 }
    guard !order.isEmpty else { return .nan }
    let total = order.reduce(0) { $0 + (weights?[$1] ?? 1) }
    var reached = 0.0
    for (place, row) in order.enumerated() {
      reached += weights?[row] ?? 1
      guard reached >= total / 2 else { continue }
      guard reached - total / 2 <= .ulpOfOne, place + 1 < order.count else { return errors[row] }
      return (errors[row] + errors[order[place + 1]]) / 2
    }
    return errors[order[order.count - 1]]
  }

  /// 1 - squared errors / squares around the mean. Where all true values are the same: 1 when all
  /// are met, else 0. NaN with fewer than two rows.
  package var r2: Double {
    guard actual.count >= 2 else { return .nan }
    return share(meanSquared)
  }

  /// As ``r2``, but a constant error costs nothing.
  package var explainedVariance: Double {
    let offset = mean { $0 - $1 }
    return share(mean { ($0 - $1 - offset) * ($0 - $1 - offset) })
  }

  /// 1 - part / variance of the true values. That these are all the same is seen from themselves:
  /// their weighted mean may be rounded.
  private func share(_ part: Double) -> Double {
    guard let first = actual.first else { return .nan }
    let middle = mean { actual, _ in actual }
    let whole = mean { actual, _ in (actual - middle) * (actual - middle) }
    if whole == 0 || actual.allSatisfy({ $0 == first }) { return part == 0 ? 1 : 0 }
    return 1 - part / whole
  }

  private func mean(_ loss: (_ actual: Double, _ predicted: Double) -> Double) -> Double {
    var (sum, total) = (0.0, 0.0)
    for row in actual.indices {
      let weight = weights?[row] ?? 1
      sum += weight * loss(actual[row], predicted[row])
      total += weight
    }
    return sum / total
  }
}
