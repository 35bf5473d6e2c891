/// Sorts the rows of a node by their ranks.
///
/// A key has a rank in its upper 32 bits and the row's place in the node in the lower ones, so that
/// rows of one rank keep their order.
enum RankSort {
  private static let mostBuckets = 2048

  /// Room that ``sort(_:_:_:least:largest:counts:)`` needs for its counts.
  static let countRoom = mostBuckets

  /// - Parameters:
  ///   - keys: `count` of them; whatever was there is lost.
  ///   - spare: room for as many; whatever was there is lost.
  ///   - least: the least rank among them; `largest` the largest one.
  /// - Returns: where the sorted keys are, in one of the two.
  @inline(__always)
  static func sort(
    _ keys: UnsafeMutablePointer<UInt64>, _ spare: UnsafeMutablePointer<UInt64>, _ count: Int,
    least: Int, largest: Int, counts: UnsafeMutablePointer<UInt32>
  ) -> UnsafeMutablePointer<UInt64> {
    guard count <= 20 else { return divide(keys, spare, count, least, largest, counts) }
    insert(keys, count)
    return keys
  }

  /// Puts keys into buckets of neighbouring ranks, about as many as there are keys, and then in
  /// order: what a bucket holds is few, as ranks are spread evenly; where they are not, two passes
  /// over the bytes of the ranks do it.
  private static func divide(
    _ keys: UnsafeMutablePointer<UInt64>, _ spare: UnsafeMutablePointer<UInt64>, _ count: Int,
    _ least: Int, _ largest: Int, _ counts: UnsafeMutablePointer<UInt32>
  ) -> UnsafeMutablePointer<UInt64> {
    let wanted = min(mostBuckets, 1 << (Int.bitWidth - count.leadingZeroBitCount))
    var shift = 0
    while (largest - least) >> shift >= wanted { shift += 1 }
    let buckets = (largest - least) >> shift + 1
    counts.update(repeating: 0, count: buckets)
    let (base, step) = (UInt64(least), UInt64(32))
    for i in 0..<count { counts[Int(((keys[i] >> step) &- base) >> UInt64(shift))] &+= 1 }
    var (place, most) = (UInt32(0), UInt32(0))
    for bucket in 0..<buckets {
      let own = counts[bucket]
      most = max(most, own)
      counts[bucket] = place
      place &+= own
    }
    if shift > 0, most > 48 {
      // An even number of passes ends where it began.
      sortByBytes(keys, spare, count, counts)
      return keys
    }
    for i in 0..<count {
      let key = keys[i]
      let bucket = Int(((key >> step) &- base) >> UInt64(shift))
      spare[Int(counts[bucket])] = key
      counts[bucket] &+= 1
    }
    if shift > 0 { insert(spare, count) }
    return spare
  }

  @inline(__always)
  private static func insert(_ keys: UnsafeMutablePointer<UInt64>, _ count: Int) {
    var i = 1
    while i < count {
      let key = keys[i]
      var j = i
      while j > 0, keys[j &- 1] > key {
        keys[j] = keys[j &- 1]
        j &-= 1
      }
      keys[j] = key
      i &+= 1
    }
  }

  private static func sortByBytes(
    _ keys: UnsafeMutablePointer<UInt64>, _ spare: UnsafeMutablePointer<UInt64>, _ count: Int,
    _ counts: UnsafeMutablePointer<UInt32>
  ) {
    var (from, to) = (keys, spare)
    for shift in [UInt64(32), 40] {
      counts.update(repeating: 0, count: 256)
      for i in 0..<count { counts[Int((from[i] >> shift) & 255)] &+= 1 }
      var place = UInt32(0)
      for value in 0..<256 {
        let own = counts[value]
        counts[value] = place
        place &+= own
      }
      for i in 0..<count {
        let key = from[i]
        let value = Int((key >> shift) & 255)
        to[Int(counts[value])] = key
        counts[value] &+= 1
      }
      swap(&from, &to)
    }
  }
}
