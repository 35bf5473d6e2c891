import Compute
import Formats
import Platform
import Projects
import SystemPackage

/// Opens tables that are to be read row by row.
package enum TableStreams {
  /// About how many bytes of a text a part takes.
  package static let partSize = 1 << 20

  /// Opens what ``TableFile/read(_:dialect:asText:threads:)`` reads; several files as one, when the path is a pattern with `*`,
  /// `?` or `[…]` and no file is named so; and what the process is given to read, for `-`.
  ///
  /// Of a text the first lines are read now, of JSON Lines all lines, because only they tell what columns there are. An archive of
  /// arrays, and an array that is packed or comes through a pipe, is held in memory as it is stored; nothing else is.
  ///
  /// - Parameters:
  ///   - dialect: nil takes tabs for `.tsv` and `.tab`, and what the first lines look like for all others.
  ///   - partSize: about how many bytes of a text a part takes; parts of other sources are as large.
  /// - Throws: ``Failure``, as ``TableFile`` does.
  package static func open(
    _ path: FilePath, dialect: CSVDialect? = nil, partSize: Int = partSize
  ) throws -> any TableStream {
    if path == "-" {
      return try open(FileFeed(standardInput: path), path, dialect: dialect, partSize: partSize)
    }
    let place = TablePlace(path)
    if place.table == nil, let files = try FilePattern.files(path) {
      return try JoinedStream(
        files.map { try open($0, dialect: dialect, partSize: partSize) }, source: path.string)
    }
    if FileSystem.isFile(place.file) {
      switch TableFormat.database(try TableFormat.head(of: place.file)) {
      case .sqlite: return try SQLiteStream(place, partSize: partSize)
      case .parquet where place.table == nil:
        return try ParquetStream(
          { try ParquetFile(place.file) }, source: place.file.string, partSize: partSize)
      default: break
      }
    }
    if let name = place.table {
      throw Failure(
        .invalid, "`\(place.file)` holds one table, none that is named `\(name)`",
        hint: "leave `#\(name)` out")
    }
    return try open(FileFeed(path), path, dialect: dialect, partSize: partSize)
  }

  /// Opens bytes that come one after the other.
  private static func open(
    _ feed: sending FileFeed, _ path: FilePath, dialect: CSVDialect?, partSize: Int
  ) throws -> any TableStream {
    let isFile = path != "-" && FileSystem.isFile(path)
    var head = try feed.head(TableFormat.headSize)
    var joined: any ByteFeed = JoinedFeed(head, feed)
    let limit = 8 << 30
    if head.starts(with: ParquetFile.magic) {
      let bytes = try joined.rest(limit: limit, of: path.string)
      return try ParquetStream(
        { try ParquetFile(parsing: bytes) }, source: path.string, partSize: partSize)
    }
    let packing = PackedText.format(of: head)
    do {
      if let packing {
        joined = try UnpackedFeed(joined, packing)
        head = try joined.head(TableFormat.headSize)
        joined = JoinedFeed(head, joined)
      }
      if path != "-" { try TableFormat.refuseOthers(head, path, isPacked: packing != nil) }
      let format = TableFormat(
        head, name: TableFormat.name(of: path, isPacked: packing != nil))
      switch format {
      case .text(let isTabbed):
        let origin =
          isFile ? TextOrigin(path, packing) : TextOrigin(once: joined, name: path.string)
        return try CSVStream(
          origin, dialect: dialect ?? (isTabbed ? .tabs : nil), partSize: partSize)
      case .jsonLines:
        let origin =
          isFile
          ? TextOrigin(path, packing)
          : TextOrigin(try joined.rest(limit: limit, of: path.string), name: path.string)
        return try JSONStream(origin, partSize: partSize)
      case .array, .idx:
        let bytes = isFile && packing == nil ? nil : try joined.rest(limit: limit, of: path.string)
        return try ArrayStream(path, bytes, isIDX: format == .idx, partSize: partSize)
      case .arrays, .sqlite, .parquet: return try ArrayStream(archive: path, partSize: partSize)
      }
    } catch let problem as ParseFailure {
      throw problem.failure(in: path.string)
    }
  }
}
