/// The margins before the first tree.
///
/// As the libraries estimate them from the training labels (`boost_from_average`).
struct BaseMargin {
  let objective: Objective
  let flavour: TreeFlavour
  let labels: [Float]
  let weights: [Float]?
  let positiveWeight: Float

  func estimate() -> [Double] {
    switch objective {
    case .squaredError, .huber: [mean()]
    case .pseudoHuber(let slope): [newtonStep(slope)]
    case .absoluteError: [quantile(0.5)]
    case .quantile(let alpha): [quantile(alpha)]
    case .poisson: [Elementary8.logarithm(max(mean(), 1e-16))]
    case .logistic: [logisticMargin()]
    case .softmax(let classes): priors(classes)
    case .rankNDCG: [0]
    }
  }

  private func mean(positiveWeight: Float = 1) -> Double {
    var (sum, total) = (0.0, 0.0)
    for (row, label) in labels.enumerated() {
      var weight = Double(weights?[row] ?? 1)
      if label > 0 { weight *= Double(positiveWeight) }
      sum += Double(label) * weight
      total += weight
    }
    return total > 0 ? sum / total : 0
  }

  private func logisticMargin() -> Double {
    // XGBoost counts `scale_pos_weight`, and then takes one Newton step from probability ½.
    guard flavour == .xgboost, positiveWeight != 1 else { return logit(mean()) }
    return 4 * (mean(positiveWeight: positiveWeight) - 0.5)
  }

  private func logit(_ mean: Double) -> Double {
    let p = max(1e-15, min(1 - 1e-15, mean))
    return Elementary8.logarithm(p / (1 - p))
  }

  private func quantile(_ alpha: Double) -> Double {
    ResidualQuantile.find(
      labels.map(Double.init), weights: weights?.map(Double.init), at: alpha, flavour: flavour)
  }

  private func newtonStep(_ slope: Double) -> Double {
    var (gradient, hessian) = (0.0, 0.0)
    for (row, label) in labels.enumerated() {
      let weight = Double(weights?[row] ?? 1)
      let error = -Double(label)
      let root = (1 + error * error / (slope * slope)).squareRoot()
      gradient += weight * error / root
      hessian += weight * slope * slope / ((slope * slope + error * error) * root)
    }
    return hessian > 0 ? -gradient / hessian : 0
  }

  private func priors(_ classes: Int) -> [Double] {
    var shares = [Double](repeating: 0, count: classes)
    var total = 0.0
    for (row, label) in labels.enumerated() {
      let weight = Double(weights?[row] ?? 1)
      shares[Int(label)] += weight
      total += weight
    }
    let priors = shares.map { $0 / max(total, 1e-300) }
    guard flavour == .xgboost else { return priors.map { Elementary8.logarithm(max($0, 1e-15)) } }
    let margins = priors.map { Elementary8.logarithm($0 + 1e-6) }
    let centre = margins.reduce(0, +) / Double(classes)
    return margins.map { $0 - centre }
  }
}
