/// What boosting makes small.
package enum Objective: Sendable, Hashable {
  case squaredError
  case absoluteError
  /// The pinball loss of a quantile in 0...1.
  case quantile(Double)
  /// Squared up to the given error, linear beyond (LightGBM's `huber`).
  case huber(Double)
  /// Smooth between both (XGBoost's `reg:pseudohubererror`).
  case pseudoHuber(Double)
  /// Counts; second derivatives are raised by e^step, against too long steps.
  case poisson(step: Double)
  /// Two classes, 0 and 1.
  case logistic
  /// Several classes, 0..<count.
  case softmax(classes: Int)
  /// Pairs of rows of a query, weighted by what swapping them does to NDCG.
  case rankNDCG(RankOptions)

  /// How many margins a row has.
  package var outputs: Int {
    if case .softmax(let classes) = self { return classes }
    return 1
  }

  package var transform: OutputTransform {
    switch self {
    case .logistic: .logistic(scale: 1)
    case .softmax: .softmax
    case .poisson: .exponential
    case .squaredError, .absoluteError, .quantile, .huber, .pseudoHuber, .rankNDCG: .identity
    }
  }

  /// The quantile of the residuals that leaves are set to in the end; nil where the derivatives'
  /// own value is best.
  var leafQuantile: Double? {
    switch self {
    case .absoluteError: 0.5
    case .quantile(let alpha): alpha
    case .squaredError, .huber, .pseudoHuber, .poisson, .logistic, .softmax, .rankNDCG: nil
    }
  }

  /// Whether all second derivatives are 1 when rows have no weights.
  var hasConstantHessian: Bool {
    switch self {
    case .squaredError, .absoluteError, .quantile, .huber: true
    case .pseudoHuber, .poisson, .logistic, .softmax, .rankNDCG: false
    }
  }

  /// As the library spells it in its model files.
  package func name(_ flavour: TreeFlavour) -> String {
    let isXGBoost = flavour == .xgboost
    return switch self {
    case .squaredError: isXGBoost ? "reg:squarederror" : "regression"
    case .absoluteError: isXGBoost ? "reg:absoluteerror" : "regression_l1"
    case .quantile: isXGBoost ? "reg:quantileerror" : "quantile"
    case .huber: isXGBoost ? "reg:pseudohubererror" : "huber"
    case .pseudoHuber: isXGBoost ? "reg:pseudohubererror" : "huber"
    case .poisson: isXGBoost ? "count:poisson" : "poisson"
    case .logistic: isXGBoost ? "binary:logistic" : "binary sigmoid:1"
    case .softmax(let classes):
      isXGBoost ? "multi:softprob" : "multiclass num_class:\(classes)"
    case .rankNDCG: isXGBoost ? "rank:ndcg" : "lambdarank"
    }
  }
}
