/// Everything that decides what boosting makes of its data.
///
/// The defaults are the library's whose ``TreeFlavour`` is asked for: XGBoost 3.2, LightGBM 4.7.
package struct BoostingOptions: Sendable, Hashable {
  package var flavour: TreeFlavour
  package var objective: Objective
  package var rounds = 100
  package var learningRate: Double

  // The shape of trees.
  package var growth: Growth
  /// 0 for no limit.
  package var maximumDepth: Int
  /// 0 for no limit.
  package var maximumLeaves: Int
  /// Trees of a round and class that are grown side by side (XGBoost's `num_parallel_tree`).
  package var parallelTrees = 1

  // What a split must obey.
  package var lambda: Double
  package var alpha = 0.0
  /// `gamma`, `min_gain_to_split`.
  package var minimumGain = 0.0
  /// `min_child_weight`, `min_sum_hessian_in_leaf`.
  package var minimumHessian: Double
  /// `min_data_in_leaf`.
  package var minimumRows: Int
  package var maximumStep = 0.0
  /// -1, 0 or 1 for each feature; empty for no constraints.
  package var monotone: [Int8] = []

  // Categories.
  package var oneHotCategories = 4
  package var maximumCategories: Int
  package var categoryLambda = 10.0
  package var categorySmoothing = 10.0
  package var minimumGroupRows = 100

  // Samples.
  package var sampling = RowSampling()
  package var columnsPerTree = 1.0
  package var columnsPerLevel = 1.0
  package var columnsPerNode = 1.0

  // Binning.
  package var maximumBins: Int
  package var minimumBinRows = 3
  package var zeroIsMissing = false
  package var usesMissing = true

  // Labels.
  /// Multiplies the weight of rows of class 1.
  package var positiveWeight = 1.0
  /// Whether the base margin is estimated from the labels when ``baseScore`` is nil.
  package var estimatesBase = true
  /// A prediction (not a margin) to start from.
  package var baseScore: Double?

  package var dropout: Dropout?
  /// What is computed after each round; the last one decides about stopping.
  package var metrics: [TreeMetric] = []
  package var stopping: EarlyStopping?
  package var seed: UInt64 = 0
  package var lightGBMSeeds = LightGBMSeeds()
  /// LightGBM's `bin_construct_sample_cnt`.
  package var sampleRows = 200_000

  /// In which order nodes are divided.
  package enum Growth: String, Sendable, Hashable {
    case depthWise = "depthwise"
    case leafWise = "lossguide"
  }

  package init(_ flavour: TreeFlavour, objective: Objective = .squaredError) {
    self.flavour = flavour
    self.objective = objective
    switch flavour {
    case .xgboost:
      (learningRate, growth, maximumDepth, maximumLeaves) = (0.3, .depthWise, 6, 0)
      (lambda, minimumHessian, minimumRows, maximumBins, maximumCategories) = (1, 1, 1, 256, 64)
      if case .poisson(let step) = objective { maximumStep = step }
    case .lightgbm:
      (learningRate, growth, maximumDepth, maximumLeaves) = (0.1, .leafWise, 0, 31)
      (lambda, minimumHessian, minimumRows, maximumBins, maximumCategories) = (0, 1e-3, 20, 255, 32)
    }
  }
}

extension BoostingOptions {
  var rules: SplitRules {
    var rules = SplitRules(flavour: flavour)
    rules.lambda = lambda
    rules.alpha = alpha
    rules.minimumGain = minimumGain
    rules.minimumHessian = minimumHessian
    rules.minimumRows = minimumRows
    rules.maximumStep = maximumStep
    rules.monotone = monotone.contains { $0 != 0 } ? monotone : []
    rules.oneHotCategories = oneHotCategories
    rules.maximumCategories = maximumCategories
    rules.categoryLambda = categoryLambda
    rules.categorySmoothing = categorySmoothing
    rules.minimumGroupRows = minimumGroupRows
    return rules
  }

  var shape: TreeShape {
    TreeShape(
      policy: growth == .depthWise ? .depthWise : .leafWise, maximumDepth: maximumDepth,
      maximumLeaves: maximumLeaves)
  }

  var columns: ColumnSample {
    ColumnSample(
      tree: columnsPerTree, level: columnsPerLevel, node: columnsPerNode, seed: seed,
      lightGBMSeed: flavour == .lightgbm ? lightGBMSeeds.features : nil)
  }

  var binning: BinningOptions {
    var binning = BinningOptions(flavour: flavour, maximumBins: maximumBins)
    binning.minimumBinRows = minimumBinRows
    binning.zeroIsMissing = zeroIsMissing
    binning.usesMissing = usesMissing
    binning.seed = seed
    binning.lightGBMSeed = lightGBMSeeds.data
    binning.sampleRows = sampleRows
    return binning
  }

  /// ``metrics``, or the library's usual one.
  var effectiveMetrics: [TreeMetric] {
    metrics.isEmpty ? [TreeMetric.usual(objective, flavour)] : metrics
  }
}
