import Compute
import Formats
import Platform
import Projects
import SystemPackage

/// Files that are read in pieces, from where their values lie.
extension TableFile {
  /// Reads a Parquet file or a table of a SQLite database; nil when the file is neither.
  static func database(_ place: TablePlace, asText: Set<String>, threads: Int) throws -> Table? {
    // Pipes can be read once only, and from their beginning.
    guard FileSystem.isFile(place.file) else { return nil }
    switch TableFormat.database(try TableFormat.head(of: place.file)) {
    case .sqlite: return try SQLiteTable.read(place, asText: asText)
    case .parquet where place.table == nil: break
    default: return nil
    }
    return try parquet(
      { try ParquetFile(place.file) }, asText: asText, source: place.file.string, threads: threads)
  }

  /// - Parameter open: is called once; what it throws is told with the file's name, as all else.
  static func parquet(
    _ open: () throws -> ParquetFile, asText: Set<String>, source: String?,
    threads: Int = WorkerPool.processorCount
  ) throws -> Table {
    do {
      return try ParquetTable.table(open(), asText: asText, source: source, threads: threads)
    } catch let problem as ParseFailure {
      throw problem.failure(in: source ?? "the Parquet file")
    }
  }
}
