import Platform

extension BoostingOptions {
  /// Reads parameters under the names of the library whose flavour is asked for, aliases included.
  ///
  /// - Parameters:
  ///   - given: names and values as text, such as `("max_depth", "8")`.
  ///   - classes: how many classes the target has; nil for numbers. Decides the objective when none
  ///     is given, and must agree with one that is.
  ///   - features: in the order of the columns, for constraints by name.
  /// - Throws: ``Failure`` for unknown names (with the nearest), values that are none, absurd values
  ///   and contradictions.
  package init(
    _ flavour: TreeFlavour, parameters given: [(name: String, value: String)], classes: Int?,
    features: [String]
  ) throws {
    let values = try ParameterValues(given, flavour: flavour)
    let objective = try ObjectiveNames(flavour).objective(values, classes: classes)
    self.init(flavour, objective: objective)
    try readCommon(values, features)
    switch flavour {
    case .xgboost: try readXGBoost(values)
    case .lightgbm: try readLightGBM(values)
    }
    metrics = try MetricNames(flavour, objective).metrics(values)
    try check(features: features)
  }

  private mutating func readCommon(_ values: ParameterValues, _ features: [String]) throws {
    learningRate = try values.number("learning_rate") ?? learningRate
    maximumStep = try values.number("max_delta_step") ?? maximumStep
    maximumBins = try values.integer("max_bin") ?? maximumBins
    oneHotCategories = try values.integer("max_cat_to_onehot") ?? oneHotCategories
    maximumCategories = try values.integer("max_cat_threshold") ?? maximumCategories
    positiveWeight = try values.number("scale_pos_weight") ?? positiveWeight
    estimatesBase = try values.truth("boost_from_average") ?? estimatesBase
    if let number = try values.integer("seed") { seed = UInt64(bitPattern: Int64(number)) }
    if let list = values.list("monotone_constraints") {
      monotone = try Self.constraints(list, features)
    }
    if let depth = try values.integer("max_depth") {
      // LightGBM's -1 is no limit.
      maximumDepth = depth < 0 && flavour == .lightgbm ? 0 : depth
    }
  }

  private static func constraints(_ list: [String], _ features: [String]) throws -> [Int8] {
    // `{"age": 1}` and `age:1` name features; otherwise there is a sign for each.
    if list.contains(where: { $0.contains(":") && $0.count > 1 }) || list.contains(":") {
      var constraints = [Int8](repeating: 0, count: features.count)
      let words = list.flatMap { $0.split(separator: ":").map(String.init) }
      for index in stride(from: 0, to: words.count - 1, by: 2) {
        guard let place = features.firstIndex(of: words[index]) else {
          throw Failure(
            .invalid, "`monotone_constraints` names `\(words[index])`, which is no column",
            hint: nearestName(to: words[index], among: features).map { "did you mean `\($0)`?" })
        }
        constraints[place] = try sign(words[index + 1])
      }
      return constraints
    }
    return try list.map(sign)
  }

  private static func sign(_ text: String) throws -> Int8 {
    guard let sign = Int8(text), (-1...1).contains(sign) else {
      throw Failure(
        .invalid, "`monotone_constraints` has `\(text)`",
        hint: "1 rises, -1 falls, 0 is free: one for each feature, or `name:1`")
    }
    return sign
  }

  private mutating func readXGBoost(_ values: ParameterValues) throws {
    rounds = try values.integer("num_boost_round") ?? rounds
    minimumGain = try values.number("gamma") ?? minimumGain
    minimumHessian = try values.number("min_child_weight") ?? minimumHessian
    lambda = try values.number("lambda") ?? lambda
    alpha = try values.number("alpha") ?? alpha
    sampling.share = try values.number("subsample") ?? sampling.share
    columnsPerTree = try values.number("colsample_bytree") ?? columnsPerTree
    columnsPerLevel = try values.number("colsample_bylevel") ?? columnsPerLevel
    columnsPerNode = try values.number("colsample_bynode") ?? columnsPerNode
    maximumLeaves = try values.integer("max_leaves") ?? maximumLeaves
    parallelTrees = try values.integer("num_parallel_tree") ?? parallelTrees
    baseScore = try values.number("base_score")
    if let policy = try values.choice("grow_policy", ["depthwise", "lossguide"]) {
      growth = policy == "lossguide" ? .leafWise : .depthWise
    }
    _ = try values.choice("tree_method", ["auto", "hist"])
    _ = try values.choice("sampling_method", ["uniform"])
    if let rounds = try values.integer("early_stopping_rounds"), rounds > 0 {
      stopping = EarlyStopping(rounds: rounds)
    }
    if try values.choice("booster", ["gbtree", "dart"]) == "dart" {
      var dropout = Dropout(.xgboost)
      dropout.rate = try values.number("rate_drop") ?? dropout.rate
      dropout.skip = try values.number("skip_drop") ?? dropout.skip
      dropout.dropsOne = try values.truth("one_drop") ?? dropout.dropsOne
      dropout.isWeighted = try values.choice("sample_type", ["uniform", "weighted"]) == "weighted"
      dropout.isForest = try values.choice("normalize_type", ["tree", "forest"]) == "forest"
      self.dropout = dropout
    } else {
      try refuse(["rate_drop", "skip_drop", "one_drop"], values, without: "booster: dart")
    }
  }

