import Platform

/// What XGBoost's files say of an objective, and what that means for predictions.
struct XGBoostObjective {
  let name: String

  init(_ name: String) { self.name = name }

  /// How margins become predictions.
  ///
  /// - Throws: ``Failure`` with code `.unsupported` for objectives that are not known.
  var transform: OutputTransform {
    get throws {
      switch name {
      case "reg:squarederror", "reg:linear", "reg:squaredlogerror", "reg:absoluteerror",
        "reg:quantileerror", "reg:pseudohubererror", "binary:logitraw", "rank:ndcg", "rank:map",
        "rank:pairwise":
        return .identity
      case "binary:logistic", "reg:logistic": return .logistic(scale: 1)
      case "multi:softprob", "multi:softmax": return .softmax
      case "count:poisson", "reg:gamma", "reg:tweedie", "survival:cox", "survival:aft":
        return .exponential
      default:
        throw Failure(
          .unsupported, "the objective is `\(name)`, whose predictions are not known",
          hint: "known are reg:*, binary:logistic, multi:softprob, count:poisson, rank:*")
      }
    }
  }

  /// The group of parameters that the library looks for, with its defaults; nil where it needs
  /// none.
  func parameters(outputs: Int) -> (group: String, defaults: [(String, String)])? {
    switch name {
    case "reg:squarederror", "reg:linear", "reg:squaredlogerror", "reg:logistic",
      "binary:logistic", "binary:logitraw":
      ("reg_loss_param", [("scale_pos_weight", "1")])
    case "multi:softprob", "multi:softmax":
      ("softmax_multiclass_param", [("num_class", "\(outputs)")])
    case "count:poisson": ("poisson_regression_param", [("max_delta_step", "0.699999988")])
    case "reg:tweedie": ("tweedie_regression_param", [("tweedie_variance_power", "1.5")])
    case "reg:pseudohubererror": ("pseudo_huber_param", [("huber_slope", "1")])
    case "reg:quantileerror": ("quantile_loss_param", [("quantile_alpha", "[5E-1]")])
    case "rank:ndcg", "rank:map", "rank:pairwise":
      ("lambdarank_param", [("lambdarank_num_pair_per_sample", "4294967295")])
    case "survival:aft":
      (
        "aft_loss_param",
        [("aft_loss_distribution", "normal"), ("aft_loss_distribution_scale", "1")]
      )
    default: nil
    }
  }

  /// The margin of a base score: files hold predictions.
  func margin(baseScore score: Float) -> Double {
    switch name {
    // As the library computes it: 1/p - 1 is a float.
    case "binary:logistic", "reg:logistic":
      Double(Float(-Elementary8.logarithm(Double(1 / score - 1))))
    case "count:poisson", "reg:gamma", "reg:tweedie", "survival:cox", "survival:aft":
      Double(Float(Elementary8.logarithm(Double(score))))
    default: Double(score)
    }
  }

  /// The base score whose margin is nearest to the given one.
  func baseScore(margin: Double) -> Float {
    let guess: Float
    switch name {
    case "binary:logistic", "reg:logistic":
      guess = Float(1 / (1 + Elementary8.exponential(-margin)))
    case "count:poisson", "reg:gamma", "reg:tweedie", "survival:cox", "survival:aft":
      guess = Float(Elementary8.exponential(margin))
    default: return Float(margin)
    }
    let inside = max(.leastNormalMagnitude, min(guess, .greatestFiniteMagnitude))
    var best = transformIsLogistic ? max(1e-16, min(inside, Float(1).nextDown)) : inside
    for candidate in [best.nextDown, best.nextUp] where candidate > 0 {
      if (self.margin(baseScore: candidate) - margin).magnitude
        < (self.margin(baseScore: best) - margin).magnitude
      {
        best = candidate
      }
    }
    return best
  }

  private var transformIsLogistic: Bool { name == "binary:logistic" || name == "reg:logistic" }
}
