/// A Python `str`: a row of code points, compared and hashed by them and never by canonical equivalence.
///
/// Kept as UTF-8 in which lone surrogates (which Python allows) stand as three bytes, so the order of the bytes is the
/// order of the code points. ASCII texts index in constant time.
package struct Text: Sendable {
  /// The bytes, UTF-8 (lone surrogates in the generalised form).
  package let bytes: [UInt8]
  /// The number of code points: Python's `len`.
  package let count: Int

  /// A text of bytes that are known to be UTF-8.
  package init(bytes: [UInt8]) {
    self.bytes = bytes
    count = Text.codePoints(in: bytes[...])
  }

  /// A text of bytes whose code points are counted already.
  package init(bytes: [UInt8], count: Int) {
    self.bytes = bytes
    self.count = count
  }

  package init(_ string: String) { self.init(bytes: Array(string.utf8)) }

  package init(_ slice: ArraySlice<UInt8>) { self.init(bytes: Array(slice)) }

  /// A text of code points; surrogates are kept, numbers past U+10FFFF become U+FFFD.
  package init(codePoints: some Sequence<UInt32>) {
    var bytes: [UInt8] = []
    var count = 0
    for point in codePoints {
      Text.append(point, to: &bytes)
      count += 1
    }
    self.init(bytes: bytes, count: count)
  }

  package static let empty = Text(bytes: [], count: 0)
}

extension Text {
  package var isEmpty: Bool { bytes.isEmpty }
  package var isASCII: Bool { count == bytes.count }

  /// The text as a Swift string; lone surrogates become U+FFFD.
  package var string: String { String(decoding: bytes, as: UTF8.self) }

  /// The code points, lone surrogates included.
  package var codePoints: [UInt32] {
    var points: [UInt32] = []
    points.reserveCapacity(count)
    var index = 0
    while index < bytes.count { points.append(Text.decode(bytes, &index)) }
    return points
  }

  /// The character at a code point's index, which must be in range.
  package func character(at index: Int) -> Text {
    guard !isASCII else { return Text.ascii(bytes[index]) }
    let start = offset(of: index)
    var end = start
    _ = Text.decode(bytes, &end)
    return Text(bytes: Array(bytes[start..<end]), count: 1)
  }

  /// The characters from one code point's index up to another, both in range.
  package func characters(_ range: Range<Int>) -> Text {
    if range.lowerBound == 0, range.upperBound == count { return self }
    guard !isASCII else { return Text(bytes: Array(bytes[range]), count: range.count) }
    let start = offset(of: range.lowerBound)
    let end = offset(of: range.upperBound)
    return Text(bytes: Array(bytes[start..<end]), count: range.count)
  }

  /// The byte where a code point starts; the end for ``count``.
  package func offset(of index: Int) -> Int {
    guard !isASCII else { return index }
    var offset = 0
    var left = index
    while left > 0, offset < bytes.count {
      offset += Text.width(bytes[offset])
      left -= 1
    }
    return min(offset, bytes.count)
  }

  /// How many code points stand before a byte.
  package func index(of offset: Int) -> Int {
    isASCII ? offset : Text.codePoints(in: bytes[..<offset])
  }

  package static func + (left: Text, right: Text) -> Text {
    if left.isEmpty { return right }
    if right.isEmpty { return left }
    return Text(bytes: left.bytes + right.bytes, count: left.count + right.count)
  }

  /// The first byte of the first occurrence at or after a byte; an empty needle is found at once.
  package func firstOffset(of needle: Text, from start: Int = 0, to end: Int? = nil) -> Int? {
    let end = end ?? bytes.count
    let size = needle.bytes.count
    guard start <= end, size <= end - start else { return nil }
    guard let first = needle.bytes.first else { return start }
    return bytes.withUnsafeBufferPointer { haystack in
      needle.bytes.withUnsafeBufferPointer { wanted in
        var position = start
        while position <= end - size {
          if haystack[position] == first {
            var matched = 1
            while matched < size, haystack[position + matched] == wanted[matched] { matched += 1 }
            if matched == size { return position }
          }
          position += 1
        }
        return nil
      }
    }
  }

  package func contains(_ needle: Text) -> Bool { firstOffset(of: needle) != nil }

  /// A text of one ASCII character, made once.
  package static func ascii(_ byte: UInt8) -> Text {
    byte < 0x80 ? asciiTexts[Int(byte)] : Text(bytes: [byte], count: 1)
  }

  private static let asciiTexts = (0..<128).map { Text(bytes: [UInt8($0)], count: 1) }
}

extension Text {
  /// Reads one code point and moves past it; the index must be in range and at a start.
  package static func decode(_ bytes: [UInt8], _ index: inout Int) -> UInt32 {
    let first = bytes[index]
    let width = min(width(first), bytes.count - index)
    defer { index += width }
    guard width > 1 else { return UInt32(first) }
    var point = UInt32(first) & (width == 2 ? 0x1F : width == 3 ? 0x0F : 0x07)
    for next in 1..<width { point = point << 6 | UInt32(bytes[index + next] & 0x3F) }
    return point
  }

  /// Writes one code point; surrogates take three bytes.
  package static func append(_ point: UInt32, to bytes: inout [UInt8]) {
    switch point {
    case ..<0x80: bytes.append(UInt8(point))
    case ..<0x800:
      bytes.append(0xC0 | UInt8(point >> 6))
      bytes.append(0x80 | UInt8(point & 0x3F))
    case ..<0x10000:
      bytes.append(0xE0 | UInt8(point >> 12))
      bytes.append(0x80 | UInt8(point >> 6 & 0x3F))
      bytes.append(0x80 | UInt8(point & 0x3F))
    case ..<0x110000:
      bytes.append(0xF0 | UInt8(point >> 18))
      bytes.append(0x80 | UInt8(point >> 12 & 0x3F))
      bytes.append(0x80 | UInt8(point >> 6 & 0x3F))
      bytes.append(0x80 | UInt8(point & 0x3F))
    default: bytes += [0xEF, 0xBF, 0xBD]
    }
  }

  /// The bytes of the code point that starts with this one.
  package static func width(_ first: UInt8) -> Int {
    first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
  }

  private static func codePoints(in bytes: ArraySlice<UInt8>) -> Int {
    bytes.withUnsafeBufferPointer { bytes in
      var continuations = 0
      for byte in bytes { continuations &+= byte & 0xC0 == 0x80 ? 1 : 0 }
      return bytes.count - continuations
    }
  }
}

extension Text: Hashable, Comparable {
  package static func == (left: Text, right: Text) -> Bool { left.bytes == right.bytes }

  package static func < (left: Text, right: Text) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }

  package func hash(into hasher: inout Hasher) {
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
  }
}

extension Text: ExpressibleByStringLiteral, CustomStringConvertible {
  package init(stringLiteral value: String) { self.init(value) }
  package var description: String { string }
}
