/// A set of Unicode scalars, as ranges that neither touch nor overlap, in order.
struct ScalarSet: Sendable, Hashable {
  private(set) var ranges: [ClosedRange<UInt32>] = []

  init() {}

  init(_ ranges: [ClosedRange<UInt32>]) {
    for range in ranges { insert(range) }
    normalize()
  }

  init(_ scalar: UInt32) { ranges = [scalar...scalar] }

  static let all = ScalarSet([0...0xD7FF, 0xE000...0x10FFFF])
  static let newline = ScalarSet(0x0A)

  var isEmpty: Bool { ranges.isEmpty }

  /// The one scalar in the set, when it holds just one.
  var only: UInt32? {
    guard ranges.count == 1, ranges[0].lowerBound == ranges[0].upperBound else { return nil }
    return ranges[0].lowerBound
  }

  /// Adds a range; the set is out of order until ``normalize()``.
  mutating func insert(_ range: ClosedRange<UInt32>) { ranges.append(range) }

  mutating func formUnion(_ other: ScalarSet) {
    ranges += other.ranges
    normalize()
  }

  /// Puts the ranges in order and joins those that touch; surrogates, which UTF-8 cannot write, fall out.
  mutating func normalize() {
    ranges.sort { $0.lowerBound < $1.lowerBound }
    var joined: [ClosedRange<UInt32>] = []
    for range in ranges {
      if let last = joined.last, range.lowerBound <= last.upperBound &+ 1 {
        joined[joined.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        joined.append(range)
      }
    }
    ranges = []
    for range in joined {
      if range.lowerBound < 0xD800 {
        ranges.append(range.lowerBound...min(range.upperBound, 0xD7FF))
      }
      if range.upperBound > 0xDFFF {
        ranges.append(max(range.lowerBound, 0xE000)...range.upperBound)
      }
    }
  }

  /// Everything else.
  var inverted: ScalarSet {
    var result = ScalarSet()
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { result.insert(next...(range.lowerBound - 1)) }
      next = range.upperBound + 1
    }
    if next <= 0x10FFFF { result.insert(next...0x10FFFF) }
    result.normalize()
    return result
  }

  func contains(_ scalar: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < scalar { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(scalar)
  }

  /// The set with both cases of each letter: of ASCII's letters only, or of all.
  func caseFolded(unicode: Bool) -> ScalarSet {
    var result = self
    for range in ranges {
      for scalar in UInt32(0x41)...0x7A where range.contains(scalar) && UInt8(scalar).isLetter {
        result.insert((scalar ^ 0x20)...(scalar ^ 0x20))
      }
    }
    if unicode {
      for (scalar, other) in CaseTable.pairs where contains(scalar) { result.insert(other...other) }
    }
    result.normalize()
    return result
  }
}

extension UInt8 {
  /// One of ASCII's letters.
  var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }

  /// What ASCII's `\w` takes.
  var isWord: Bool { isLetter || (0x30...0x39).contains(self) || self == 0x5F }

  /// The lower case of an ASCII letter; other bytes as they are.
  var lowered: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
