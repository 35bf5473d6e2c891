import Platform

/// Unpacks LZ4's block format (lz4/doc/lz4_Block_format.md).
enum LZ4Block {
  /// - Returns: how many bytes were made; nil when the input is damaged or makes more than there is room for.
  static func unpack(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> Int? {
    var block = BlockOutput(output)
    var cursor = ByteCursor(input)
    do throws(ParseFailure) {
      while cursor.remaining > 0 {
        let token = try cursor.byte()
        let literals = try length(token >> 4, &cursor)
        guard block.append(try cursor.take(literals)) else { return nil }
        // The last sequence has no match.
        if cursor.remaining == 0 { break }
        let low = try cursor.byte()
        let offset = Int(try cursor.byte()) << 8 | Int(low)
        let count = try length(token & 15, &cursor) + 4
        guard block.repeatBytes(offset: offset, count: count) else { return nil }
      }
    } catch { return nil }
    return block.count
  }

  /// Fifteen is followed by bytes to add, up to the first that is not 255.
  private static func length(
    _ first: UInt8, _ cursor: inout ByteCursor
  ) throws(ParseFailure) -> Int {
    var length = Int(first)
    guard first == 15 else { return length }
    while true {
      let more = try cursor.byte()
      length += Int(more)
      if more < 255 { return length }
    }
  }
}
