/// How UTF-8 writes a range of scalars: sequences of byte ranges, each of which stands for a part of it.
enum UTF8Sequences {
  typealias Sequence = [ClosedRange<UInt8>]

  /// The sequences of a set, in the order of the scalars.
  static func sequences(of set: ScalarSet) -> [Sequence] {
    var result: [Sequence] = []
    for range in set.ranges { add(range.lowerBound, range.upperBound, to: &result) }
    return result
  }

  private static func add(_ low: UInt32, _ high: UInt32, to result: inout [Sequence]) {
    // Scalars that take as many bytes.
    for limit: UInt32 in [0x7F, 0x7FF, 0xFFFF] where low <= limit && high > limit {
      add(low, limit, to: &result)
      add(limit + 1, high, to: &result)
      return
    }
    let first = bytes(low)
    let last = bytes(high)
    // Ranges of which all bytes but the first vary freely, or agree.
    for place in 1..<max(first.count, 1) {
      let mask = UInt32(1) << (6 * UInt32(place)) - 1
      guard low & ~mask != high & ~mask else { continue }
      if low & mask != 0 {
        add(low, low | mask, to: &result)
        add((low | mask) + 1, high, to: &result)
        return
      }
      if high & mask != mask {
        add(low, (high & ~mask) - 1, to: &result)
        add(high & ~mask, high, to: &result)
        return
      }
    }
    result.append(zip(first, last).map { $0...$1 })
  }

  private static func bytes(_ scalar: UInt32) -> [UInt8] {
    func continuation(_ shift: UInt32) -> UInt8 { UInt8(0x80 | (scalar >> shift) & 0x3F) }
    switch scalar {
    case 0..<0x80: return [UInt8(scalar)]
    case 0x80..<0x800: return [UInt8(0xC0 | scalar >> 6), continuation(0)]
    case 0x800..<0x10000: return [UInt8(0xE0 | scalar >> 12), continuation(6), continuation(0)]
    default:
      return [UInt8(0xF0 | scalar >> 18), continuation(12), continuation(6), continuation(0)]
    }
  }
}
