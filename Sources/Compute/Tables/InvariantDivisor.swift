/// Divides by the same number many times without the processor's division (N. Möller, T. Granlund, "Improved division by
/// invariant integers", 2011, algorithm 4).
struct InvariantDivisor {
  /// The divisor, shifted so that its top bit is set, and by how much.
  let divisor: UInt64
  let shift: Int
  /// floor((2^128 - 1) / divisor) - 2^64.
  private let reciprocal: UInt64

  /// - Parameter number: above 0.
  init(_ number: UInt64) {
    shift = number.leadingZeroBitCount
    divisor = number << UInt64(shift)
    reciprocal = divisor.dividingFullWidth((~divisor, .max)).quotient
  }

  /// (high·2^64 + low) / ``divisor``.
  ///
  /// - Parameter high: below the divisor.
  @inline(__always)
  func divide(high: UInt64, low: UInt64) -> (quotient: UInt64, remainder: UInt64) {
    let product = reciprocal.multipliedFullWidth(by: high)
    let (fraction, carries) = product.low.addingReportingOverflow(low)
    var quotient = product.high &+ high &+ (carries ? 1 : 0) &+ 1
    var remainder = low &- quotient &* divisor
    if remainder > fraction {
      quotient &-= 1
      remainder = remainder &+ divisor
    }
    if remainder >= divisor {
      quotient &+= 1
      remainder &-= divisor
    }
    return (quotient, remainder)
  }
}
