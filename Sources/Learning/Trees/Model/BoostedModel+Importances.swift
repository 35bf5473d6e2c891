extension BoostedModel {
  /// How a feature's part in a model is measured.
  package enum Importance: String, Sendable, Hashable, CaseIterable {
    /// The mean gain of its splits.
    case gain
    case totalGain = "total_gain"
    /// The number of its splits: `weight` of XGBoost, `split` of LightGBM.
    case weight
    /// The mean cover of its splits.
    case cover
    case totalCover = "total_cover"
  }

  /// A number for each feature; 0 for those that no split asks for.
  package func importances(_ kind: Importance) -> [Double] {
    var sums = [Double](repeating: 0, count: features.count)
    var splits = [Double](repeating: 0, count: features.count)
    for tree in trees {
      for node in 0..<tree.nodeCount where !tree.isLeaf(node) {
        let feature = Int(tree.feature[node])
        guard sums.indices.contains(feature) else { continue }
        splits[feature] += 1
        switch kind {
        case .gain, .totalGain: sums[feature] += tree.gain[node]
        case .cover, .totalCover: sums[feature] += tree.cover[node]
        case .weight: sums[feature] += 1
        }
      }
    }
    guard kind == .gain || kind == .cover else { return sums }
    return zip(sums, splits).map { $1 > 0 ? $0 / $1 : 0 }
  }
}
