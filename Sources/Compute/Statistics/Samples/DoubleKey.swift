/// Whole numbers that are ordered as doubles are, -0 before 0.
enum DoubleKey {
  @inline(__always)
  static func key(_ bits: UInt64) -> UInt64 {
    bits ^ (UInt64(bitPattern: Int64(bitPattern: bits) &>> 63) | 1 &<< 63)
  }

  /// The bits of the double with a key.
  @inline(__always)
  static func bits(_ key: UInt64) -> UInt64 {
    key ^ (~UInt64(bitPattern: Int64(bitPattern: key) &>> 63) | 1 &<< 63)
  }
}
