extension ModelTest {
  /// What a test looks at. Shares are fractions of one.
  package enum Kind: Sendable, Hashable {
    /// Of predictions and what was true.
    case metric(ModelMetric, Bounds)
    /// Better than a simple one by a margin; nil metric: accuracy, or R² of numbers.
    case baseline(Baseline, ModelMetric?, Margin)
    /// Not worse than the champion by more than `margin`, unless that may be chance.
    case regression(ModelMetric?, margin: Double)
    /// The metric on the training table is at most so much better.
    case overfit(ModelMetric?, max: Double)
    case calibration(CalibrationRule, Bounds)
    case fairness(FairnessRule, Bounds)
    /// Every answer is a finite number.
    case finite
    /// Rows are here what they were when they were served.
    case skew(SkewRule)

    // Asking the model anew.
    case invariance(InvarianceRule)
    case directional(DirectionRule)
    case monotone(MonotoneRule)
    case minimumFunction(ModelCase)
    case deterministic(tolerance: Double)
    case latency(LatencyRule, Bounds)
    /// Rows a second in batches of so many rows.
    case throughput(batch: Int, Bounds)

    // Of the model's file.
    /// So many seconds may have gone since it was trained.
    case staleness(Double)
    /// In bytes.
    case size(Bounds)
    /// Written in another format and read again it predicts the same.
    case roundTrip(ExportFormat, tolerance: Double)

    // By training.
    case crossValidation(CrossValidationRule)
    /// Trained on labels in a random order it is no better than chance.
    case labelShuffle(margin: Double)
    /// Trained on a few rows it knows them.
    case overfitsOneBatch(rows: Int, minimum: Double)
  }

  /// Something simple that predicts.
  package enum Baseline: String, Sendable, Hashable, CaseIterable {
    /// The most frequent class.
    case majority
    case mean
    /// Classes at random, as often as they occur.
    case stratified
    /// The true value of the row before.
    case last
    /// One small tree that learns from the training table.
    case simpleTree = "simple tree"
    case champion
  }

  package enum Margin: Sendable, Hashable {
    /// A share of what there is between the simple one and a model without a mistake.
    case ofPossible(Double)
    /// In the metric's own numbers.
    case absolute(Double)
  }

  package enum ExportFormat: String, Sendable, Hashable, CaseIterable {
    case onnx
    case xgboost
    case lightgbm
  }
}

extension ModelTest.Kind {
  /// The test's name, as the long form of a suite has it.
  package var name: String {
    switch self {
    case .metric(let metric, _): metric.key
    case .baseline: "baseline"
    case .regression: "regression"
    case .overfit: "overfit"
    case .calibration: "calibration"
    case .fairness: "fairness"
    case .finite: "finite"
    case .skew: "skew"
    case .invariance: "invariance"
    case .directional: "directional"
    case .monotone: "monotone"
    case .minimumFunction: "case"
    case .deterministic: "deterministic"
    case .latency: "latency"
    case .throughput: "throughput"
    case .staleness: "staleness"
    case .size: "size"
    case .roundTrip: "round-trip"
    case .crossValidation: "cv"
    case .labelShuffle: "label-shuffle"
    case .overfitsOneBatch: "one-batch"
    }
  }
}

extension ModelMetric {
  /// Its name alone, without what it is of: `f1`.
  package var key: String {
    switch self {
    case .balancedAccuracy: "balanced-accuracy"
    case .precision: "precision"
    case .recall: "recall"
    case .f1: "f1"
    case .topK: "top-k"
    case .ndcg: "ndcg"
    case .accuracy, .mcc, .kappa, .logLoss, .brier, .rocAUC, .prAUC, .mae, .rmse, .r2, .mape,
      .smape:
      text
    }
  }
}
