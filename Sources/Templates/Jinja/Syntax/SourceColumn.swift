/// Columns of a source, for messages.
enum SourceColumn {
  /// The column of a byte, counted from 1 in characters.
  static func column(of offset: Int, in source: [UInt8]) -> Int {
    let end = min(max(offset, 0), source.count)
    var start = end
    while start > 0, source[start - 1] != 0x0A { start -= 1 }
    return 1 + source[start..<end].count { $0 & 0xC0 != 0x80 }
  }
}
