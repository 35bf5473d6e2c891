import Platform

/// What stands at the end of a Parquet file (parquet.thrift: `FileMetaData`).
struct ParquetFooter {
  var rowCount = 0
  var columns: [ParquetColumn] = []
  var groups: [Group] = []

  /// Rows that are stored together, one chunk for each column.
  struct Group: Sendable {
    var rowCount = 0
    var chunks: [Chunk] = []
  }

  /// Where the values of one column in one group lie (parquet.thrift: `ColumnMetaData`).
  struct Chunk: Sendable {
    var type = -1
    var codec = 0
    var valueCount = 0
    var unpackedSize = 0
    var packedSize = 0
    var dataOffset = 0
    var dictionaryOffset: Int?
    /// Why it cannot be read; nil when it can.
    var obstacle: String?

    /// The dictionary comes first, where there is one.
    var start: Int {
      if let dictionaryOffset, dictionaryOffset > 0 { return min(dictionaryOffset, dataOffset) }
      return dataOffset
    }
  }

  init(_ bytes: UnsafeRawBufferPointer) throws(ParseFailure) {
    var reader = ThriftReader(bytes)
    var last: ThriftReader.Field?
    while let field = try reader.field(after: last) {
      last = field
      switch field.id {
      case 2: columns = try ParquetSchema(reader.list(field, ofRecords: true), &reader).columns
      case 3: rowCount = try reader.count(field)
      case 4:
        let list = try reader.list(field, ofRecords: true)
        for _ in 0..<list.count { groups.append(try Self.group(&reader)) }
      case 8: throw ParquetFile.encrypted
      default: try reader.skip(field)
      }
    }
    try check()
  }

  /// Compares what is said twice.
  private func check() throws(ParseFailure) {
    guard !columns.isEmpty else { throw ParseFailure("the file has no columns") }
    var rows = 0
    for (number, group) in groups.enumerated() {
      guard group.chunks.count == columns.count else {
        throw ParseFailure(
          "row group \(number) has \(group.chunks.count) columns, the schema \(columns.count)")
      }
      let (sum, overflow) = rows.addingReportingOverflow(group.rowCount)
      guard !overflow else { throw ParseFailure("there are more rows than can be counted") }
      rows = sum
      for (column, chunk) in zip(columns, group.chunks) where chunk.obstacle == nil {
        guard chunk.type == column.type.rawValue,
          column.isRepeated || chunk.valueCount == group.rowCount
        else {
          throw ParseFailure(
            "row group \(number) and the schema do not agree about column `\(column.name)`")
        }
      }
    }
    guard rows == rowCount else {
      throw ParseFailure("the row groups have \(rows) rows, the file should have \(rowCount)")
    }
  }

  private static func group(_ reader: inout ThriftReader) throws(ParseFailure) -> Group {
    var group = Group()
    var last: ThriftReader.Field?
    while let field = try reader.field(after: last) {
      last = field
      switch field.id {
      case 1:
        let list = try reader.list(field, ofRecords: true)
        for _ in 0..<list.count { group.chunks.append(try chunk(&reader)) }
      case 3: group.rowCount = try reader.count(field)
      default: try reader.skip(field)
      }
    }
    return group
  }

  private static func chunk(_ reader: inout ThriftReader) throws(ParseFailure) -> Chunk {
    var chunk = Chunk()
    var isThere = false
    var last: ThriftReader.Field?
    while let field = try reader.field(after: last) {
      last = field
      switch field.id {
      case 1: chunk.obstacle = "lies in another file, `\(try reader.text(field))`"
      case 3:
        isThere = true
        try describe(&chunk, field, &reader)
      case 8:
        chunk.obstacle = "is encrypted"
        try reader.skip(field)
      default: try reader.skip(field)
      }
    }
    if !isThere { chunk.obstacle = chunk.obstacle ?? "is not described" }
    return chunk
  }

  private static func describe(
    _ chunk: inout Chunk, _ field: ThriftReader.Field, _ reader: inout ThriftReader
  ) throws(ParseFailure) {
    try reader.record(field)
    var last: ThriftReader.Field?
    while let field = try reader.field(after: last) {
      last = field
      switch field.id {
      case 1: chunk.type = try reader.whole(field)
      case 4: chunk.codec = try reader.whole(field)
      case 5: chunk.valueCount = try reader.count(field)
      case 6: chunk.unpackedSize = try reader.count(field)
      case 7: chunk.packedSize = try reader.count(field)
      case 9: chunk.dataOffset = try reader.count(field)
      case 11: chunk.dictionaryOffset = try reader.count(field)
      default: try reader.skip(field)
      }
    }
  }
}
