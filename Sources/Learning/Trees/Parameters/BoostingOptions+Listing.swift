extension BoostingOptions {
  /// What boosting works with, under the library's own names: what a record keeps of parameters that nobody gave.
  ///
  /// In the order of the library's documentation; parameters of what is switched off are left out.
  package var effective: [(name: String, value: String)] {
    var list: [(String, String)] = [
      ("objective", objective.name(flavour).split(separator: " ").first.map(String.init) ?? "")
    ]
    func add(_ name: String, _ value: some CustomStringConvertible) {
      list.append((name, value.description))
    }
    switch flavour {
    case .xgboost:
      add("booster", dropout == nil ? "gbtree" : "dart")
      add("num_boost_round", rounds)
      add("learning_rate", learningRate)
      add("gamma", minimumGain)
      add("max_depth", maximumDepth)
      add("max_leaves", maximumLeaves)
      add("min_child_weight", minimumHessian)
      add("max_delta_step", maximumStep)
      add("subsample", sampling.share)
      add("colsample_bytree", columnsPerTree)
      add("colsample_bylevel", columnsPerLevel)
      add("colsample_bynode", columnsPerNode)
      add("lambda", lambda)
      add("alpha", alpha)
      add("tree_method", "hist")
      add("max_bin", maximumBins)
      add("grow_policy", growth.rawValue)
      add("num_parallel_tree", parallelTrees)
      add("scale_pos_weight", positiveWeight)
      add("max_cat_to_onehot", oneHotCategories)
      add("max_cat_threshold", maximumCategories)
      add("boost_from_average", estimatesBase)
    case .lightgbm:
      add("boosting", dropout == nil ? "gbdt" : "dart")
      add("data_sample_strategy", sampling.oneSide == nil ? "bagging" : "goss")
      add("num_iterations", rounds)
      add("learning_rate", learningRate)
      add("num_leaves", maximumLeaves)
      add("max_depth", maximumDepth == 0 ? -1 : maximumDepth)
      add("min_data_in_leaf", minimumRows)
      add("min_sum_hessian_in_leaf", minimumHessian)
      add("bagging_fraction", sampling.share)
      add("bagging_freq", sampling.frequency)
      add("feature_fraction", columnsPerTree)
      add("feature_fraction_bynode", columnsPerNode)
      add("lambda_l1", alpha)
      add("lambda_l2", lambda)
      add("min_gain_to_split", minimumGain)
      add("max_bin", maximumBins)
      add("min_data_in_bin", minimumBinRows)
      add("zero_as_missing", zeroIsMissing)
      add("use_missing", usesMissing)
      add("scale_pos_weight", positiveWeight)
      add("max_cat_to_onehot", oneHotCategories)
      add("max_cat_threshold", maximumCategories)
      add("cat_l2", categoryLambda)
      add("cat_smooth", categorySmoothing)
      add("min_data_per_group", minimumGroupRows)
      add("boost_from_average", estimatesBase)
    }
    if let stopping {
      add(
        flavour == .xgboost ? "early_stopping_rounds" : "early_stopping_round", stopping.rounds)
    }
    return list
  }
}
