import Platform

/// The libraries' names of metrics.
struct MetricNames {
  let flavour: TreeFlavour
  let objective: Objective

  init(_ flavour: TreeFlavour, _ objective: Objective) {
    self.flavour = flavour
    self.objective = objective
  }

  /// The metrics that are named; empty for the usual one.
  func metrics(_ values: ParameterValues) throws -> [TreeMetric] {
    let key = flavour == .xgboost ? "eval_metric" : "metric"
    let ranks = try (values.list("eval_at") ?? []).map { text in
      guard let rank = Int(text), rank > 0 else {
        throw Failure(.invalid, "`eval_at` has `\(text)`", hint: "ranks from 1, between commas")
      }
      return rank
    }
    var metrics: [TreeMetric] = []
    for name in values.list(key) ?? [] {
      if name == "ndcg", !ranks.isEmpty {
        metrics += ranks.map { .ndcg(at: $0) }
      } else {
        metrics.append(try metric(name))
      }
    }
    if metrics.isEmpty, !ranks.isEmpty { metrics = ranks.map { .ndcg(at: $0) } }
    for metric in metrics { try fits(metric) }
    return metrics
  }

  private var bend: Double {
    switch objective {
    case .huber(let delta), .pseudoHuber(let delta): delta
    default: 1
    }
  }

  private var level: Double {
    if case .quantile(let alpha) = objective { return alpha }
    return 0.5
  }

  private var table: [String: TreeMetric] {
    switch flavour {
    case .xgboost:
      [
        "logloss": .logLoss, "error": .error, "auc": .areaUnderCurve,
        "mlogloss": .multiclassLogLoss, "merror": .multiclassError, "rmse": .rmse, "mae": .mae,
        "quantile": .quantile(level), "mphe": .huber(bend),
        "poisson-nloglik": .poissonNegativeLogLikelihood, "ndcg": .ndcg(at: 0),
      ]
    case .lightgbm:
      [
        "binary_logloss": .logLoss, "binary": .logLoss, "binary_error": .error,
        "auc": .areaUnderCurve, "multi_logloss": .multiclassLogLoss,
        "multiclass": .multiclassLogLoss, "multi_error": .multiclassError, "rmse": .rmse,
        "root_mean_squared_error": .rmse, "l2_root": .rmse, "l2": .mse, "mse": .mse,
        "mean_squared_error": .mse, "regression": .mse, "l1": .mae, "mae": .mae,
        "mean_absolute_error": .mae, "quantile": .quantile(level), "huber": .huber(bend),
        "poisson": .poissonNegativeLogLikelihood, "ndcg": .ndcg(at: 5), "lambdarank": .ndcg(at: 5),
      ]
    }
  }

  private func metric(_ name: String) throws -> TreeMetric {
    if let metric = table[name] { return metric }
    if name.hasPrefix("ndcg@"), let rank = Int(name.dropFirst(5)), rank > 0 {
      return .ndcg(at: rank)
    }
    let names = table.keys.sorted()
    let nearest = nearestName(to: name, among: names).map { "did you mean `\($0)`? " } ?? ""
    throw Failure(
      .invalid, "there is no metric `\(name)`",
      hint: "\(nearest)there is: \(names.joined(separator: ", "))")
  }

  /// Refuses metrics that the objective's predictions have no meaning for.
  private func fits(_ metric: TreeMetric) throws {
    let fits: Bool
    switch (metric, objective) {
    case (.logLoss, .logistic), (.error, .logistic): fits = true
    case (.logLoss, _), (.error, _): fits = false
    case (.areaUnderCurve, .logistic): fits = true
    case (.areaUnderCurve, _): fits = false
    case (.multiclassLogLoss, .softmax), (.multiclassError, .softmax): fits = true
    case (.multiclassLogLoss, _), (.multiclassError, _): fits = false
    case (.ndcg, .rankNDCG): fits = true
    case (.ndcg, _): fits = false
    case (.poissonNegativeLogLikelihood, .poisson): fits = true
    case (.poissonNegativeLogLikelihood, _): fits = false
    case (_, .squaredError), (_, .absoluteError), (_, .quantile), (_, .huber), (_, .pseudoHuber):
      fits = true
    case (_, .logistic), (_, .softmax), (_, .rankNDCG), (_, .poisson): fits = false
    }
    guard !fits else { return }
    throw Failure(
      .invalid,
      "the metric `\(metric.name(flavour))` does not fit the objective `\(objective.name(flavour))`",
      hint: "`\(TreeMetric.usual(objective, flavour).name(flavour))` does")
  }
}
