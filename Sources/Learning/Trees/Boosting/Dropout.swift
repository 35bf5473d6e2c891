/// DART: some of the trees are left out while the next one is grown (K. V. Rashmi, R.
/// Gilad-Bachrach, "DART: Dropouts meet Multiple Additive Regression Trees", AISTATS 2015).
package struct Dropout: Sendable, Hashable {
  /// The chance of each tree to be left out.
  package var rate: Double
  /// The chance of a round to leave none out.
  package var skip: Double
  /// Whether at least one is left out.
  package var dropsOne: Bool
  /// Whether trees are drawn by their weight (XGBoost's `sample_type`).
  package var isWeighted = false
  /// XGBoost's `normalize_type`: whether a new tree weighs as much as all dropped ones together
  /// (`forest`) or as one of them (`tree`).
  package var isForest = false
  /// Most trees that are left out; 0 for no limit (LightGBM's `max_drop` 50).
  package var most = 0

  /// The library's defaults.
  package init(_ flavour: TreeFlavour) {
    switch flavour {
    case .xgboost: (rate, skip, dropsOne) = (0, 0, false)
    case .lightgbm: (rate, skip, dropsOne, most) = (0.1, 0.5, false, 50)
    }
  }
}
