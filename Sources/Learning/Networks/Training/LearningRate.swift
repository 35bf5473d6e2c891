/// How far a step goes, from the first step to the last one.
package struct LearningRate: Sendable, Hashable {
  /// The largest one.
  package var base: Double
  package var schedule: Schedule
  /// Steps in the beginning in which it grows in a line up to what the schedule says.
  package var warmUp: Int

  package enum Schedule: Sendable, Hashable {
    case constant
    /// Times `factor` after every so many epochs.
    case step(epochs: Int, factor: Double)
    /// Half a cosine, down to zero at the end (Loshchilov and Hutter, 2017).
    case cosine
    /// From a 25th up to the base in the first 30 % of the steps, then down to a 250,000th, each by half a cosine
    /// (Smith and Topin, 2018; PyTorch's `OneCycleLR`).
    case oneCycle
  }

  package init(base: Double, schedule: Schedule = .constant, warmUp: Int = 0) {
    self.base = base
    self.schedule = schedule
    self.warmUp = warmUp
  }

  /// - Parameters:
  ///   - step: from 0.
  ///   - total: steps in all.
  ///   - perEpoch: steps of an epoch.
  package func rate(step: Int, of total: Int, perEpoch: Int) -> Double {
    let rate = scheduled(step, total, perEpoch)
    return step < warmUp ? rate * Double(step + 1) / Double(warmUp) : rate
  }

  private func scheduled(_ step: Int, _ total: Int, _ perEpoch: Int) -> Double {
    switch schedule {
    case .constant: return base
    case .step(let epochs, let factor):
      var rate = base
      for _ in 0..<step / max(1, perEpoch * epochs) { rate *= factor }
      return rate
    case .cosine:
      return base * Self.fall(Double(step) / Double(max(1, total)))
    case .oneCycle:
      let top = 0.3 * Double(total) - 1
      let (start, end) = (base / 25, base / 250_000)
      if Double(step) <= top {
        return base + (start - base) * Self.fall(Double(step) / max(1, top))
      }
      let share = (Double(step) - top) / max(1, Double(total - 1) - top)
      return end + (base - end) * Self.fall(share)
    }
  }

  /// Half a cosine from 1, at 0, to 0, at 1: (1 + cos πt) / 2, out of IEEE operations only.
  static func fall(_ t: Double) -> Double {
    let t = min(1, max(0, t))
    // About the middle, where the curve is odd: sin(π(½ - t)) with |½ - t| <= ½.
    let x = (0.5 - t) * .pi
    let square = x * x
    var sum = 0.0
    for k in stride(from: 21, through: 3, by: -2) {
      sum = (1 + sum) * -square / Double(k * (k - 1))
    }
    return 0.5 + 0.5 * x * (1 + sum)
  }
}
