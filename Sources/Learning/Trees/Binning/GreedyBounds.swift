/// Bounds of bins as LightGBM finds them: midpoints of neighbouring values, bins of equal counts.
///
/// After `GreedyFindBin` and `FindBinWithZeroAsOneBin` of LightGBM's src/io/bin.cpp: values with
/// more rows than a mean bin have a bin of their own, and zero has one between the negative and
/// the positive numbers.
enum GreedyBounds {
  /// What LightGBM writes for infinity.
  static let last = 1e300
  private static let zero = 1e-35

  static func thresholds(
    _ values: DistinctValues, maximumBins: Int, minimumBinRows: Int
  ) -> [Double] {
    let all = values.values
    let firstAboveNegative = all.firstIndex { $0 > -zero } ?? all.count
    let firstPositive = all.firstIndex { $0 > zero } ?? all.count
    let negative = values.weights[..<firstAboveNegative].reduce(0, +)
    let positive = values.weights[firstPositive...].reduce(0, +)
    var bounds: [Double] = []
    if firstAboveNegative > 0 {
      let share = negative / max(1, negative + positive)
      let bins = max(1, Int(share * Double(maximumBins - 1)))
      bounds = greedy(
        all[..<firstAboveNegative], values.weights[..<firstAboveNegative], bins, minimumBinRows)
      if !bounds.isEmpty { bounds[bounds.count - 1] = -zero }
    }
    let rest = maximumBins - 1 - bounds.count
    if firstPositive < all.count, rest > 0 {
      let right = greedy(
        all[firstPositive...], values.weights[firstPositive...], rest, minimumBinRows)
      bounds.append(zero)
      bounds += right
    } else {
      bounds.append(last)
    }
    return bounds
  }

  private static func greedy(
    _ values: ArraySlice<Double>, _ weights: ArraySlice<Double>, _ maximum: Int, _ minimumRows: Int
  ) -> [Double] {
    let values = Array(values)
    let counts = Array(weights)
    let total = counts.reduce(0, +)
    var bounds: [Double] = []
    func add(_ bound: Double) {
      if bounds.last.map({ bound > $0 }) ?? true { bounds.append(bound) }
    }
    if values.count <= maximum {
      var rows = 0.0
      for i in 0..<(values.count - 1) {
        rows += counts[i]
        guard rows >= Double(minimumRows) else { continue }
        add(middle(values[i], values[i + 1]))
        rows = 0
      }
      return bounds + [last]
    }
    let bins = minimumRows > 0 ? max(1, min(maximum, Int(total) / minimumRows)) : maximum
    var meanSize = total / Double(bins)
    var isBig = [Bool](repeating: false, count: values.count)
    var restBins = bins
    var restRows = total
    for i in values.indices where counts[i] >= meanSize {
      isBig[i] = true
      restBins -= 1
      restRows -= counts[i]
    }
    meanSize = restRows / Double(max(1, restBins))
    var rows = 0.0
    for i in 0..<(values.count - 1) {
      if !isBig[i] { restRows -= counts[i] }
      rows += counts[i]
      if isBig[i] || rows >= meanSize || (isBig[i + 1] && rows >= max(1, meanSize / 2)) {
        add(middle(values[i], values[i + 1]))
        if bounds.count >= bins - 1 { break }
        rows = 0
        if !isBig[i] {
          restBins -= 1
          meanSize = restRows / Double(max(1, restBins))
        }
      }
    }
    return bounds + [last]
  }

  /// The midpoint, moved up by one bit, so that the test includes it whichever way it was rounded.
  private static func middle(_ a: Double, _ b: Double) -> Double {
    let sum = a + b
    return (sum.isFinite ? sum / 2 : a / 2 + b / 2).nextUp
  }
}
