/// Cuts as XGBoost's `hist` makes them: values of the data, at even ranks.
///
/// A cut is the first value of the bin on its right. When there are no more distinct values than
/// bins, each has its own (`SketchContainer::MakeCuts`); the sketch's approximation is replaced by
/// the exact quantiles of the sample.
enum QuantileCuts {
  /// Beyond all numbers, yet finite, so that a file can hold it.
  static let last = Double(Float.greatestFiniteMagnitude)

  static func thresholds(_ values: DistinctValues, maximumBins: Int) -> [Double] {
    let count = values.values.count
    guard count > 0 else { return [] }
    if count <= maximumBins { return Array(values.values.dropFirst()) + [last] }
    var cuts: [Double] = []
    var place = 0
    var before = 0.0
    for k in 1..<maximumBins {
      let target = values.total * Double(k) / Double(maximumBins)
      // The value whose rank is nearest to the target.
      while place < count - 1, before + values.weights[place] / 2 < target {
        before += values.weights[place]
        place += 1
      }
      let cut = values.values[place]
      if place > 0, cuts.last.map({ cut > $0 }) ?? true { cuts.append(cut) }
    }
    return cuts + [last]
  }
}
