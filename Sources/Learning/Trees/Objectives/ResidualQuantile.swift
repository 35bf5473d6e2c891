/// Quantiles as the libraries take them of residuals and of labels.
enum ResidualQuantile {
  /// - Parameter values: need not be sorted; at least one.
  static func find(
    _ values: [Double], weights: [Double]?, at alpha: Double, flavour: TreeFlavour
  ) -> Double {
    guard !values.isEmpty else { return 0 }
    if let weights { return weighted(values, weights, alpha, flavour) }
    var sorted = values
    sorted.sort()
    let count = sorted.count
    switch flavour {
    case .xgboost:
      // `common::Quantile` of XGBoost: rank alpha·(n + 1), between neighbours.
      let rank = alpha * Double(count + 1)
      if rank < 1 { return sorted[0] }
      if rank >= Double(count) { return sorted[count - 1] }
      let below = Int(rank)
      return sorted[below - 1] + (rank - Double(below)) * (sorted[below] - sorted[below - 1])
    case .lightgbm:
      // As LightGBM 4.7 does, and NumPy: rank alpha·(n - 1), counted from 0.
      let rank = alpha * Double(count - 1)
      let below = max(0, min(count - 1, Int(rank)))
      let above = min(count - 1, below + 1)
      return sorted[below] + (rank - Double(below)) * (sorted[above] - sorted[below])
    }
  }

  private static func weighted(
    _ values: [Double], _ weights: [Double], _ alpha: Double, _ flavour: TreeFlavour
  ) -> Double {
    let order = values.indices.sorted {
      values[$0] != values[$1] ? values[$0] < values[$1] : $0 < $1
    }
    var sums: [Double] = []
    for index in order { sums.append((sums.last ?? 0) + weights[index]) }
    let wanted = (sums.last ?? 0) * alpha
    let last = order.count - 1
    switch flavour {
    case .xgboost:
      // `common::WeightedQuantile`: the first value whose share is enough.
      return values[order[min(last, sums.firstIndex { $0 >= wanted } ?? last)]]
    case .lightgbm:
      // As LightGBM 4.7: between the neighbours of that share.
      let place = min(last, sums.firstIndex { $0 > wanted } ?? last)
      guard place > 0, place < last else { return values[order[place]] }
      let (lower, upper) = (values[order[place - 1]], values[order[place]])
      let step = sums[place] - sums[place - 1]
      guard step > 0 else { return upper }
      return lower + (wanted - sums[place - 1]) / step * (upper - lower)
    }
  }
}
