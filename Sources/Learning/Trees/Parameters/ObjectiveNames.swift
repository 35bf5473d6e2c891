import Platform

/// The libraries' names of objectives.
struct ObjectiveNames {
  let flavour: TreeFlavour

  init(_ flavour: TreeFlavour) { self.flavour = flavour }

  private static let xgboost: [String: String] = [
    "reg:squarederror": "squared", "reg:linear": "squared", "reg:absoluteerror": "absolute",
    "reg:quantileerror": "quantile", "reg:pseudohubererror": "huber", "count:poisson": "poisson",
    "binary:logistic": "logistic", "multi:softprob": "softmax", "multi:softmax": "softmax",
    "rank:ndcg": "rank",
  ]

  private static let lightgbm: [String: String] = [
    "regression": "squared", "regression_l2": "squared", "l2": "squared",
    "mean_squared_error": "squared", "mse": "squared", "l2_root": "squared",
    "root_mean_squared_error": "squared", "rmse": "squared", "regression_l1": "absolute",
    "l1": "absolute", "mean_absolute_error": "absolute", "mae": "absolute", "huber": "huber",
    "quantile": "quantile", "poisson": "poisson", "binary": "logistic", "multiclass": "softmax",
    "softmax": "softmax", "lambdarank": "rank",
  ]

  /// The objective that is named, or the one that the target asks for.
  func objective(_ values: ParameterValues, classes: Int?) throws -> Objective {
    let table = flavour == .xgboost ? Self.xgboost : Self.lightgbm
    let given = try values.choice("objective", table.keys.sorted())
    guard let given, let kind = table[given] else {
      guard let classes else { return .squaredError }
      return classes <= 2 ? .logistic : .softmax(classes: classes)
    }
    switch kind {
    case "absolute": return .absoluteError
    case "quantile":
      let name = flavour == .xgboost ? "quantile_alpha" : "alpha"
      guard let alpha = try values.number(name) ?? (flavour == .xgboost ? nil : 0.9) else {
        throw Failure(.invalid, "`\(given)` needs `\(name)`", hint: "such as 0.5, the median")
      }
      return .quantile(alpha)
    case "huber":
      return flavour == .xgboost
        ? .pseudoHuber(try values.number("huber_slope") ?? 1)
        : .huber(try values.number("alpha") ?? 0.9)
    case "poisson":
      let name = flavour == .xgboost ? "max_delta_step" : "poisson_max_delta_step"
      return .poisson(step: try values.number(name) ?? 0.7)
    case "logistic":
      if let classes, classes > 2 {
        throw Failure(
          .invalid, "`\(given)` is for two classes, the target has \(classes)",
          hint: "use `\(flavour == .xgboost ? "multi:softprob" : "multiclass")`")
      }
      return .logistic
    case "softmax": return .softmax(classes: try classCount(values, given, classes))
    case "rank": return .rankNDCG(try rank(values))
    default: return .squaredError
    }
  }

  private func classCount(_ values: ParameterValues, _ given: String, _ classes: Int?) throws -> Int
  {
    let count = try values.integer("num_class")
    if let count, let classes, count < classes {
      throw Failure(
        .invalid, "`num_class` is \(count), the target has \(classes) classes",
        hint: "take `num_class` out: it is counted")
    }
    guard let number = count ?? classes else {
      throw Failure(.invalid, "`\(given)` needs `num_class`")
    }
    return max(2, number)
  }

  private func rank(_ values: ParameterValues) throws -> RankOptions {
    switch flavour {
    case .xgboost:
      RankOptions(
        truncation: try values.integer("lambdarank_num_pair_per_sample") ?? 32,
        isNormalised: try values.truth("lambdarank_normalization") ?? true)
    case .lightgbm:
      RankOptions(
        truncation: try values.integer("lambdarank_truncation_level") ?? 30,
        isNormalised: try values.truth("lambdarank_norm") ?? true)
    }
  }
}
