/// The counter-based generator Philox4x64-10: four 64-bit words out of a key and a counter, without
/// a state.
///
/// J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2,
/// 3", SC '11. NumPy's `numpy.random.Philox` gives the same words, except that it adds one to the
/// counter before the first block.
package struct Philox: Sendable, Hashable {
  package let key: SIMD2<UInt64>

  package init(key: SIMD2<UInt64>) { self.key = key }

  /// The four words of a counter.
  package func block(_ counter: SIMD4<UInt64>) -> SIMD4<UInt64> {
    var (c0, c1, c2, c3) = (counter[0], counter[1], counter[2], counter[3])
    var (k0, k1) = (key[0], key[1])
    for _ in 0..<10 {
      let a = c0.multipliedFullWidth(by: 0xD2E7_470E_E14C_6C93)
      let b = c2.multipliedFullWidth(by: 0xCA5A_8263_9512_1157)
      (c0, c1, c2, c3) = (b.high ^ c1 ^ k0, b.low, a.high ^ c3 ^ k1, a.low)
      k0 = k0 &+ 0x9E37_79B9_7F4A_7C15
      k1 = k1 &+ 0xBB67_AE85_84CA_A73B
    }
    return SIMD4(c0, c1, c2, c3)
  }
}
