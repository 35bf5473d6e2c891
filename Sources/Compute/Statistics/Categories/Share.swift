/// The shares of one category in two samples.
struct Share {
  let reference: Double
  let current: Double
  /// `current` - `reference`, with all its digits also where they are nearly equal.
  let difference: Double

  init(reference: Double, current: Double, difference: Double) {
    self.reference = reference
    self.current = current
    self.difference = difference
  }

  init(reference: Double, current: Double) {
    self.init(reference: reference, current: current, difference: current - reference)
  }

  /// ln(current / reference), of shares above 0.
  var logRatio: Double {
    abs(difference) < reference / 4
      ? Elementary.logarithm(onePlus: difference / reference)
      : Elementary.logarithm(current / reference)
  }

  /// r·ln(r/m) + c·ln(c/m) for m = (r + c)/2.
  var divergence: Double {
    let sum = reference + current
    if reference == 0 || current == 0 { return sum * DoubleDouble.ln2.high }
    // With d = (c - r)/(r + c): m·((1 + d)·ln(1 + d) + (1 - d)·ln(1 - d)).
    let d = difference / sum
    guard abs(d) < 0.1 else {
      return current * Elementary.logarithm(onePlus: d)
        + reference * Elementary.logarithm(onePlus: -d)
    }
    // Its series 2·Σ d^2k / (2k·(2k - 1)), since the two terms nearly cancel.
    let square = d * d
    var series = 0.0
    for k in stride(from: 16.0, through: 2, by: -2) { series = 2 / (k * (k - 1)) + square * series }
    return sum / 2 * square * series
  }
}
