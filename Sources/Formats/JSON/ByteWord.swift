/// Eight bytes of a text, looked at in one step: the strings of JSON are long, and next to nothing in them matters.
package enum ByteWord {
  /// Goes through what a string of JSON can hold as it is: anything but a quote, a backslash and control characters.
  ///
  /// - Returns: where that ends, or up to seven bytes before the end of all bytes, and whether nothing but ASCII was seen.
  @inlinable @inline(__always)
  package static func plainText(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> (end: Int, isASCII: Bool) {
    var place = start
    var seen: UInt64 = 0
    while place + 8 <= bytes.count {
      let word = word(bytes, at: place)
      let controls = (word &- each(0x20)) & ~word & each(0x80)
      let stops = controls | zeros(word ^ each(0x22)) | zeros(word ^ each(0x5C))
      guard stops == 0 else {
        let count = stops.trailingZeroBitCount / 8
        // The bytes before the one that it stops at.
        return (place + count, (seen | word & ((1 << UInt64(count * 8)) &- 1)) & each(0x80) == 0)
      }
      seen |= word
      place += 8
    }
    return (place, seen & each(0x80) == 0)
  }

  /// How many bytes stand before the first backslash of the eight at a place; 8 when there is none.
  @inlinable @inline(__always)
  package static func countBeforeBackslash(
    _ bytes: UnsafeBufferPointer<UInt8>, at place: Int
  ) -> Int {
    zeros(word(bytes, at: place) ^ each(0x5C)).trailingZeroBitCount / 8
  }

  /// The first byte is the lowest.
  @inlinable @inline(__always)
  static func word(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> UInt64 {
    UInt64(
      littleEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(
        fromByteOffset: place, as: UInt64.self))
  }

  @inlinable @inline(__always)
  static func each(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

  /// The top bits of bytes that are 0; right for the lowest of them, which is all that is asked.
  @inlinable @inline(__always)
  static func zeros(_ word: UInt64) -> UInt64 { (word &- each(1)) & ~word & each(0x80) }
}
