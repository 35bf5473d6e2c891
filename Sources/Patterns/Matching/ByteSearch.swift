import Glibc

/// Bytes in bytes, found by the C library's vector code or a word at a time.
enum ByteSearch {
  static func first(_ byte: UInt8, in text: UnsafePointer<UInt8>, _ range: Range<Int>) -> Int? {
    guard !range.isEmpty, let found = memchr(text + range.lowerBound, Int32(byte), range.count)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(text)
  }

  /// The first place of some bytes, found by their rarest one, which stands at an offset in them.
  static func first(
    _ bytes: [UInt8], rarest: Int, in text: UnsafePointer<UInt8>, _ range: Range<Int>
  ) -> Int? {
    let rare = bytes[rarest]
    var position = range.lowerBound + rarest
    let end = range.upperBound - bytes.count + rarest + 1
    while position < end, let found = first(rare, in: text, position..<end) {
      let start = found - rarest
      if memcmp(text + start, bytes, bytes.count) == 0 { return start }
      position = found + 1
    }
    return nil
  }

  /// The first of two or three bytes. Eight bytes of the text are compared at once.
  static func first(
    anyOf bytes: [UInt8], in text: UnsafePointer<UInt8>, _ range: Range<Int>
  ) -> Int? {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops: UInt64 = 0x8080_8080_8080_8080
    let a = UInt64(bytes[0]) &* ones
    let b = UInt64(bytes[1]) &* ones
    let c = UInt64(bytes[bytes.count - 1]) &* ones
    var position = range.lowerBound
    while position + 8 <= range.upperBound {
      let word = UnsafeRawPointer(text + position).loadUnaligned(as: UInt64.self)
      let x = word ^ a
      let y = word ^ b
      let z = word ^ c
      let hits = ((x &- ones) & ~x | (y &- ones) & ~y | (z &- ones) & ~z) & tops
      // The lowest set bit is right; those above it may be borrowed.
      if hits != 0 { return position + UInt64(littleEndian: hits).trailingZeroBitCount / 8 }
      position += 8
    }
    while position < range.upperBound {
      if bytes.contains(text[position]) { return position }
      position += 1
    }
    return nil
  }
}
