/// Order statistics of numbers in any order, without sorting all of them: 5 ns a number for a
/// median, 8 for five quantiles, where sorting takes 30. NaN is left out.
///
/// The numbers are counted by the sixteen highest bits in which any differ, which are the sign, the
/// exponent and four bits more at worst; only those that share these with a wanted one are looked at
/// again.
package enum Selection {
  /// The quantiles at some shares (type 7), as ``OrderedSample/quantile(_:)`` has them: NaN for no
  /// numbers, and for a share outside of 0...1.
  package static func quantiles(of numbers: UnsafeBufferPointer<Double>, at shares: [Double])
    -> [Double]
  {
    let count = numbers.count { !$0.isNaN }
    let places = shares.map { QuantilePlace(share: $0, count: count) }
    let wanted = places.flatMap { place in
      place.map { [$0.whole, min($0.whole + 1, count - 1)] } ?? []
    }
    let found = keys(at: wanted, of: numbers.count) { key(numbers[$0]) }
    return places.map { place in
      guard let place else { return .nan }
      return place.value(
        number(found[place.whole]), number(found[min(place.whole + 1, count - 1)]))
    }
  }

  /// The middle number, or the mean of the two; NaN for no numbers.
  package static func median(of numbers: UnsafeBufferPointer<Double>) -> Double {
    let count = numbers.count { !$0.isNaN }
    guard count > 0 else { return .nan }
    let (low, high) = QuantilePlace.middle(count)
    let found = keys(at: [low, high], of: numbers.count) { key(numbers[$0]) }
    return QuantilePlace.mean(number(found[low]), number(found[high]))
  }

  /// The median distance from the median, not scaled; NaN for no numbers or an infinite median.
  package static func medianAbsoluteDeviation(of numbers: UnsafeBufferPointer<Double>) -> Double {
    let median = median(of: numbers)
    guard median.isFinite else { return .nan }
    let (low, high) = QuantilePlace.middle(numbers.count { !$0.isNaN })
    let found = keys(at: [low, high], of: numbers.count) { key(abs(numbers[$0] - median)) }
    return QuantilePlace.mean(number(found[low]), number(found[high]))
  }

  /// NaN stands above all numbers.
  @inline(__always)
  private static func key(_ x: Double) -> UInt64 { x.isNaN ? .max : DoubleKey.key(x.bitPattern) }

  private static func number(_ key: UInt64?) -> Double {
    key.map { Double(bitPattern: DoubleKey.bits($0)) } ?? .nan
  }

  /// The keys at some places of their ascending order.
  ///
  /// - Parameter places: in 0..<count, in any order.
  @inline(__always)
  private static func keys(at places: [Int], of count: Int, _ key: (Int) -> UInt64)
    -> [Int: UInt64]
  {
    guard !places.isEmpty else { return [:] }
    var differing: UInt64 = 0
    let first = key(0)
    for place in 0..<count { differing |= key(place) ^ first }
    if differing == 0 { return Dictionary(places.map { ($0, first) }) { first, _ in first } }
    let shift = UInt64(max(0, 64 - differing.leadingZeroBitCount - bits))
    var counts = [Int](repeating: 0, count: 1 << bits)
    counts.withUnsafeMutableBufferPointer { counts in
      for place in 0..<count { counts[value(key(place), shift)] &+= 1 }
    }
    var groups = Groups(places: places, counts: counts)
    groups.gather(count, shift: shift, key)
    return groups.keys
  }

  private static let bits = 16

  /// The bits of a key that numbers are counted by.
  @inline(__always)
  private static func value(_ key: UInt64, _ shift: UInt64) -> Int {
    Int(truncatingIfNeeded: key &>> shift & (1 &<< UInt64(bits) &- 1))
  }

  /// Keys that share their highest bits with a wanted one.
  private struct Groups {
    /// For each value of the bits, which group it is, or -1.
    private var group = [Int](repeating: -1, count: 1 << Selection.bits)
    private var members: [(keys: [UInt64], start: Int, places: [Int])] = []

    init(places: [Int], counts: [Int]) {
      var start = 0
      for (bits, count) in counts.enumerated() where count > 0 {
        let inside = places.filter { $0 >= start && $0 < start + count }
        if !inside.isEmpty {
          group[bits] = members.count
          var keys: [UInt64] = []
          keys.reserveCapacity(count)
          members.append((keys, start, inside))
        }
        start += count
      }
    }

    @inline(__always)
    mutating func gather(_ count: Int, shift: UInt64, _ key: (Int) -> UInt64) {
      for place in 0..<count {
        let word = key(place)
        let group = group[Selection.value(word, shift)]
        if group >= 0 { members[group].keys.append(word) }
      }
    }

    /// The keys at the wanted places.
    var keys: [Int: UInt64] {
      var found: [Int: UInt64] = [:]
      for (keys, start, places) in members {
        var sorted = keys
        sorted.withUnsafeMutableBufferPointer { RadixSort.sort($0) { $0 } }
        for place in places { found[place] = sorted[place - start] }
      }
      return found
    }
  }
}
