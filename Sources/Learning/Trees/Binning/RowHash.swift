/// Random bits of a row without a state: a hash of a key and the row's number.
///
/// The finaliser of SplitMix64 (G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014). Any thread can draw for any row, in any order.
enum RowHash {
  @inline(__always)
  static func bits(seed: UInt64, _ row: Int) -> UInt64 {
    var z = seed &+ UInt64(truncatingIfNeeded: row) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }

  /// A key out of several numbers, such as seed, round and class.
  static func key(_ parts: Int...) -> UInt64 {
    var key: UInt64 = 0x2545_F491_4F6C_DD1D
    for part in parts { key = bits(seed: key, part) &+ 0x9E37_79B9_7F4A_7C15 }
    return key
  }
}
