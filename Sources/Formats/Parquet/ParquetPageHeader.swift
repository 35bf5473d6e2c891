import Platform

/// What stands in front of a page (parquet.thrift: `PageHeader`).
struct ParquetPageHeader {
  enum Kind: Int {
    case data, index, dictionary, dataV2
  }

  var kind: Kind
  var unpackedSize = 0
  var packedSize = 0
  /// Of the packed bytes, where the writer counted one.
  var checksum: UInt32?
  var valueCount = 0
  var encoding = ParquetEncoding.plain
  var levelEncoding = ParquetEncoding.rle
  /// Bytes of levels, of version 2 only.
  var definitionSize = 0
  var repetitionSize = 0
  var isPacked = true

  init(_ reader: inout ThriftReader) throws(ParseFailure) {
    var kind: Kind?
    var hasDetails = false
    var last: ThriftReader.Field?
    self.kind = .index
    while let field = try reader.field(after: last) {
      last = field
      switch field.id {
      case 1: kind = Kind(rawValue: try reader.whole(field))
      case 2: unpackedSize = try reader.count(field)
      case 3: packedSize = try reader.count(field)
      case 4: checksum = UInt32(truncatingIfNeeded: try reader.whole(field))
      case 5, 7, 8:
        hasDetails = true
        try describe(field, &reader)
      default: try reader.skip(field)
      }
    }
    guard let kind else { throw ParseFailure("a page is of an unknown kind") }
    guard hasDetails || kind == .index else { throw ParseFailure("a page is not described") }
    // What fits into the numbers that places in a page are kept in.
    guard unpackedSize <= 1 << 30 else {
      throw ParseFailure("a page of \(ByteCount(Int64(unpackedSize))) is too large")
    }
    self.kind = kind
  }

  private mutating func describe(
    _ kind: ThriftReader.Field, _ reader: inout ThriftReader
  ) throws(ParseFailure) {
    try reader.record(kind)
    var last: ThriftReader.Field?
    while let field = try reader.field(after: last) {
      last = field
      switch (kind.id, field.id) {
      case (_, 1): valueCount = try reader.count(field)
      case (5, 2), (7, 2), (8, 4):
        encoding = try ParquetEncoding(number: reader.whole(field))
      case (5, 3): levelEncoding = try ParquetEncoding(number: reader.whole(field))
      case (8, 5): definitionSize = try reader.count(field)
      case (8, 6): repetitionSize = try reader.count(field)
      case (8, 7): isPacked = try reader.truth(field)
      default: try reader.skip(field)
      }
    }
  }
}
