import Platform

/// A place in bytes that somebody else wrote: nothing is read before it is known to be there.
///
/// The bytes must outlive the cursor.
struct ByteCursor {
  let bytes: UnsafeRawBufferPointer
  private(set) var place = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var remaining: Int { bytes.count - place }

  mutating func byte() throws(ParseFailure) -> UInt8 {
    guard place < bytes.count else { throw Self.cutOff }
    place += 1
    return bytes[place - 1]
  }

  /// So many bytes.
  mutating func take(_ count: Int) throws(ParseFailure) -> UnsafeRawBufferPointer {
    guard count >= 0, count <= remaining else { throw Self.cutOff }
    place += count
    return UnsafeRawBufferPointer(rebasing: bytes[(place - count)..<place])
  }

  /// All bytes that are left.
  mutating func rest() -> UnsafeRawBufferPointer {
    defer { place = bytes.count }
    return UnsafeRawBufferPointer(rebasing: bytes[place...])
  }

  /// A length of four bytes, the least first.
  mutating func length() throws(ParseFailure) -> Int {
    Int(UInt32(littleEndian: try take(4).loadUnaligned(as: UInt32.self)))
  }

  /// Seven bits a byte, the least first (ULEB128).
  mutating func varint() throws(ParseFailure) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      let byte = try byte()
      if shift == 63, byte > 1 { break }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw ParseFailure("a number has more than 64 bits")
  }

  /// The same with the sign in the lowest bit.
  mutating func zigzag() throws(ParseFailure) -> Int64 {
    let value = try varint()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  private static var cutOff: ParseFailure { ParseFailure("the bytes end too early") }
}

extension [UInt8] {
  /// `withUnsafeBytes` for closures that throw what parsers throw.
  func withBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws(ParseFailure) -> Result
  ) throws(ParseFailure) -> Result {
    try withUnsafeBufferPointer { (buffer) throws(ParseFailure) in
      try body(UnsafeRawBufferPointer(buffer))
    }
  }
}
