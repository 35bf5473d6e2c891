/// Round numbers along an axis.
enum AxisTicks {
  /// Multiples of 1, 2 or 5 times a power of ten, about as many as wanted, in ascending order.
  static func places(from low: Double, to high: Double, about count: Int) -> [Double] {
    guard low.isFinite, high.isFinite, high > low, count > 0 else { return [] }
    let wanted = (high - low) / Double(count)
    guard wanted >= .leastNormalMagnitude * 1e6, wanted.isFinite else { return [] }
    var power = 1.0
    while power > wanted { power /= 10 }
    while power * 10 <= wanted { power *= 10 }
    let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= wanted * 0.999 } ?? wanted
    let first = (low / step).rounded(.up)
    let last = (high / step).rounded(.down)
    guard last >= first, last - first < 100, first.magnitude < 0x1p52 else { return [] }
    return stride(from: first, through: last, by: 1).map { number in
      // Parts of 1 are divided by, so that 0.3 is 0.3.
      let inverse = (1 / step).rounded()
      return step < 1 && (inverse * step - 1).magnitude < 1e-9 ? number / inverse : number * step
    }
  }
}
