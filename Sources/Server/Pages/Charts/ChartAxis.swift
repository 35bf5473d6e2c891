import Glibc

/// The values along one side of a chart: from where to where, linear or logarithmic.
struct ChartAxis: Sendable, Hashable {
  var low: Double
  var high: Double
  var isLog: Bool

  /// An axis that holds all the values that are finite; above 0 when it is logarithmic.
  ///
  /// - Parameter margin: what is added at both ends, as a part of the whole.
  init(holding values: some Sequence<Double>, isLog: Bool = false, margin: Double = 0) {
    var (low, high) = (Double.infinity, -Double.infinity)
    for value in values where value.isFinite && (!isLog || value > 0) {
      low = min(low, value)
      high = max(high, value)
    }
    if low > high { (low, high) = isLog ? (0.1, 1) : (0, 1) }
    self.isLog = isLog
    if isLog {
      // Values that have the same logarithm would all stand on one end.
      if log10(high) - log10(low) < 1e-9 { (low, high) = (low / 2, high * 2) }
      let factor = pow(10, (log10(high) - log10(low)) * margin)
      (self.low, self.high) = (max(1e-300, low / factor), min(1e300, high * factor))
    } else {
      if low == high {
        let half = low == 0 ? 1 : low.magnitude * 0.05
        (low, high) = (low - half, high + half)
      }
      // The halves keep the largest doubles from growing to infinity.
      let room = (high / 2 - low / 2) * (2 * margin)
      (self.low, self.high) = (max(-1e300, low - room), min(1e300, high + room))
    }
    if !(self.low < self.high) { (self.low, self.high) = (0, 1) }
  }

  /// Where a value stands, from 0 at the low end to 1 at the high one; nil for what has no place.
  func place(_ value: Double) -> Double? {
    guard value.isFinite, !isLog || value > 0 else { return nil }
    let place =
      isLog
      ? (log10(value) - log10(low)) / (log10(high) - log10(low))
      : (value / 2 - low / 2) / (high / 2 - low / 2)
    return place.isFinite ? place : nil
  }

  /// Round values within the axis, about as many as are wanted.
  func marks(_ wanted: Int) -> [Double] {
    isLog ? logMarks(wanted) : linearMarks(wanted)
  }

  private func linearMarks(_ wanted: Int) -> [Double] {
    let raw = (high / 2 - low / 2) / Double(max(1, wanted)) * 2
    guard raw.isFinite, raw > 0 else { return [low, high] }
    let power = pow(10, floor(log10(raw)))
    let step = [1, 2, 2.5, 5, 10].first { $0 * power >= raw * 0.999 }.map { $0 * power } ?? raw
    guard step > 0, step.isFinite else { return [low, high] }
    let first = (low / step).rounded(.up)
    let last = (high / step).rounded(.down)
    guard first <= last, last - first < 100, first.magnitude < 1e15 else { return [low, high] }
    return stride(from: first, through: last, by: 1).map { $0 == 0 ? 0 : $0 * step }
  }

  private func logMarks(_ wanted: Int) -> [Double] {
    let (first, last) = (log10(low).rounded(.up), log10(high).rounded(.down))
    let decades = last - first + 1
    if decades >= 2 {
      let step = max(1, (decades / Double(max(1, wanted))).rounded(.up))
      return stride(from: first, through: last, by: step).map { pow(10, $0) }
    }
    var marks: [Double] = []
    for decade in stride(from: first - 1, through: last, by: 1) {
      marks += [1, 2, 5].map { $0 * pow(10, decade) }.filter { $0 >= low && $0 <= high }
    }
    return marks.count > 1 ? marks : linearMarks(wanted)
  }
}
