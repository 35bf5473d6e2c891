/// Chooses which categories of a feature get a bin.
enum CategoryBins {
  /// The category of each bin.
  ///
  /// XGBoost: every category, by its code; when there are more than bins, the most frequent ones.
  /// LightGBM (`BinMapper::FindBin`): the most frequent ones first, as many as make up 99 % of the
  /// rows. The others share bin 0 as category -1, where there are any.
  static func choose(
    counts: [Int], options: BinningOptions, hasMissing: Bool
  ) -> [Int32] {
    let present = counts.indices.filter { counts[$0] > 0 }
    let room = options.maximumBins - (hasMissing ? 1 : 0)
    let byCount = present.sorted {
      counts[$0] != counts[$1] ? counts[$0] > counts[$1] : $0 < $1
    }
    switch options.flavour {
    case .xgboost:
      if present.count <= room { return present.map { Int32($0) } }
      return [-1] + byCount.prefix(room - 1).sorted().map { Int32($0) }
    case .lightgbm:
      let wanted = Int((Double(counts.reduce(0, +)) * 0.99).rounded())
      var kept: [Int32] = []
      var rows = 0
      for category in byCount {
        guard kept.count < room - 1, rows < wanted || present.count <= room - 1 else { break }
        if counts[category] < options.minimumBinRows, kept.count > 1 { break }
        kept.append(Int32(category))
        rows += counts[category]
      }
      return kept.count < present.count ? [-1] + kept : kept
    }
  }
}
