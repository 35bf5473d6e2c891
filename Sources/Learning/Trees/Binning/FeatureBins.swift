/// The bins of one feature.
///
/// Bins are numbered in ascending order of the values (of the codes, or of how frequent they are,
/// for categories); missing values have the last one.
package struct FeatureBins: Sendable, Hashable {
  /// Bins with values in them.
  var valueBins: Int
  /// The bin of missing values, `valueBins`; nil when there were none in training.
  var missingBin: Int?
  /// What a split after each bin compares with; empty for categories.
  var thresholds: [Double]
  /// The category of each bin, -1 for "all others"; empty for numbers.
  var categories: [Int32]
  var missing: MissingRule
  /// The bin for a missing value when training had none.
  var strangerBin: Int

  var isCategorical: Bool { !categories.isEmpty }
  var binCount: Int { valueBins + (missingBin == nil ? 0 : 1) }
  /// Whether no split can tell rows apart.
  var isUseless: Bool { binCount < 2 }

  /// Bins of numbers: value x has the first bin b with x < thresholds[b] (XGBoost) or
  /// x <= thresholds[b] (LightGBM); the last threshold is beyond all numbers.
  init(thresholds: [Double], hasMissing: Bool, missing: MissingRule) {
    valueBins = thresholds.count
    missingBin = hasMissing ? thresholds.count : nil
    self.thresholds = thresholds
    categories = []
    self.missing = missing
    strangerBin = max(0, thresholds.count - 1)
  }

  init(categories: [Int32], hasMissing: Bool) {
    valueBins = categories.count
    missingBin = hasMissing ? categories.count : nil
    thresholds = []
    self.categories = categories
    missing = .nan
    strangerBin = max(0, categories.count - 1)
  }
}
