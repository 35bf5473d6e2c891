import Glibc

/// LightGBM's stream of random numbers: with its own draws the same rows and columns are taken, and the same trees grow.
///
/// x becomes 214013·x + 2531011 modulo 2^32; of each x some bits are used (`Random` of include/LightGBM/utils/random.h).
struct LightGBMRandom {
  private var state: UInt32
  private static let factor: UInt32 = 214_013
  private static let step: UInt32 = 2_531_011

  init(seed: Int) { state = UInt32(truncatingIfNeeded: seed) }

  private mutating func advance() { state = state &* Self.factor &+ Self.step }

  /// At least 0, below 1, in steps of 2^-15.
  mutating func unit() -> Float {
    advance()
    return Float((state >> 16) & 0x7FFF) / 32_768
  }

  /// 0..<bound, of 15 bits.
  mutating func short(below bound: Int) -> Int {
    advance()
    return Int((state >> 16) & 0x7FFF) % bound
  }

  /// 0..<bound, of 31 bits.
  private mutating func integer(below bound: Int) -> Int {
    advance()
    return Int(state & 0x7FFF_FFFF) % bound
  }

  /// Leaves out so many draws.
  mutating func skip(_ draws: Int) {
    // The map that one draw is, squared for each binary digit.
    var (factor, step) = (Self.factor, Self.step)
    var left = draws
    while left > 0 {
      if left & 1 == 1 { state = state &* factor &+ step }
      step = step &* (factor &+ 1)
      factor = factor &* factor
      left >>= 1
    }
  }

  /// How many draws ``sample(_:of:)`` takes.
  static func draws(sampling count: Int, of all: Int) -> Int {
    guard count > 0, count < all else { return 0 }
    return isScan(count, all) ? all : count
  }

  private static func isScan(_ count: Int, _ all: Int) -> Bool {
    count > 1 && Double(count) > Double(all) / log2(Double(count))
  }

  /// Some of 0..<all, in ascending order.
  mutating func sample(_ count: Int, of all: Int) -> [Int] {
    guard count > 0, count <= all else { return [] }
    guard count < all else { return Array(0..<all) }
    var drawn: [Int] = []
    drawn.reserveCapacity(count)
    if Self.isScan(count, all) {
      for index in 0..<all {
        let share = Double(count - drawn.count) / Double(all - index)
        if Double(unit()) < share { drawn.append(index) }
      }
      return drawn
    }
    // R. Floyd's way: each draw, or the last number that could be drawn when it is there already.
    var taken: Set<Int> = []
    for last in (all - count)..<all {
      let index = integer(below: last + 1)
      if !taken.insert(index).inserted { taken.insert(last) }
    }
    return taken.sorted()
  }
}
