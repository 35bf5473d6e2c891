/// Order statistics of more numbers than memory is wanted for: they are read block by block, several times.
///
/// The numbers are counted by sixteen bits, the highest first, until those that share all bits so far with a wanted one are few.
/// Results are those of ``Selection``.
package struct BlockSelection {
  /// Gives all numbers, none of them NaN, in any order that is the same each time.
  package typealias Reading = ((UnsafeBufferPointer<Double>) throws -> Void) throws -> Void

  private let read: Reading
  private let count: Int
  /// How many numbers may be kept at once.
  private let room: Int
  /// Distances from it are meant, and not the numbers.
  private let center: Double?

  package init(
    of count: Int, room: Int, distancesFrom center: Double? = nil, _ read: @escaping Reading
  ) {
    self.read = read
    self.count = count
    self.room = max(1, room)
    self.center = center
  }

  /// The quantiles at some shares (type 7); NaN for no numbers, and for a share outside of 0...1.
  package func quantiles(at shares: [Double]) throws -> [Double] {
    let places = shares.map { QuantilePlace(share: $0, count: count) }
    var found: [Double] = []
    for place in places {
      guard let place else {
        found.append(.nan)
        continue
      }
      found.append(
        place.value(try number(place.whole), try number(min(place.whole + 1, count - 1))))
    }
    return found
  }

  /// The middle number, or the mean of the two; NaN for no numbers, and for distances from what is not finite.
  package func median() throws -> Double {
    guard count > 0, center?.isFinite ?? true else { return .nan }
    let (low, high) = QuantilePlace.middle(count)
    return QuantilePlace.mean(try number(low), try number(high))
  }

  @inline(__always)
  private func key(_ x: Double) -> UInt64 {
    DoubleKey.key((center.map { abs(x - $0) } ?? x).bitPattern)
  }

  /// The number at a place of the ascending order.
  private func number(_ place: Int) throws -> Double {
    var (prefix, known, place, members) = (0 as UInt64, 0 as UInt64, place, count)
    while known < 64 {
      let shift = 64 - known
      if members <= room { return try number(place, prefix: prefix, shift: shift) }
      var counts = [Int](repeating: 0, count: 1 << 16)
      try counts.withUnsafeMutableBufferPointer { counts in
        try read { block in
          for x in block {
            let key = key(x)
            guard known == 0 || key &>> shift == prefix else { continue }
            counts[Int(truncatingIfNeeded: key &>> (shift &- 16) & 0xFFFF)] &+= 1
          }
        }
      }
      var bits = 0
      while place >= counts[bits] {
        place -= counts[bits]
        bits += 1
      }
      members = counts[bits]
      prefix = prefix << 16 | UInt64(bits)
      known += 16
    }
    return Double(bitPattern: DoubleKey.bits(prefix))
  }

  /// The number at a place among those with a prefix.
  private func number(_ place: Int, prefix: UInt64, shift: UInt64) throws -> Double {
    var keys: [UInt64] = []
    try read { block in
      for x in block {
        let key = key(x)
        if shift == 64 || key &>> shift == prefix { keys.append(key) }
      }
    }
    keys.withUnsafeMutableBufferPointer { RadixSort.sort($0) { $0 } }
    return Double(bitPattern: DoubleKey.bits(keys[place]))
  }
}
