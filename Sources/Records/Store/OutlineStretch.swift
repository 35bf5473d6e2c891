/// What is kept of one stretch of a metric's values while they go by.
struct OutlineStretch {
  private var first: Metric?
  private var last: (metric: Metric, place: Int)?
  private var low: (metric: Metric, place: Int)?
  private var high: (metric: Metric, place: Int)?
  private var odd: (metric: Metric, place: Int)?

  /// Takes the next value; the rest of it is read only when it is kept.
  ///
  /// - Parameter isEnd: whether it is the first or last of all, which stays in any case.
  mutating func take(_ value: Double, at place: Int, isEnd: Bool, _ read: () -> Metric) {
    if isEnd {
      if first == nil, place == 0 { first = read() } else { last = (read(), place) }
    }
    guard value.isFinite else {
      if odd == nil { odd = (read(), place) }
      return
    }
    if low.map({ value < $0.metric.value }) ?? true { low = (read(), place) }
    if high.map({ value > $0.metric.value }) ?? true { high = (read(), place) }
  }

  /// What is kept, in its order, each value once.
  var points: [Metric] {
    var kept: [Int: Metric] = [:]
    if let first { kept[0] = first }
    for (metric, place) in [last, low, high, odd].compactMap(\.self) { kept[place] = metric }
    return kept.sorted { $0.key < $1.key }.map(\.value)
  }
}
