/// Sorts by whole numbers, eleven bits at a time: of 33 bits from the highest one that differs, and
/// what is equal in those by comparisons.
package enum RadixSort {
  /// Arrays that are shorter are sorted by comparisons alone.
  private static let worthwhile = 1000
  private static let digitBits = 11
  private static let digits = 3

  /// Brings numbers into ascending order, -0 before 0: a million in a quarter of the
  /// time that comparisons take.
  ///
  /// - Parameter numbers: none is NaN.
  package static func sort(_ numbers: UnsafeMutableBufferPointer<Double>) {
    guard let start = numbers.baseAddress else { return }
    let count = numbers.count
    start.withMemoryRebound(to: UInt64.self, capacity: count) { words in
      for place in 0..<count { words[place] = DoubleKey.key(words[place]) }
      sort(UnsafeMutableBufferPointer(start: words, count: count)) { $0 }
      for place in 0..<count { words[place] = DoubleKey.bits(words[place]) }
    }
  }

  /// Brings elements into the order of their keys; equal ones stand in any order, the same one for
  /// the same elements.
  @inline(__always)
  static func sort<Element>(
    _ elements: UnsafeMutableBufferPointer<Element>, key: (Element) -> UInt64
  ) {
    let count = elements.count
    guard count >= worthwhile, let start = elements.baseAddress else {
      var elements = elements
      elements.sort { key($0) < key($1) }
      return
    }
    var differing: UInt64 = 0
    let first = key(start[0])
    for place in 0..<count { differing |= key(start[place]) ^ first }
    guard differing != 0 else { return }
    let lowest = UInt64(max(0, 64 - differing.leadingZeroBitCount - digitBits * digits))
    let spare = UnsafeMutablePointer<Element>.allocate(capacity: count)
    defer { spare.deallocate() }
    withUnsafeTemporaryAllocation(of: Int.self, capacity: digits << digitBits) { places in
      places.initialize(repeating: 0)
      for place in 0..<count {
        let word = key(start[place]) &>> lowest
        for digit in 0..<digits { places[Self.place(word, digit)] &+= 1 }
      }
      // The first place of each digit's value instead of how often it occurs.
      for digit in 0..<digits {
        var end = 0
        for place in (digit << digitBits)..<((digit + 1) << digitBits) {
          (places[place], end) = (end, end + places[place])
        }
      }
      var (from, to) = (start, spare)
      for digit in 0..<digits {
        for place in 0..<count {
          let element = from[place]
          let value = Self.place(key(element) &>> lowest, digit)
          (to + places[value]).initialize(to: element)
          places[value] &+= 1
        }
        (from, to) = (to, from)
      }
    }
    // An odd number of passes ends there.
    start.update(from: spare, count: count)
    guard lowest > 0, differing & (1 &<< lowest &- 1) != 0 else { return }
    sortRuns(elements, shift: lowest, key: key)
  }

  /// Where the value of a digit is counted.
  @inline(__always)
  private static func place(_ word: UInt64, _ digit: Int) -> Int {
    Int(truncatingIfNeeded: word &>> UInt64(digit &* digitBits) & 2047) | digit &<< digitBits
  }

  /// Sorts what follows each other with the same bits from `shift` on.
  @inline(__always)
  private static func sortRuns<Element>(
    _ elements: UnsafeMutableBufferPointer<Element>, shift: UInt64, key: (Element) -> UInt64
  ) {
    var start = 0
    while start < elements.count {
      let bits = key(elements[start]) &>> shift
      var end = start + 1
      while end < elements.count, key(elements[end]) &>> shift == bits { end &+= 1 }
      if end - start > 1 {
        var run = UnsafeMutableBufferPointer(rebasing: elements[start..<end])
        run.sort { key($0) < key($1) }
      }
      start = end
    }
  }
}
