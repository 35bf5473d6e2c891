/// Which numbers that are not finite a sum met.
struct NotFinite: OptionSet, Sendable {
  let rawValue: UInt8

  static let nan = NotFinite(rawValue: 1)
  static let infinity = NotFinite(rawValue: 2)
  static let negativeInfinity = NotFinite(rawValue: 4)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// - Parameter x: an infinity or NaN.
  init(_ x: Double) { self = x.isNaN ? .nan : x > 0 ? .infinity : .negativeInfinity }

  /// What IEEE additions make of them; nil when there are none.
  var sum: Double? {
    if isEmpty { return nil }
    return self == .infinity ? .infinity : self == .negativeInfinity ? -.infinity : .nan
  }
}
