/// The names that the libraries give to one parameter, their own first.
struct ParameterNames: Sendable {
  let name: String
  let aliases: [String]

  init(_ name: String, _ aliases: String...) {
    self.name = name
    self.aliases = aliases
  }

  /// Those of XGBoost 3.2 and of its scikit-learn classes.
  static let xgboost: [ParameterNames] = [
    .init("booster"), .init("objective"), .init("num_class"),
    .init("num_boost_round", "n_estimators", "num_round", "num_rounds", "rounds"),
    .init("learning_rate", "eta"), .init("gamma", "min_split_loss"), .init("max_depth"),
    .init("min_child_weight"), .init("max_delta_step"), .init("subsample"),
    .init("sampling_method"), .init("colsample_bytree"), .init("colsample_bylevel"),
    .init("colsample_bynode"), .init("lambda", "reg_lambda"), .init("alpha", "reg_alpha"),
    .init("tree_method"), .init("scale_pos_weight"), .init("grow_policy"), .init("max_leaves"),
    .init("max_bin"), .init("num_parallel_tree"), .init("monotone_constraints"),
    .init("max_cat_to_onehot"), .init("max_cat_threshold"), .init("base_score"),
    .init("boost_from_average"), .init("eval_metric"), .init("early_stopping_rounds"),
    .init("seed", "random_state"), .init("rate_drop"), .init("skip_drop"), .init("one_drop"),
    .init("sample_type"), .init("normalize_type"), .init("quantile_alpha"), .init("huber_slope"),
    .init("lambdarank_num_pair_per_sample"), .init("lambdarank_normalization"),
  ]

  /// Those of LightGBM 4.7 (docs/Parameters.rst).
  static let lightgbm: [ParameterNames] = [
    .init("boosting", "boosting_type", "boost"), .init("data_sample_strategy"),
    .init("objective", "objective_type", "app", "application", "loss"),
    .init("num_class", "num_classes"),
    .init(
      "num_iterations", "num_iteration", "n_iter", "num_tree", "num_trees", "num_round",
      "num_rounds", "nrounds", "num_boost_round", "n_estimators", "max_iter", "rounds"),
    .init("learning_rate", "shrinkage_rate", "eta"),
    .init("num_leaves", "num_leaf", "max_leaves", "max_leaf", "max_leaf_nodes"),
    .init("max_depth"),
    .init(
      "min_data_in_leaf", "min_data_per_leaf", "min_data", "min_child_samples", "min_samples_leaf"),
    .init(
      "min_sum_hessian_in_leaf", "min_sum_hessian_per_leaf", "min_sum_hessian", "min_hessian",
      "min_child_weight"),
    .init("bagging_fraction", "sub_row", "subsample", "bagging"),
    .init("bagging_freq", "subsample_freq"),
    .init("feature_fraction", "sub_feature", "colsample_bytree"),
    .init("feature_fraction_bynode", "sub_feature_bynode", "colsample_bynode"),
    .init(
      "early_stopping_round", "early_stopping_rounds", "early_stopping", "n_iter_no_change"),
    .init("early_stopping_min_delta"),
    .init("max_delta_step", "max_tree_output", "max_leaf_output"),
    .init("lambda_l1", "reg_alpha", "l1_regularization"),
    .init("lambda_l2", "reg_lambda", "lambda", "l2_regularization"),
    .init("min_gain_to_split", "min_split_gain"), .init("drop_rate", "rate_drop"),
    .init("max_drop"), .init("skip_drop"), .init("uniform_drop"), .init("top_rate"),
    .init("other_rate"), .init("min_data_per_group"), .init("max_cat_threshold"), .init("cat_l2"),
    .init("cat_smooth"), .init("max_cat_to_onehot"),
    .init("monotone_constraints", "mc", "monotone_constraint", "monotonic_cst"),
    .init("max_bin", "max_bins"), .init("min_data_in_bin"), .init("zero_as_missing"),
    .init("use_missing"), .init("boost_from_average"), .init("scale_pos_weight"),
    .init("is_unbalance", "unbalance", "unbalanced_sets"),
    .init("metric", "metrics", "metric_types"), .init("alpha"),
    .init("poisson_max_delta_step"), .init("lambdarank_truncation_level"),
    .init("lambdarank_norm"), .init("eval_at", "ndcg_eval_at", "ndcg_at"),
    .init("seed", "random_seed", "random_state"), .init("data_random_seed", "data_seed"),
    .init("bagging_seed", "bagging_fraction_seed"), .init("feature_fraction_seed"),
    .init("bin_construct_sample_cnt", "subsample_for_bin"),
  ]

  /// What changes nothing here: how much is printed, where and on how many threads it runs.
  static let ignored: Set<String> = [
    "nthread", "n_jobs", "num_threads", "num_thread", "nthreads", "verbosity", "verbose", "silent",
    "device", "device_type", "enable_categorical", "importance_type", "force_row_wise",
    "force_col_wise", "histogram_pool_size", "deterministic", "use_quantized_grad",
    "num_grad_quant_bins", "stochastic_rounding", "extra_seed", "drop_seed", "objective_seed",
    "enable_bundle", "validate_parameters", "first_metric_only",
  ]
}
