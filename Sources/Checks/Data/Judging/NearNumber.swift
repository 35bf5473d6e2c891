import Glibc

/// Numbers that a person can write where a measured one would pass: four digits that say something, rounded to the side that
/// still lets it in.
enum NearNumber {
  /// A short number that is not above this one.
  static func below(_ value: Double) -> Double { rounded(value, .down) }

  /// A short number that is not below this one.
  static func above(_ value: Double) -> Double { rounded(value, .up) }

  /// A short number that is above this one.
  static func beyond(_ value: Double) -> Double {
    let near = above(value)
    guard near <= value, value.isFinite else { return near }
    return above(value + unit(of: value) / 2)
  }

  /// A whole number stays what it is, and so does what is short already.
  private static func rounded(_ value: Double, _ rule: FloatingPointRoundingRule) -> Double {
    guard value.isFinite, value != value.rounded() else { return value }
    let digits = unit(of: value)
    // Divided by a whole number, since tenths are none: 0.3 is 3 / 10 and not 3 · 0.1.
    let near =
      digits < 1
      ? (value * (1 / digits).rounded()).rounded(rule) / (1 / digits).rounded()
      : (value / digits).rounded(rule) * digits
    let isOutside = rule == .down ? near <= value : near >= value
    return near.isFinite && isOutside ? near : value
  }

  /// The place of the fourth digit: 0.001 for 3.14159.
  private static func unit(of value: Double) -> Double {
    guard value != 0, value.isFinite else { return 1e-4 }
    let places = Int(Glibc.log10(abs(value)).rounded(.down)) - 3
    return Glibc.pow(10, Double(max(-300, min(300, places))))
  }
}
