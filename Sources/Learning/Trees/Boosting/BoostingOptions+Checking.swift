import Platform

extension BoostingOptions {
  /// Refuses values that make no sense and options that contradict each other.
  ///
  /// - Throws: ``Failure`` with the parameter's usual name.
  package func check(features: [String]) throws {
    func demand(_ isFine: Bool, _ name: String, _ value: some Any, _ hint: String) throws {
      guard !isFine else { return }
      throw Failure(.invalid, "`\(name)` is \(value)", hint: hint)
    }
    let rate = learningRate
    try demand(rate > 0 && rate <= 100, "learning_rate", rate, "a number above 0, usually to 1")
    try demand(rounds >= 0 && rounds <= 1_000_000, "num_boost_round", rounds, "0 to 1000000")
    try demand(maximumDepth >= 0 && maximumDepth <= 1000, "max_depth", maximumDepth, "0 to 1000")
    try demand(
      maximumLeaves == 0 || (2...1_000_000).contains(maximumLeaves), "max_leaves", maximumLeaves,
      "0 for no limit, otherwise 2 to 1000000")
    for (name, value) in [
      ("lambda", lambda), ("alpha", alpha), ("gamma", minimumGain),
      ("min_child_weight", minimumHessian), ("max_delta_step", maximumStep),
    ] { try demand(value >= 0 && value.isFinite, name, value, "a number of at least 0") }
    for (name, value) in [
      ("subsample", sampling.share), ("colsample_bytree", columnsPerTree),
      ("colsample_bylevel", columnsPerLevel), ("colsample_bynode", columnsPerNode),
    ] { try demand(value > 0 && value <= 1, name, value, "a share above 0, at most 1") }
    try demand((2...256).contains(maximumBins), "max_bin", maximumBins, "2 to 256: bins are bytes")
    try demand(
      positiveWeight > 0 && positiveWeight.isFinite, "scale_pos_weight", positiveWeight,
      "a number above 0")
    try demand(
      (1...10_000).contains(parallelTrees), "num_parallel_tree", parallelTrees, "1 to 10000")
    try checkObjective()
    try checkCombinations(features)
  }

  private func checkObjective() throws {
    switch objective {
    case .quantile(let alpha):
      guard alpha > 0, alpha < 1 else {
        throw Failure(.invalid, "the quantile is \(alpha)", hint: "between 0 and 1")
      }
    case .softmax(let classes):
      guard (2...10_000).contains(classes) else {
        throw Failure(.invalid, "`num_class` is \(classes)", hint: "2 to 10000")
      }
    case .huber(let delta), .pseudoHuber(let delta):
      guard delta > 0, delta.isFinite else {
        throw Failure(.invalid, "the bend of the huber loss is \(delta)", hint: "above 0")
      }
    case .poisson(let step):
      guard step >= 0, step < 50 else {
        throw Failure(.invalid, "`max_delta_step` is \(step)", hint: "0 to 50 for counts")
      }
    case .squaredError, .absoluteError, .logistic, .rankNDCG: break
    }
  }

  private func checkCombinations(_ features: [String]) throws {
    if !monotone.isEmpty {
      guard monotone.count == features.count else {
        throw Failure(
          .invalid, "\(monotone.count) monotone constraints for \(features.count) features")
      }
      if objective.leafQuantile != nil, monotone.contains(where: { $0 != 0 }) {
        throw Failure(
          .invalid, "monotone constraints cannot hold with leaves that are set to quantiles",
          hint: "use the squared error")
      }
    }
    if let oneSide = sampling.oneSide {
      guard oneSide.topShare > 0, oneSide.otherShare > 0,
        oneSide.topShare + oneSide.otherShare <= 1
      else {
        throw Failure(
          .invalid, "`top_rate` and `other_rate` are \(oneSide.topShare) and \(oneSide.otherShare)",
          hint: "both above 0, and at most 1 together")
      }
      guard sampling.share >= 1 else {
        throw Failure(
          .invalid, "rows are drawn twice: by gradient and by bagging",
          hint: "leave `bagging_fraction` out with `goss`")
      }
    }
    guard let dropout else { return }
    guard (0...1).contains(dropout.rate), (0...1).contains(dropout.skip) else {
      throw Failure(
        .invalid, "`rate_drop` and `skip_drop` are \(dropout.rate) and \(dropout.skip)",
        hint: "shares from 0 to 1")
    }
    if stopping?.keepsBestOnly == true {
      throw Failure(
        .invalid, "early stopping cannot go back to the best round of `dart`",
        hint: "later rounds change the weights of earlier trees; fix the number of rounds instead")
    }
  }
}
