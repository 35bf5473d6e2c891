/// A decimal number without exponent that fills a field, as nearly all in tables do, read eight digits at a time.
struct FieldNumber {
  let value: Double
  /// It has a point.
  let isFraction: Bool

  /// Nil for what is no number of this kind: with another sign than `-`, an exponent, blanks around it, or more than 18 digits.
  ///
  /// - Parameters:
  ///   - start: of a field that has a byte at least; 24 bytes in front of it can be read, whatever they are.
  ///   - count: of its bytes.
  @inline(__always)
  init?(_ start: UnsafePointer<UInt8>, _ count: Int) {
    let isNegative = start[0] == UInt8(ascii: "-")
    let count = isNegative ? count - 1 : count
    let end = UnsafeRawPointer(start) + (isNegative ? count + 1 : count)
    guard count > 0 else { return nil }
    if count <= 8 {
      self.init(short: end, count, isNegative)
    } else if count <= 16 {
      self.init(middle: end, count, isNegative)
    } else if count <= 19 {
      self.init(long: end, count, isNegative)
    } else {
      return nil
    }
  }

  @inline(__always)
  private init?(short end: UnsafeRawPointer, _ count: Int, _ isNegative: Bool) {
    let word = Self.word(end, 8 - count)
    if Self.areDigits(word) {
      self.init(whole: Self.number(word), isNegative)
      return
    }
    guard let point = Self.point(in: word), count > 1 else { return nil }
    let digits = Self.without(point, word)
    guard Self.areDigits(digits) else { return nil }
    self.init(Self.number(digits), 7 - point, isNegative)
  }

  @inline(__always)
  private init?(middle end: UnsafeRawPointer, _ count: Int, _ isNegative: Bool) {
    var low = Self.word(end, 0)
    var high = Self.word(end - 8, 16 - count)
    let fraction: Int
    if let point = Self.point(in: low) {
      low = Self.without(point, low) | high &>> 56
      high = high &<< 8
      fraction = 7 - point
    } else if let point = Self.point(in: high) {
      high = Self.without(point, high)
      fraction = 15 - point
    } else {
      fraction = -1
    }
    guard Self.areDigits(low), Self.areDigits(high) else { return nil }
    let mantissa = Self.number(high) &* 100_000_000 &+ Self.number(low)
    if fraction < 0 {
      self.init(whole: mantissa, isNegative)
    } else {
      self.init(mantissa, fraction, isNegative)
    }
  }

  @inline(never)
  private init?(long end: UnsafeRawPointer, _ count: Int, _ isNegative: Bool) {
    var low = Self.word(end, 0)
    var middle = Self.word(end - 8, 0)
    var high = Self.word(end - 16, 24 - count)
    let fraction: Int
    if let point = Self.point(in: low) {
      low = Self.without(point, low) | middle &>> 56
      middle = middle &<< 8 | high &>> 56
      high = high &<< 8
      fraction = 7 - point
    } else if let point = Self.point(in: middle) {
      middle = Self.without(point, middle) | high &>> 56
      high = high &<< 8
      fraction = 15 - point
    } else if let point = Self.point(in: high) {
      high = Self.without(point, high)
      fraction = 23 - point
    } else {
      fraction = -1
    }
    guard count < 19 || fraction >= 0, Self.areDigits(low), Self.areDigits(middle),
      Self.areDigits(high)
    else { return nil }
    let upper = Self.number(high) &* 100_000_000 &+ Self.number(middle)
    let mantissa = upper &* 100_000_000 &+ Self.number(low)
    if fraction < 0 {
      self.init(whole: mantissa, isNegative)
    } else if let magnitude = DecimalScanner.scaled(mantissa, -fraction) {
      self.init(value: isNegative ? -magnitude : magnitude, isFraction: true)
    } else {
      return nil
    }
  }

  @inline(__always)
  private init(value: Double, isFraction: Bool) {
    self.value = value
    self.isFraction = isFraction
  }

  @inline(__always)
  private init(whole mantissa: UInt64, _ isNegative: Bool) {
    let whole = Double(Int64(bitPattern: mantissa))
    // pandas reads `-0` as an integer, which has no negative zero.
    value = isNegative && mantissa != 0 ? -whole : whole
    isFraction = false
  }

  /// A mantissa below 2^53 and at most 15 digits behind the point: both factors of the division are exact, so it rounds once.
  @inline(__always)
  private init(_ mantissa: UInt64, _ fraction: Int, _ isNegative: Bool) {
    let magnitude = Double(Int64(bitPattern: mantissa)) / DecimalScanner.powerOfTen(fraction)
    value = isNegative ? -magnitude : magnitude
    isFraction = true
  }

  // MARK: Eight bytes in a word, the first in the lowest place, each less `0`

  /// The eight bytes before a place, the first `unused` of them as zeros.
  @inline(__always)
  private static func word(_ end: UnsafeRawPointer, _ unused: Int) -> UInt64 {
    let bytes = (end - 8).loadUnaligned(as: UInt64.self)
    let shift = UInt64(truncatingIfNeeded: unused * 8)
    return ((UInt64(littleEndian: bytes) ^ 0x3030_3030_3030_3030) &>> shift) &<< shift
  }

  /// No sum of two bytes passes into the next but where a byte is above 0x7F, which is seen as it is.
  @inline(__always)
  private static func areDigits(_ word: UInt64) -> Bool {
    ((word &+ 0x7676_7676_7676_7676) | word) & 0x8080_8080_8080_8080 == 0
  }

  /// Pairs of digits, then fours, then all eight.
  @inline(__always)
  private static func number(_ word: UInt64) -> UInt64 {
    let pairs = word &* 10 &+ (word &>> 8)
    let even = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
    let odd = (pairs &>> 16 & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
    return (even &+ odd) &>> 32
  }

  /// The first byte that is a point.
  @inline(__always)
  private static func point(in word: UInt64) -> Int? {
    let others = word ^ 0x1E1E_1E1E_1E1E_1E1E
    // The lowest of these bits tells the truth.
    let zeros = (others &- 0x0101_0101_0101_0101) & ~others & 0x8080_8080_8080_8080
    return zeros == 0 ? nil : zeros.trailingZeroBitCount &>> 3
  }

  /// The word with a byte taken out, and those in front of it moved up.
  @inline(__always)
  private static func without(_ place: Int, _ word: UInt64) -> UInt64 {
    let below = (1 &<< UInt64(truncatingIfNeeded: place * 8)) &- 1
    return word & ~(below &<< 8 | 0xFF) | (word & below) &<< 8
  }
}
