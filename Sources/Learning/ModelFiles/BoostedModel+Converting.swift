import Platform

extension BoostedModel {
  /// The same model under the other library's rules, with the same predictions.
  ///
  /// Trees may get nodes: LightGBM sends missing categories right always, XGBoost has no cells
  /// that are missing for being zero. Names of objectives change to their counterparts.
  ///
  /// - Throws: ``Failure`` with code `.unsupported` for what the other library cannot express.
  package func converted(to target: TreeFlavour) throws -> BoostedModel {
    guard flavour != target else { return self }
    var model = self
    switch target {
    case .xgboost: try model.becomeXGBoost()
    case .lightgbm: try model.becomeLightGBM()
    }
    model.flavour = target
    model.objectiveParameters = [:]
    model.trees = try model.trees.map { try TreeConverter($0, from: flavour).converted() }
    return model
  }

  private mutating func becomeXGBoost() throws {
    // The number of rounds counts as it is now.
    foldAveraging()
    let name = LightGBMObjective(objective).name
    switch transform {
    case .identity:
      let names = [
        "regression_l1": "reg:absoluteerror", "mape": "reg:absoluteerror",
        "quantile": "reg:quantileerror", "huber": "reg:pseudohubererror",
        "fair": "reg:pseudohubererror", "lambdarank": "rank:ndcg", "rank_xendcg": "rank:ndcg",
      ]
      objective = outputs == 1 ? names[name] ?? "reg:squarederror" : "reg:squarederror"
    case .logistic(let scale), .logisticEach(let scale):
      scaleLeaves(by: scale)
      baseMargins = baseMargins.map { $0 * scale }
      transform = .logistic(scale: 1)
      objective = name == "cross_entropy" ? "reg:logistic" : "binary:logistic"
    case .softmax: objective = "multi:softprob"
    case .exponential:
      objective = ["gamma": "reg:gamma", "tweedie": "reg:tweedie"][name] ?? "count:poisson"
    case .signedSquare:
      throw Failure(
        .unsupported, "XGBoost has no counterpart of `\(objective)`",
        hint: "keep the model as LightGBM's, or train without reg_sqrt")
    }
    for index in features.indices { features[index].missing = .nan }
  }

  private mutating func becomeLightGBM() throws {
    switch transform {
    case .identity:
      let names = [
        "reg:absoluteerror": "regression_l1", "reg:quantileerror": "quantile",
        "reg:pseudohubererror": "huber", "rank:ndcg": "lambdarank", "rank:map": "lambdarank",
        "rank:pairwise": "lambdarank",
      ]
      // Only without an objective does the library give all of several margins.
      objective = outputs > 1 ? "" : names[objective] ?? "regression"
    case .logistic:
      guard outputs == 1 else {
        objective = "multiclassova num_class:\(outputs) sigmoid:1"
        transform = .logisticEach(scale: 1)
        return
      }
      objective = objective == "reg:logistic" ? "cross_entropy" : "binary sigmoid:1"
    case .softmax: objective = "multiclass num_class:\(outputs)"
    case .exponential:
      guard outputs == 1 else {
        throw Failure(.unsupported, "LightGBM has no `\(objective)` of several outputs")
      }
      objective = ["reg:gamma": "gamma", "reg:tweedie": "tweedie"][objective] ?? "poisson"
    case .logisticEach, .signedSquare: break
    }
  }
}
