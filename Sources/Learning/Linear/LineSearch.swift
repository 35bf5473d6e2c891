/// Looks along a direction for a step with enough descent and a flat enough end.
///
/// On a convex function the slope only grows, so steps whose slope is still too steep are too
/// short, and all others that do not do are too long; the step is found between them by secants of
/// the slope.
struct LineSearch {
  /// Value and slope at the start; the slope is below zero.
  let value: Double
  let slope: Double
  var step: Double

  private let decrease = 1e-4
  private let flatness = 0.9

  struct Found {
    var point: [Double]
    var value: Double
    var gradient: [Double]
  }

  init(value: Double, slope: Double, step: Double) {
    self.value = value
    self.slope = slope
    self.step = step
  }

  /// - Returns: nil when 50 evaluations have found none.
  mutating func run(
    from start: [Double], along direction: [Double], _ function: LimitedMemoryBFGS.Function
  ) -> Found? {
    var point = start
    var gradient = start
    var short = (step: 0.0, slope: slope)
    var long: (step: Double, slope: Double)?
    for _ in 0..<50 {
      for index in start.indices { point[index] = start[index] + step * direction[index] }
      let newValue = function(point, &gradient)
      let newSlope = dot(gradient, direction)
      // Not a number, or infinite: far too long.
      guard newValue.isFinite, newSlope.isFinite else {
        long = (step, .infinity)
        step = short.step + (step - short.step) / 10
        continue
      }
      let descends = newValue <= value + decrease * step * slope
      let isAsGood =
        newValue <= value + 1e-12 * abs(value) && newSlope <= (2 * decrease - 1) * slope
      if descends || isAsGood, abs(newSlope) <= -flatness * slope {
        return Found(point: point, value: newValue, gradient: gradient)
      }
      if newSlope < 0, descends || isAsGood {
        short = (step, newSlope)
      } else {
        long = (step, newSlope)
      }
      step = next(short, long)
      if let long, long.step - short.step <= 1e-15 * long.step { return nil }
    }
    return nil
  }

  private func next(
    _ short: (step: Double, slope: Double), _ long: (step: Double, slope: Double)?
  ) -> Double {
    guard let long else { return short.step == 0 ? step * 2 : short.step * 4 }
    let width = long.step - short.step
    guard long.slope.isFinite, long.slope > short.slope else { return short.step + width / 2 }
    let secant = short.step - short.slope * width / (long.slope - short.slope)
    // Not too near either end, or the bracket may hardly shrink.
    return min(max(secant, short.step + width * 0.05), long.step - width * 0.05)
  }
}
