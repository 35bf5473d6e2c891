import Platform

/// How values are stored (parquet.thrift: `Type`).
package enum ParquetType: Int, Sendable, Hashable {
  case boolean, int32, int64, int96, float, double, byteArray, fixedLengthByteArray

  /// Bytes of a value, where all values have as many.
  func width(length: Int) -> Int? {
    switch self {
    case .int32, .float: 4
    case .int64, .double: 8
    case .int96: 12
    case .fixedLengthByteArray: length
    case .boolean, .byteArray: nil
    }
  }
}

/// What stored values mean (parquet.thrift: `LogicalType`, and `ConvertedType` of older writers).
package enum ParquetMeaning: Sendable, Hashable {
  /// What the type says: numbers, truth values, bytes.
  case plain
  case unsigned(bits: Int)
  /// Text, names of enumerations and JSON.
  case text
  /// An integer divided by 10^scale; bytes hold it with the highest first.
  case decimal(scale: Int)
  /// Days since 1970-01-01.
  case date
  /// Since midnight.
  case time(unit: TimeUnit)
  /// Since 1970-01-01; `isUTC` when it is a moment, not what a clock on a wall said.
  case timestamp(unit: TimeUnit, isUTC: Bool)
  case float16
  case uuid
  /// What cannot be read as a column, by its name.
  case unsupported(String)

  package enum TimeUnit: Int, Sendable, Hashable {
    case milliseconds = 1_000
    case microseconds = 1_000_000
    case nanoseconds = 1_000_000_000
  }
}

/// How values are packed (parquet.thrift: `CompressionCodec`).
enum ParquetCodec: Int, Sendable {
  case uncompressed, snappy, gzip, lzo, brotli, lz4Hadoop, zstd, lz4

  /// What it is called, and what makes a file without it.
  var name: String {
    switch self {
    case .uncompressed: "none"
    case .snappy: "SNAPPY"
    case .gzip: "GZIP"
    case .lzo: "LZO"
    case .brotli: "BROTLI"
    case .lz4Hadoop: "LZ4 in Hadoop's frames"
    case .zstd: "ZSTD"
    case .lz4: "LZ4_RAW"
    }
  }
}

/// How values are laid out in a page (parquet.thrift: `Encoding`).
enum ParquetEncoding: Int, Sendable {
  case plain = 0
  case plainDictionary = 2
  case rle = 3
  case bitPacked = 4
  case deltaBinaryPacked = 5
  case deltaLengthByteArray = 6
  case deltaByteArray = 7
  case rleDictionary = 8
  case byteStreamSplit = 9

  init(number: Int) throws(ParseFailure) {
    guard let encoding = ParquetEncoding(rawValue: number) else {
      throw ParseFailure("the encoding \(number) is not known")
    }
    self = encoding
  }
}
