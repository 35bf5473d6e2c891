import Records

/// The values of one metric of one run, in the order of its steps.
struct Curve: Sendable, Hashable {
  struct Point: Sendable, Hashable {
    var step: Int64
    /// Seconds since the run began.
    var seconds: Double
    var value: Double
  }

  var name: String
  /// Which of the chart's colours it has.
  var colour: Int
  var points: [Point]
  /// How many values there are, of which the points are some.
  var count: Int

  init(name: String, colour: Int, points: [Point]) {
    self.name = name
    self.colour = colour
    self.points = points
    count = points.count
  }

  init(name: String, colour: Int, _ outline: MetricOutline, start: Int64) {
    self.init(
      name: name, colour: colour,
      points: outline.points.map {
        Point(
          step: $0.step, seconds: Double($0.timestamp) / 1000 - Double(start) / 1000,
          value: $0.value)
      })
    count = outline.count
  }

  /// At most about as many points as asked for; the lowest and the highest of each stretch stay, so that no peak is lost,
  /// and so do the ends and what is no number.
  func thinned(to count: Int) -> Curve {
    guard points.count > count, count >= 4 else { return self }
    var kept: [Point] = []
    let stretch = (points.count + count / 2 - 1) / (count / 2)
    for start in stride(from: 0, to: points.count, by: stretch) {
      let range = start..<min(start + stretch, points.count)
      let finite = range.filter { points[$0].value.isFinite }
      guard let low = finite.min(by: { points[$0].value < points[$1].value }),
        let high = finite.max(by: { points[$0].value < points[$1].value })
      else {
        kept.append(points[range.lowerBound])
        continue
      }
      let odd = range.first { !points[$0].value.isFinite }
      kept += Set([low, high, odd ?? low]).sorted().map { points[$0] }
    }
    if let last = points.last, kept.last != last { kept.append(last) }
    if let first = points.first, kept.first != first { kept.insert(first, at: 0) }
    var curve = self
    curve.points = kept
    return curve
  }

  /// An exponential moving average that does not start low: each value weighs `weight` times what the one after it does.
  func smoothed(_ weight: Double) -> Curve {
    guard weight > 0 else { return self }
    var (sum, total) = (0.0, 0.0)
    var curve = self
    for index in points.indices where points[index].value.isFinite {
      sum = sum * weight + points[index].value * (1 - weight)
      total = total * weight + (1 - weight)
      curve.points[index].value = sum / total
    }
    return curve
  }
}
