/// A number that says how good predictions are; the definitions are scikit-learn's.
package enum ModelMetric: Sendable, Hashable {
  case accuracy
  /// The mean recall of the classes that occur.
  case balancedAccuracy
  case precision(ClassAverage)
  case recall(ClassAverage)
  case f1(ClassAverage)
  /// Matthews' correlation.
  case mcc
  /// Cohen's.
  case kappa
  case logLoss
  /// The mean squared error of the probabilities.
  case brier
  /// Of the positive class, or the mean of each class against the rest.
  case rocAUC
  /// Average precision: of the positive class, or the mean over the classes.
  case prAUC
  /// The share of rows whose class is among the k likeliest.
  case topK(Int)
  case mae, rmse, r2, mape
  /// 2 |y - p| / (|y| + |p|), averaged; 0 where both are 0.
  case smape
  /// Of the rows as one ranking, by their predictions.
  case ndcg(at: Int?)

  /// How the measures of single classes become one.
  package enum ClassAverage: Sendable, Hashable {
    /// Of the positive class of two, the mean of several.
    case usual
    case macro
    case weighted
    case of(String)
  }

  /// Whether more is worse.
  package var isLoss: Bool {
    switch self {
    case .logLoss, .brier, .mae, .rmse, .mape, .smape: true
    case .accuracy, .balancedAccuracy, .precision, .recall, .f1, .mcc, .kappa, .rocAUC, .prAUC,
      .topK, .r2, .ndcg:
      false
    }
  }

  /// What a model without a mistake has.
  package var best: Double { isLoss ? 0 : 1 }

  /// Whether it is of numbers and not of classes.
  package var isOfNumbers: Bool {
    switch self {
    case .mae, .rmse, .r2, .mape, .smape, .ndcg: true
    case .accuracy, .balancedAccuracy, .precision, .recall, .f1, .mcc, .kappa, .rocAUC, .prAUC,
      .topK, .logLoss, .brier:
      false
    }
  }

  /// Whether probabilities are needed, and not only classes.
  package var needsProbabilities: Bool {
    switch self {
    case .logLoss, .brier, .rocAUC, .prAUC, .topK: true
    default: false
    }
  }

  /// As a suite has it.
  package var text: String {
    switch self {
    case .accuracy: "accuracy"
    case .balancedAccuracy: "balanced accuracy"
    case .precision(let average): "precision" + average.suffix
    case .recall(let average): "recall" + average.suffix
    case .f1(let average): "f1" + average.suffix
    case .mcc: "mcc"
    case .kappa: "kappa"
    case .logLoss: "log-loss"
    case .brier: "brier"
    case .rocAUC: "roc-auc"
    case .prAUC: "pr-auc"
    case .topK(let count): "top \(count) accuracy"
    case .mae: "mae"
    case .rmse: "rmse"
    case .r2: "r2"
    case .mape: "mape"
    case .smape: "smape"
    case .ndcg(let count): "ndcg" + (count.map { " at \($0)" } ?? "")
    }
  }
}

extension ModelMetric.ClassAverage {
  fileprivate var suffix: String {
    switch self {
    case .usual: ""
    case .macro: " macro"
    case .weighted: " weighted"
    case .of(let name): " of " + ModelSuiteText.value(name)
    }
  }
}