  private mutating func readLightGBM(_ values: ParameterValues) throws {
    lightGBMSeeds = LightGBMSeeds(seed: Int(truncatingIfNeeded: seed))
    lightGBMSeeds.data = try values.integer("data_random_seed") ?? lightGBMSeeds.data
    lightGBMSeeds.bagging = try values.integer("bagging_seed") ?? lightGBMSeeds.bagging
    lightGBMSeeds.features =
      try values.integer("feature_fraction_seed") ?? lightGBMSeeds.features
    sampleRows = try values.integer("bin_construct_sample_cnt") ?? sampleRows
    rounds = try values.integer("num_iterations") ?? rounds
    maximumLeaves = try values.integer("num_leaves") ?? maximumLeaves
    minimumRows = try values.integer("min_data_in_leaf") ?? minimumRows
    minimumHessian = try values.number("min_sum_hessian_in_leaf") ?? minimumHessian
    minimumGain = try values.number("min_gain_to_split") ?? minimumGain
    lambda = try values.number("lambda_l2") ?? lambda
    alpha = try values.number("lambda_l1") ?? alpha
    sampling.share = try values.number("bagging_fraction") ?? sampling.share
    sampling.frequency = try values.integer("bagging_freq") ?? 0
    columnsPerTree = try values.number("feature_fraction") ?? columnsPerTree
    columnsPerNode = try values.number("feature_fraction_bynode") ?? columnsPerNode
    minimumGroupRows = try values.integer("min_data_per_group") ?? minimumGroupRows
    categoryLambda = try values.number("cat_l2") ?? categoryLambda
    categorySmoothing = try values.number("cat_smooth") ?? categorySmoothing
    minimumBinRows = try values.integer("min_data_in_bin") ?? minimumBinRows
    zeroIsMissing = try values.truth("zero_as_missing") ?? zeroIsMissing
    usesMissing = try values.truth("use_missing") ?? usesMissing
    if try values.truth("is_unbalance") == true {
      throw Failure(
        .unsupported, "`is_unbalance` is not supported",
        hint: "give `scale_pos_weight`: rows of class 0 over rows of class 1")
    }
    if let rounds = try values.integer("early_stopping_round"), rounds > 0 {
      var stopping = EarlyStopping(rounds: rounds)
      stopping.leastChange = try values.number("early_stopping_min_delta") ?? 0
      self.stopping = stopping
    }
    let boosting = try values.choice("boosting", ["gbdt", "gbrt", "dart", "goss"])
    let strategy = try values.choice("data_sample_strategy", ["bagging", "goss"])
    if boosting == "goss" || strategy == "goss" {
      var oneSide = RowSampling.OneSide()
      oneSide.topShare = try values.number("top_rate") ?? oneSide.topShare
      oneSide.otherShare = try values.number("other_rate") ?? oneSide.otherShare
      sampling.oneSide = oneSide
    } else {
      try refuse(["top_rate", "other_rate"], values, without: "data_sample_strategy: goss")
    }
    if boosting == "dart" {
      var dropout = Dropout(.lightgbm)
      dropout.rate = try values.number("drop_rate") ?? dropout.rate
      dropout.skip = try values.number("skip_drop") ?? dropout.skip
      dropout.most = max(0, try values.integer("max_drop") ?? dropout.most)
      dropout.isWeighted = try values.truth("uniform_drop") != true
      self.dropout = dropout
    } else {
      try refuse(["drop_rate", "skip_drop", "max_drop"], values, without: "boosting: dart")
    }
  }

  private func refuse(_ names: [String], _ values: ParameterValues, without: String) throws {
    guard let name = names.first(where: values.isGiven) else { return }
    throw Failure(
      .invalid, "`\(name)` has no meaning without `\(without)`", hint: "add it, or take it out")
  }
}
