/// Reads the generated tables: numbers of a few digits in base 92, without any work before the first look.
enum Table {
  /// The bytes of a table.
  static func bytes(_ table: StaticString) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: table.utf8Start, count: table.utf8CodeUnitCount)
  }

  /// A number of some digits that starts at a byte.
  static func number(_ table: StaticString, at place: Int, digits: Int) -> Int {
    let bytes = bytes(table)
    var value = 0
    for index in place..<(place + digits) { value = value * 92 + digit(bytes[index]) }
    return value
  }

  /// The digits are the printable ASCII characters from `!` without `"` and `\`.
  private static func digit(_ byte: UInt8) -> Int {
    Int(byte) - (byte > 0x5C ? 0x23 : byte > 0x22 ? 0x22 : 0x21)
  }
}
