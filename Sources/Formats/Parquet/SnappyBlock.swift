import Platform

/// Unpacks Snappy's block format (google/snappy, format_description.txt).
enum SnappyBlock {
  /// - Returns: how many bytes were made; nil when the input is damaged or makes more than there is room for.
  static func unpack(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> Int? {
    var block = BlockOutput(output)
    var cursor = ByteCursor(input)
    do throws(ParseFailure) {
      guard try cursor.varint() == UInt64(output.count) else { return nil }
      while cursor.remaining > 0 {
        let tag = try cursor.byte()
        var count = Int(tag >> 2) + 1
        let offset: Int
        switch tag & 3 {
        case 0:
          if count > 60 { count = try number(&cursor, bytes: count - 60) + 1 }
          guard block.append(try cursor.take(count)) else { return nil }
          continue
        case 1:
          count = Int(tag >> 2 & 7) + 4
          offset = Int(tag >> 5) << 8 | Int(try cursor.byte())
        case 2: offset = try number(&cursor, bytes: 2)
        default: offset = try number(&cursor, bytes: 4)
        }
        guard block.repeatBytes(offset: offset, count: count) else { return nil }
      }
    } catch { return nil }
    return block.count
  }

  /// The least byte first.
  private static func number(
    _ cursor: inout ByteCursor, bytes: Int
  ) throws(ParseFailure) -> Int {
    try cursor.take(bytes).reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
