import Platform

extension ParseFailure {
  /// A failure with the line and column of a byte. A byte order mark is no column.
  init(
    _ message: String, at offset: Int, in bytes: some RandomAccessCollection<UInt8>,
    hint: String? = nil
  ) {
    let before = bytes.prefix(offset)
    let line = before.count { $0 == 0x0A } + 1
    let start = before.lastIndex(of: 0x0A).map { before.index(after: $0) } ?? before.startIndex
    var column = before[start...].count { $0 & 0xC0 != 0x80 } + 1
    if line == 1, before.starts(with: [0xEF, 0xBB, 0xBF]) { column -= 1 }
    self.init(message, line: line, column: column, hint: hint)
  }
}
