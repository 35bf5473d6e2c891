import Glibc

/// A template's source as Jinja2 reads it: every line end is `\n`, and one at the very end is dropped unless it is kept.
struct SourceText: Sendable {
  let bytes: [UInt8]

  init(_ source: [UInt8], keepTrailingNewline: Bool) {
    var bytes = source
    if source.withUnsafeBufferPointer({ Self.firstIndex(of: 0x0D, in: $0) }) != nil {
      bytes = []
      bytes.reserveCapacity(source.count)
      var index = 0
      while index < source.count {
        if source[index] == 0x0D {
          bytes.append(0x0A)
          if index + 1 < source.count, source[index + 1] == 0x0A { index += 1 }
        } else {
          bytes.append(source[index])
        }
        index += 1
      }
    }
    if !keepTrailingNewline, bytes.last == 0x0A { bytes.removeLast() }
    self.bytes = bytes
  }

  /// Where a byte stands first, at or after an index.
  static func firstIndex(
    of byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0
  ) -> Int? {
    guard let base = bytes.baseAddress, start < bytes.count else { return nil }
    let found = memchr(base + start, Int32(byte), bytes.count - start)
    return found.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) }
  }

  /// The width in bytes of the white space character at an index, 0 when there is none: Python's `\s`.
  static func spaceWidth(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
    let byte = bytes[index]
    if byte < 0x80 {
      return byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) || (byte >= 0x1C && byte <= 0x1F)
        ? 1 : 0
    }
    let second = index + 1 < bytes.count ? bytes[index + 1] : 0
    if byte == 0xC2 { return second == 0x85 || second == 0xA0 ? 2 : 0 }
    guard byte == 0xE1 || byte == 0xE2 || byte == 0xE3, index + 2 < bytes.count else { return 0 }
    let third = bytes[index + 2]
    switch (byte, second) {
    case (0xE1, 0x9A): return third == 0x80 ? 3 : 0
    case (0xE2, 0x80):
      return (third >= 0x80 && third <= 0x8A) || third == 0xA8 || third == 0xA9 || third == 0xAF
        ? 3 : 0
    case (0xE2, 0x81): return third == 0x9F ? 3 : 0
    case (0xE3, 0x80): return third == 0x80 ? 3 : 0
    default: return 0
    }
  }

  /// Where the white space ends that starts at an index.
  static func endOfSpace(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    var index = start
    while index < bytes.count {
      let width = spaceWidth(bytes, index)
      if width == 0 { break }
      index += width
    }
    return index
  }

  /// Where the white space starts that ends at an index, not before `first`.
  static func startOfSpace(_ bytes: UnsafeBufferPointer<UInt8>, _ end: Int, from first: Int) -> Int
  {
    var index = end
    while index > first {
      var start = index - 1
      while start > first, bytes[start] & 0xC0 == 0x80 { start -= 1 }
      guard spaceWidth(bytes, start) == index - start else { break }
      index = start
    }
    return index
  }
}
