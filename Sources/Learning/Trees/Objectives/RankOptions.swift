/// How pairs of rows are chosen and weighed by ``Objective/rankNDCG(_:)``.
package struct RankOptions: Sendable, Hashable {
  /// Pairs have one of so many best rows of the query (LightGBM's `lambdarank_truncation_level` 30,
  /// XGBoost's `lambdarank_num_pair_per_sample` 32).
  package var truncation: Int
  /// Whether gradients are divided by the sum of all of the query (LightGBM's `lambdarank_norm`).
  package var isNormalised: Bool

  package init(truncation: Int = 30, isNormalised: Bool = true) {
    self.truncation = truncation
    self.isNormalised = isNormalised
  }
}
