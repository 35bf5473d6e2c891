/// A stream of random numbers that is named by a seed, a purpose and an index.
///
/// Equal names give equal numbers on every machine and in every version; streams of different names
/// have nothing to do with each other, so that one part of a program can draw more without changing
/// what another part draws. There is no global generator.
///
/// Words are those of ``Philox``, block after block, under the key (seed, FNV-1a-64 of the
/// purpose's UTF-8) and the counters (0, index, 0, 0), (1, index, 0, 0), … . It is not a
/// `RandomNumberGenerator` on purpose: what the standard library's `shuffle(using:)` makes of one
/// may change with its version.
package struct RandomStream: Sendable {
  private let philox: Philox
  private let index: UInt64
  private var next: UInt64 = 0
  private var words: SIMD4<UInt64> = .zero
  private var used = 4

  /// - Parameters:
  ///   - purpose: what the numbers are for, such as `split`.
  ///   - index: tells streams of one purpose apart, such as the number of a tree.
  package init(seed: UInt64, purpose: String, index: UInt64 = 0) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in purpose.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    philox = Philox(key: SIMD2(seed, hash))
    self.index = index
  }

  /// The next 64 random bits.
  package mutating func word() -> UInt64 {
    if used == 4 {
      words = philox.block(SIMD4(next, index, 0, 0))
      next &+= 1
      used = 0
    }
    defer { used += 1 }
    return words[used]
  }

  /// A double in [0, 1), a multiple of 2^-53.
  package mutating func unit() -> Double { Double(word() >> 11) * 0x1p-53 }

  /// A whole number in 0..<bound, each with the same chance (D. Lemire, "Fast random integer
  /// generation in an interval", 2019).
  package mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "an empty range")
    let range = UInt64(bound)
    var product = word().multipliedFullWidth(by: range)
    if product.low < range {
      let rejected = (0 &- range) % range
      while product.low < rejected { product = word().multipliedFullWidth(by: range) }
    }
    return Int(product.high)
  }

  /// Brings the elements into a random order, all orders alike (Fisher and Yates, from the last
  /// element down).
  package mutating func shuffle<Element>(_ elements: inout [Element]) {
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, integer(below: last + 1))
    }
  }
}
