/// A fixed-point number as wide as any sum of doubles needs, in digits of 32 bits: additions are
/// exact, so that a sum depends on neither order nor partition.
///
/// A digit stands in the low half of a signed 64-bit limb; the upper half collects what carries,
/// and is brought to the next digit now and then (R. M. Neal, "Fast exact summation using small and
/// large superaccumulators", 2015).
struct Superaccumulator: Sendable {
  /// Digits, from the lowest up; the last one has the sign.
  private var limbs: [Int64]
  /// How many more additions surely fit before carries must be brought on.
  private var room = Superaccumulator.additions

  /// One addition changes a limb by less than 2^53, and a normalised limb is less than 2^32: so many
  /// of them stay under 2^63.
  private static let additions = 1000

  /// Room for 2^63 doubles of any size, and for the empty digits above a number that is added.
  static let limbsOfSums = 70
  /// The same for products of two doubles.
  static let limbsOfProducts = 136

  /// Zero.
  init(limbs count: Int) { limbs = [Int64](repeating: 0, count: count) }

  /// Adds a finite double.
  @inline(__always)
  mutating func add(_ parts: BinaryParts) {
    if room == 0 { normalise() }
    room &-= 1
    let place = parts.position &>> 5
    let shift = UInt64(truncatingIfNeeded: parts.position & 31)
    let low = Int64(bitPattern: parts.mantissa &<< shift & 0xFFFF_FFFF)
    let high = Int64(bitPattern: parts.mantissa &>> (32 &- shift))
    limbs.withUnsafeMutableBufferPointer { limbs in
      // x ^ -1 - -1 is -x.
      limbs[place] &+= (low ^ parts.sign) &- parts.sign
      limbs[place &+ 1] &+= (high ^ parts.sign) &- parts.sign
    }
  }

  /// Adds ±`number`·2^`position`, where the number is less than 2^117.
  @inline(__always)
  mutating func add(_ number: UInt128, position: Int, sign: Int64) {
    if room == 0 { normalise() }
    room &-= 1
    let (high, low) = (
      UInt64(truncatingIfNeeded: number >> 64), UInt64(truncatingIfNeeded: number)
    )
    let shift = UInt64(truncatingIfNeeded: position & 31)
    // The number moved up to 31 bits, in three words.
    let bottom = low &<< shift
    let middle = high &<< shift | (low &>> 1) &>> (63 &- shift)
    let top = (high &>> 1) &>> (63 &- shift)
    let place = position &>> 5
    limbs.withUnsafeMutableBufferPointer { limbs in
      limbs[place] &+= (Int64(bitPattern: bottom & 0xFFFF_FFFF) ^ sign) &- sign
      limbs[place &+ 1] &+= (Int64(bitPattern: bottom &>> 32) ^ sign) &- sign
      limbs[place &+ 2] &+= (Int64(bitPattern: middle & 0xFFFF_FFFF) ^ sign) &- sign
      limbs[place &+ 3] &+= (Int64(bitPattern: middle &>> 32 | top &<< 32) ^ sign) &- sign
    }
  }

  /// Adds `number`·2^`position` for any number.
  mutating func add(_ number: Int128, position: Int) {
    let size = number.magnitude
    let sign: Int64 = number < 0 ? -1 : 0
    add(size & UInt128(UInt64.max), position: position, sign: sign)
    add(size >> 64, position: position + 64, sign: sign)
  }

  /// Adds the other's number, of as many limbs.
  mutating func merge(_ other: Superaccumulator) {
    normalise()
    var other = other
    other.normalise()
    for place in limbs.indices { limbs[place] &+= other.limbs[place] }
    normalise()
  }

  /// Brings carries on: the digits of two's complement, one form for each number.
  private mutating func normalise() {
    limbs.withUnsafeMutableBufferPointer { limbs in
      var carry: Int64 = 0
      let last = limbs.count - 1
      for place in 0..<last {
        let limb = limbs[place] &+ carry
        limbs[place] = limb & 0xFFFF_FFFF
        carry = limb &>> 32
      }
      limbs[last] &+= carry
    }
    room = Self.additions
  }

  /// The number.
  var integer: LongInteger {
    var copy = self
    copy.normalise()
    let isNegative = (copy.limbs.last ?? 0) < 0
    if isNegative {
      for place in copy.limbs.indices { copy.limbs[place] = 0 &- copy.limbs[place] }
      copy.normalise()
    }
    var words = copy.limbs.map { UInt32(truncatingIfNeeded: $0) }
    words.append(UInt32(truncatingIfNeeded: (copy.limbs.last ?? 0) &>> 32))
    return LongInteger(words: words, isNegative: isNegative)
  }
}

extension Superaccumulator: Equatable {
  static func == (a: Superaccumulator, b: Superaccumulator) -> Bool {
    var (a, b) = (a, b)
    a.normalise()
    b.normalise()
    return a.limbs == b.limbs
  }
}
