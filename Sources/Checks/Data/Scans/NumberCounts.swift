import Compute

/// How often each of some numbers was met: open addressing, as most columns have few.
struct NumberCounts: Sendable {
  private var bits: [UInt64]
  /// 0 where a slot is free.
  private var counts: [Int]
  private var used = 0
  /// Numbers that no double is.
  private var greats: [GreatWhole: Int] = [:]

  var distinct: Int { used + greats.count }

  init() {
    bits = Array(repeating: 0, count: 32)
    counts = Array(repeating: 0, count: 32)
  }

  /// - Parameter value: not NaN.
  @inline(__always)
  mutating func add(_ value: Double, times: Int = 1) {
    let own = PlainValue.bits(value)
    let slot = slot(of: own)
    if counts[slot] == 0 {
      bits[slot] = own
      used += 1
    }
    counts[slot] += times
    if used * 2 > counts.count { grow() }
  }

  mutating func add(_ value: GreatWhole, times: Int = 1) { greats[value, default: 0] += times }

  mutating func add(_ other: NumberCounts) {
    for (value, count) in other.greats { add(value, times: count) }
    for slot in other.counts.indices where other.counts[slot] > 0 {
      add(Double(bitPattern: other.bits[slot]), times: other.counts[slot])
    }
  }

  /// Ascending.
  var sorted: [(value: PlainNumber, count: Int)] {
    let doubles = counts.indices.filter { counts[$0] > 0 }
      .map { (value: PlainNumber(Double(bitPattern: bits[$0])), count: counts[$0]) }
    return (doubles + greats.map { (value: PlainNumber($0.key), count: $0.value) })
      .sorted { $0.value < $1.value }
  }

  /// Where a number is, or would be.
  @inline(__always)
  private func slot(of own: UInt64) -> Int {
    let mask = counts.count &- 1
    // The high bits of a product depend on all bits of the number.
    var slot = Int(truncatingIfNeeded: (own &* 0x9E37_79B9_7F4A_7C15) &>> 32) & mask
    while counts[slot] != 0, bits[slot] != own { slot = (slot &+ 1) & mask }
    return slot
  }

  private mutating func grow() {
    let old = (bits, counts)
    bits = Array(repeating: 0, count: old.0.count * 2)
    counts = Array(repeating: 0, count: old.0.count * 2)
    for place in old.1.indices where old.1[place] > 0 {
      let slot = slot(of: old.0[place])
      (bits[slot], counts[slot]) = (old.0[place], old.1[place])
    }
  }
}
