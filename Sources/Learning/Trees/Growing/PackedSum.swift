/// Two exact sums in one 64-bit integer: first derivatives in the high 32 bits (signed), second
/// derivatives in the low ones (unsigned).
///
/// Adding and subtracting such integers adds and subtracts both sums, as long as neither leaves its
/// 32 bits, which the scales of ``QuantisedGradients`` see to. Integer sums do not depend on the
/// order of addition: that is why a model is the same for any number of threads.
enum PackedSum {
  @inline(__always) static func pack(gradient: Int32, hessian: UInt32) -> Int64 {
    (Int64(gradient) &<< 32) &+ Int64(hessian)
  }
  @inline(__always) static func gradient(_ sum: Int64) -> Int32 {
    Int32(truncatingIfNeeded: sum &>> 32)
  }
  @inline(__always) static func hessian(_ sum: Int64) -> UInt32 { UInt32(truncatingIfNeeded: sum) }
}
