/// What a share of 0 is taken for where a logarithm needs more.
package enum ZeroShare: Sendable, Hashable {
  /// This share.
  case fixed(Double)
  /// 0.0001, or a millionth of the smallest other share if that is at most 0.0001, on either side:
  /// Evidently's choice.
  case evidently

  /// - Parameter shares: all of the same sample.
  func share(beside shares: [Double]) -> Double {
    switch self {
    case .fixed(let share): return share
    case .evidently:
      let smallest = shares.filter { $0 > 0 }.min() ?? 1
      return smallest <= 0.0001 ? smallest / 1e6 : 0.0001
    }
  }
}
