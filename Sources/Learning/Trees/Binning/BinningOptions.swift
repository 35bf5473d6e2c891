/// How cells are put into bins.
package struct BinningOptions: Sendable, Hashable {
  package var flavour: TreeFlavour
  /// Most bins of a feature, at most 256; one of them is for missing values where there are some.
  package var maximumBins: Int
  /// LightGBM's `min_data_in_bin`.
  package var minimumBinRows = 3
  /// Rows that bins are made from; more give no better bins, only later ones.
  package var sampleRows = 200_000
  /// Whether 0 counts as missing (LightGBM's `zero_as_missing`).
  package var zeroIsMissing = false
  /// Whether NaN counts as missing at all (LightGBM's `use_missing`).
  package var usesMissing = true
  package var seed: UInt64 = 0
  /// LightGBM's `data_random_seed`.
  package var lightGBMSeed = LightGBMSeeds().data

  package init(flavour: TreeFlavour, maximumBins: Int? = nil) {
    self.flavour = flavour
    self.maximumBins = maximumBins ?? (flavour == .xgboost ? 256 : 255)
  }
}
