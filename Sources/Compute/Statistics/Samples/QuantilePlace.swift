/// Where a quantile lies in ascending numbers: at a place, or between it and the next one.
struct QuantilePlace {
  /// Counted from 0.
  let whole: Int
  /// How far to the next place, in 0..<1.
  let share: Double

  init(whole: Int, share: Double) {
    self.whole = whole
    self.share = share
  }

  /// The place of R's type 7: `share`·(count - 1).
  ///
  /// - Returns: nil for no numbers, and for a share outside of 0...1.
  init?(share: Double, count: Int) {
    guard count > 0, share >= 0, share <= 1 else { return nil }
    let place = share * Double(count - 1)
    let whole = place.rounded(.down)
    self.init(whole: Int(whole), share: place - whole)
  }

  /// The middle, where the mean of two is meant.
  static func middle(_ count: Int) -> (Int, Int) { ((count - 1) / 2, count / 2) }

  /// The number there, between that at the place and the next one.
  func value(_ a: Double, _ b: Double) -> Double {
    if share == 0 || a == b { return a }
    if b - a == .infinity, a.isFinite, b.isFinite {
      // A difference beyond all doubles.
      return 2 * mix(a / 2, b / 2)
    }
    return mix(a, b)
  }

  /// From the nearer end, as numpy does, so that no result passes an end.
  private func mix(_ a: Double, _ b: Double) -> Double {
    share < 0.5 ? a + (b - a) * share : b - (b - a) * (1 - share)
  }

  /// The mean of two numbers, also where their sum would be infinite.
  static func mean(_ a: Double, _ b: Double) -> Double {
    if a == b { return a }
    let sum = a + b
    return sum.isFinite || !a.isFinite || !b.isFinite ? sum / 2 : a / 2 + b / 2
  }
}
