import Platform
import SystemPackage

/// A file of Apache Parquet (github.com/apache/parquet-format): columns of typed values in groups of rows.
///
/// Opening one reads what stands at its end. Values are read chunk by chunk, one column of one group of rows each, by
/// ``chunk(_:group:)``; several threads may read at once.
///
/// What is claimed is compared with the size of the file before memory is asked for.
package struct ParquetFile: Sendable {
  /// What each file begins and ends with.
  package static let magic = Array("PAR1".utf8)

  package let columns: [ParquetColumn]
  package let rowCount: Int
  package var groupCount: Int { groups.count }

  private let groups: [ParquetFooter.Group]
  private let source: ByteSource

  /// Opens a file; it is read in pieces, and stays open while this value is there.
  package init(_ path: FilePath) throws {
    try self.init(ByteSource(path))
  }

  package init(parsing bytes: [UInt8]) throws {
    try self.init(ByteSource(bytes))
  }

  static var encrypted: ParseFailure {
    ParseFailure("the file is encrypted", hint: "write it without encryption")
  }

  private init(_ source: ByteSource) throws {
    self.source = source
    let size = Int(clamping: source.count)
    guard size >= 12, let ending = try source.read(at: UInt64(size - 8), 8) else {
      throw ParseFailure("the Parquet file is cut off: it has \(size) bytes")
    }
    if ending[4...].elementsEqual("PARE".utf8) { throw Self.encrypted }
    guard ending[4...].elementsEqual(Self.magic) else {
      throw ParseFailure("the Parquet file is cut off: it does not end with `PAR1`")
    }
    let length = ending[..<4].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= size - 12, let bytes = try source.read(at: UInt64(size - 8 - length), length)
    else {
      throw ParseFailure("the Parquet file is damaged: its footer is longer than the file")
    }
    do throws(ParseFailure) {
      let footer = try bytes.withBytes { (bytes) throws(ParseFailure) in
        try ParquetFooter(bytes)
      }
      columns = footer.columns
      rowCount = footer.rowCount
      groups = footer.groups
    } catch {
      throw error.message == Self.encrypted.message
        ? error
        : ParseFailure(
          "the footer of the Parquet file is damaged: \(error.message)", hint: error.hint)
    }
    // A column of one value takes few bytes whatever its length; that all of many do, and so often, is no table.
    let room = (1 << 26) + 8192 * min(size, 1 << 40)
    guard rowCount <= room / 8 / max(1, columns.count), rowCount < Int(Int32.max) else {
      throw ParseFailure(
        "the Parquet file says that it has \(rowCount) rows of \(columns.count) columns, in \(size) bytes"
      )
    }
  }

  /// Rows of a group.
  package func rowCount(ofGroup group: Int) -> Int { groups[group].rowCount }

  /// The pages of a column in a group of rows. Its bytes are read as they are needed.
  ///
  /// - Throws: ``ParseFailure`` that names the column; ``Failure`` when the file cannot be read.
  package func chunk(_ column: Int, group: Int) throws -> ParquetColumnChunk {
    let chunk = groups[group].chunks[column]
    let column = columns[column]
    if let obstacle = chunk.obstacle {
      throw ParseFailure("column `\(column.name)` \(obstacle)")
    }
    if column.isRepeated { throw column.isNoCell }
    guard let codec = ParquetCodec(rawValue: chunk.codec) else {
      throw ParseFailure("column `\(column.name)` is packed in an unknown way, \(chunk.codec)")
    }
    if [.lzo, .brotli, .lz4Hadoop].contains(codec) {
      throw ParseFailure(
        "column `\(column.name)` is packed by \(codec.name), which is not read",
        hint: "write the file with snappy or zstd")
    }
    guard let bytes = ParquetChunkBytes(source, from: chunk.start, count: chunk.packedSize) else {
      throw ParseFailure("the pages of column `\(column.name)` are beyond the end of the file")
    }
    return ParquetColumnChunk(
      column: column, group: group, codec: codec, valueCount: chunk.valueCount,
      unpackedSize: chunk.unpackedSize, bytes: bytes)
  }
}
