/// The distinct values of a sample in ascending order, and how much there is of each.
struct DistinctValues {
  private(set) var values: [Double] = []
  /// Rows, or the sum of their weights.
  private(set) var weights: [Double] = []
  private(set) var total = 0.0

  /// - Parameter sample: without NaN; is sorted in place.
  init(_ sample: inout [Double]) {
    RadixSort.sort(&sample)
    for value in sample { add(value, 1) }
  }

  /// - Parameter weights: one for each value.
  init(_ sample: [Double], weights: [Double]) {
    let order = sample.indices.sorted { sample[$0] < sample[$1] }
    for i in order { add(sample[i], weights[i]) }
  }

  private mutating func add(_ value: Double, _ weight: Double) {
    if let last = values.last, last == value {
      weights[weights.count - 1] += weight
    } else {
      values.append(value)
      weights.append(weight)
    }
    total += weight
  }
}
