/// A number that says how good predictions are.
package enum TreeMetric: Sendable, Hashable {
  case logLoss, error, areaUnderCurve
  case multiclassLogLoss, multiclassError
  case rmse, mse, mae
  case quantile(Double)
  case huber(Double)
  case poissonNegativeLogLikelihood
  /// Normalised discounted cumulative gain of the best rows of each query; 0 takes all.
  case ndcg(at: Int)

  /// Whether more is better.
  package var isAscending: Bool {
    switch self {
    case .areaUnderCurve, .ndcg: true
    case .logLoss, .error, .multiclassLogLoss, .multiclassError, .rmse, .mse, .mae, .quantile,
      .huber, .poissonNegativeLogLikelihood:
      false
    }
  }

  /// Whether rows must be sorted by their margins for it, which takes longer than a tree's own work on few rows.
  var sorts: Bool {
    switch self {
    case .areaUnderCurve, .ndcg: true
    default: false
    }
  }

  /// As the library prints it.
  package func name(_ flavour: TreeFlavour) -> String {
    let isXGBoost = flavour == .xgboost
    return switch self {
    case .logLoss: isXGBoost ? "logloss" : "binary_logloss"
    case .error: isXGBoost ? "error" : "binary_error"
    case .areaUnderCurve: "auc"
    case .multiclassLogLoss: isXGBoost ? "mlogloss" : "multi_logloss"
    case .multiclassError: isXGBoost ? "merror" : "multi_error"
    case .rmse: "rmse"
    case .mse: isXGBoost ? "mse" : "l2"
    case .mae: isXGBoost ? "mae" : "l1"
    case .quantile: "quantile"
    case .huber: isXGBoost ? "mphe" : "huber"
    case .poissonNegativeLogLikelihood: isXGBoost ? "poisson-nloglik" : "poisson"
    case .ndcg(let count): count == 0 ? "ndcg" : "ndcg@\(count)"
    }
  }

  /// As it is recorded: MLflow's names have no `@`, and its own autologging writes `ndcg_at_5` too.
  func recordName(_ flavour: TreeFlavour) -> String {
    name(flavour).split(separator: "@").joined(separator: "_at_")
  }

  /// The one that the library watches when none is named.
  package static func usual(_ objective: Objective, _ flavour: TreeFlavour) -> TreeMetric {
    switch objective {
    case .logistic: .logLoss
    case .softmax: .multiclassLogLoss
    case .squaredError: flavour == .xgboost ? .rmse : .mse
    case .absoluteError: .mae
    case .quantile(let alpha): .quantile(alpha)
    case .huber(let delta), .pseudoHuber(let delta): .huber(delta)
    case .poisson: .poissonNegativeLogLikelihood
    case .rankNDCG: .ndcg(at: flavour == .xgboost ? 32 : 5)
    }
  }
}
