import Compute
import Testing

@Suite("Random streams") struct RandomStreamTests {
  @Test(
    "Philox gives NumPy's words",
    arguments: [
      (
        SIMD2(0, 0), SIMD4(0, 0, 0, 0),
        SIMD4(
          0x1655_4d9e_ca36_314c, 0xdb20_fe9d_672d_0fdc, 0xd7e7_72ce_e186_176b, 0x7e68_b68a_ec7b_a23b
        )
      ),
      (
        SIMD2(1, 2), SIMD4(3, 4, 5, 6),
        SIMD4(
          0x8fe5_89c1_e3af_7c9f, 0x0381_45b0_ab66_e2b8, 0x470d_c167_ada0_21e5, 0xc747_dda6_a6db_44d2
        )
      ),
      (
        SIMD2(repeating: .max), SIMD4(repeating: .max),
        SIMD4(
          0x87b0_92c3_013f_e90b, 0x438c_3c67_be8d_0224, 0x9cc7_d7c6_9cd7_77b6, 0xa09c_aebf_594f_0ba0
        )
      ),
      (
        SIMD2(42, 0xdead_beef), SIMD4(0, 7, 0, 0),
        SIMD4(
          0xfc3a_6793_1700_991a, 0x8e69_6d74_8560_e680, 0xb123_5954_7953_5f51, 0xb5ae_0b97_a813_01b3
        )
      ),
    ] as [(SIMD2<UInt64>, SIMD4<UInt64>, SIMD4<UInt64>)])
  func philox(key: SIMD2<UInt64>, counter: SIMD4<UInt64>, words: SIMD4<UInt64>) {
    #expect(Philox(key: key).block(counter) == words)
  }

  @Test("a stream is Philox' blocks under its name") func words() {
    var stream = RandomStream(seed: 9, purpose: "a", index: 3)
    // FNV-1a-64 of "a".
    let philox = Philox(key: SIMD2(9, 0xaf63_dc4c_8601_ec8c))
    for block in 0..<5 as Range<UInt64> {
      let expected = philox.block(SIMD4(block, 3, 0, 0))
      for word in 0..<4 { #expect(stream.word() == expected[word]) }
    }
  }

  @Test("streams of other names are other streams") func names() {
    let names: [(UInt64, String, UInt64)] = [(0, "a", 0), (1, "a", 0), (0, "b", 0), (0, "a", 1)]
    let words = names.map { seed, purpose, index in
      var stream = RandomStream(seed: seed, purpose: purpose, index: index)
      return stream.word()
    }
    #expect(Set(words).count == 4)
  }

  @Test("bounded numbers are in bounds, and all alike", arguments: [1, 2, 3, 7, 10, 1000, .max])
  func bounded(bound: Int) {
    var stream = RandomStream(seed: 1, purpose: "bounded")
    var counts = [Int](repeating: 0, count: min(bound, 10))
    for _ in 0..<10_000 {
      let number = stream.integer(below: bound)
      #expect(number >= 0 && number < bound)
      if bound <= 10 { counts[number] += 1 }
    }
    guard bound <= 10 else { return }
    // Chi squared of nine degrees of freedom passes 33 once in ten thousand.
    let mean = 10_000.0 / Double(bound)
    let square = counts.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) / mean }
    #expect(square < 33)
  }

  @Test("units are in [0, 1) with mean a half") func units() {
    var stream = RandomStream(seed: 2, purpose: "unit")
    let units = (0..<20_000).map { _ in stream.unit() }
    #expect(units.allSatisfy { $0 >= 0 && $0 < 1 })
    #expect(abs(units.reduce(0, +) / 20_000 - 0.5) < 0.01)
  }

  @Test("shuffles are permutations, all alike") func shuffles() {
    var stream = RandomStream(seed: 3, purpose: "shuffle")
    var counts: [[Int]: Int] = [:]
    for _ in 0..<6000 {
      var order = [0, 1, 2]
      stream.shuffle(&order)
      counts[order, default: 0] += 1
    }
    #expect(counts.count == 6)
    #expect(counts.values.allSatisfy { abs($0 - 1000) < 150 })
    var none: [Int] = []
    stream.shuffle(&none)
    #expect(none.isEmpty)
  }

  @Test("a shuffle is the same in every version") func pinned() {
    var stream = RandomStream(seed: 42, purpose: "split")
    var order = Array(0..<10)
    stream.shuffle(&order)
    #expect(order == [4, 9, 6, 8, 5, 0, 3, 7, 2, 1])
  }
}
