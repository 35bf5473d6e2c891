/// A whole number of any length, for the few exact operations at the end of a long sum.
struct LongInteger: Sendable, Equatable {
  /// Digits of the magnitude, from the lowest up; the last one is not 0.
  private(set) var words: [UInt32]
  /// False for zero.
  private(set) var isNegative: Bool

  init(words: [UInt32], isNegative: Bool = false) {
    self.words = words
    while self.words.last == 0 { self.words.removeLast() }
    self.isNegative = isNegative && !self.words.isEmpty
  }

  init(_ number: Int) { self.init(Int128(number)) }

  init(_ number: Int128) {
    var rest = number.magnitude
    var words: [UInt32] = []
    while rest != 0 {
      words.append(UInt32(truncatingIfNeeded: rest))
      rest >>= 32
    }
    self.init(words: words, isNegative: number < 0)
  }

  var isZero: Bool { words.isEmpty }

  var magnitude: LongInteger { LongInteger(words: words) }

  /// The number of bits of the magnitude; 0 for zero.
  var bitWidth: Int {
    guard let last = words.last else { return 0 }
    return words.count * 32 - last.leadingZeroBitCount
  }

  static prefix func - (a: LongInteger) -> LongInteger {
    LongInteger(words: a.words, isNegative: !a.isNegative)
  }

  static func + (a: LongInteger, b: LongInteger) -> LongInteger {
    if a.isNegative == b.isNegative {
      return LongInteger(words: sum(a.words, b.words), isNegative: a.isNegative)
    }
    if isLess(a.words, b.words) {
      return LongInteger(words: difference(b.words, a.words), isNegative: b.isNegative)
    }
    return LongInteger(words: difference(a.words, b.words), isNegative: a.isNegative)
  }

  static func - (a: LongInteger, b: LongInteger) -> LongInteger { a + -b }

  static func * (a: LongInteger, b: LongInteger) -> LongInteger {
    var words = [UInt32](repeating: 0, count: a.words.count + b.words.count)
    // Sums of numbers around 1 have long rows of zeros below.
    for (i, x) in a.words.enumerated() where x != 0 {
      var carry: UInt64 = 0
      for (j, y) in b.words.enumerated() {
        let t = UInt64(x) * UInt64(y) + UInt64(words[i + j]) + carry
        words[i + j] = UInt32(truncatingIfNeeded: t)
        carry = t >> 32
      }
      words[i + b.words.count] = UInt32(carry)
    }
    return LongInteger(words: words, isNegative: a.isNegative != b.isNegative)
  }

  /// The magnitude times 2^`count`, with the sign.
  static func << (a: LongInteger, count: Int) -> LongInteger {
    let (whole, rest) = (count / 32, UInt32(count % 32))
    var words = [UInt32](repeating: 0, count: whole)
    var carry: UInt32 = 0
    for word in a.words {
      words.append(word &<< rest | carry)
      carry = rest == 0 ? 0 : word >> (32 - rest)
    }
    words.append(carry)
    return LongInteger(words: words, isNegative: a.isNegative)
  }

  /// The magnitude over 2^`count`, cut off; and whether anything was cut.
  func shiftedDown(by count: Int) -> (LongInteger, isCut: Bool) {
    let (whole, rest) = (count / 32, UInt32(count % 32))
    guard whole < words.count else { return (LongInteger(0), !isZero) }
    var isCut = words[..<whole].contains { $0 != 0 }
    var kept = Array(words[whole...])
    if rest > 0 {
      isCut = isCut || kept[0] << (32 - rest) != 0
      for place in kept.indices {
        let above = place + 1 < kept.count ? kept[place + 1] << (32 - rest) : 0
        kept[place] = kept[place] >> rest | above
      }
    }
    return (LongInteger(words: kept), isCut)
  }

  /// The magnitude over a number, cut off; and whether a rest was left.
  func divided(by divisor: UInt64) -> (LongInteger, isCut: Bool) {
    precondition(divisor != 0, "a division by zero")
    var quotient = [UInt32](repeating: 0, count: words.count)
    var rest: UInt64 = 0
    for place in words.indices.reversed() {
      // The rest is less than the divisor, so that the quotient is less than 2^32.
      let high = rest >> 32
      let low = rest << 32 | UInt64(words[place])
      let digit = divisor.dividingFullWidth((high, low))
      quotient[place] = UInt32(truncatingIfNeeded: digit.quotient)
      rest = digit.remainder
    }
    return (LongInteger(words: quotient), rest != 0)
  }

  private static func isLess(_ a: [UInt32], _ b: [UInt32]) -> Bool {
    guard a.count == b.count else { return a.count < b.count }
    for place in a.indices.reversed() where a[place] != b[place] { return a[place] < b[place] }
    return false
  }

  private static func sum(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
    var sum: [UInt32] = []
    sum.reserveCapacity(max(a.count, b.count) + 1)
    var carry: UInt64 = 0
    for place in 0..<max(a.count, b.count) {
      carry += place < a.count ? UInt64(a[place]) : 0
      carry += place < b.count ? UInt64(b[place]) : 0
      sum.append(UInt32(truncatingIfNeeded: carry))
      carry >>= 32
    }
    sum.append(UInt32(carry))
    return sum
  }

  /// The difference of a number and one that is not larger.
  private static func difference(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
    var difference = a
    var borrow: Int64 = 0
    for place in a.indices {
      borrow += Int64(a[place]) - (place < b.count ? Int64(b[place]) : 0)
      difference[place] = UInt32(truncatingIfNeeded: borrow)
      borrow >>= 32
    }
    return difference
  }
}
