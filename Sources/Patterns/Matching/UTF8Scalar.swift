/// Single scalars in bytes that need not be UTF-8 everywhere.
enum UTF8Scalar {
  /// The scalar that begins at a place; nil at the end and where none does.
  static func at(_ position: Int, in text: UnsafeBufferPointer<UInt8>) -> UInt32? {
    guard position < text.count else { return nil }
    let first = text[position]
    if first < 0x80 { return UInt32(first) }
    let count = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0
    guard count > 0, position + count <= text.count else { return nil }
    var value = UInt32(first & (0x7F >> UInt8(count)))
    for index in 1..<count {
      let byte = text[position + index]
      guard byte & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    let least: UInt32 = count == 4 ? 0x10000 : count == 3 ? 0x800 : 0x80
    return value >= least ? Unicode.Scalar(value)?.value : nil
  }

  /// The scalar that ends at a place.
  static func before(_ position: Int, in text: UnsafeBufferPointer<UInt8>) -> UInt32? {
    var start = position - 1
    while start >= 0, position - start < 4, text[start] & 0xC0 == 0x80 { start -= 1 }
    guard start >= 0, let scalar = at(start, in: text) else { return nil }
    let length = scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4
    return start + length == position ? scalar : nil
  }
}
