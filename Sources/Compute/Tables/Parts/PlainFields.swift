/// Where the fields of some rows of a text are.
struct PlainFields {
  let text: UnsafePointer<UInt8>
  /// Row by row, where the delimiter or newline behind each field stands; in front of all -1.
  let ends: UnsafePointer<Int32>
  /// Fields in a row.
  let width: Int
  let quote: UInt8
  let isASCII: Bool

  /// Goes down a column.
  struct Walk {
    private let text: UnsafePointer<UInt8>
    private var end: UnsafePointer<Int32>
    private let width: Int
    /// Rows may end with a carriage return.
    private let isLast: Bool

    init(_ fields: PlainFields, _ column: Int, from row: Int) {
      text = fields.text
      end = fields.ends + row * fields.width + column
      width = fields.width
      isLast = column == fields.width - 1
    }

    /// The next row's field, quotes and all.
    @inline(__always)
    mutating func next() -> (start: UnsafePointer<UInt8>, count: Int) {
      let start = text + Int(end[0]) + 1
      var count = Int(end[1] &- end[0] &- 1)
      end += width
      if isLast, count > 0, start[count - 1] == 0x0D { count -= 1 }
      return (start, count)
    }
  }

  @inline(__always)
  func walk(_ column: Int, from row: Int = 0) -> Walk { Walk(self, column, from: row) }

  /// What stands in a field, without the quotes around it.
  @inline(__always)
  func contents(_ start: UnsafePointer<UInt8>, _ count: Int) -> UnsafeBufferPointer<UInt8> {
    count > 0 && start[0] == quote
      ? UnsafeBufferPointer(start: start + 1, count: count - 2)
      : UnsafeBufferPointer(start: start, count: count)
  }
}
