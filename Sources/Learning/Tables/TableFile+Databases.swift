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
    let start = try start(of: place.file)
    if start.starts(with: SQLiteFile.magic) {
      return try SQLiteTable.read(place, asText: asText)
    }
    guard start.starts(with: ParquetFile.magic), place.table == nil else { return nil }
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

  private static func start(of path: FilePath) throws -> [UInt8] {
    let file = try FileSystem.openForReading(path)
    defer { try? file.close() }
    var bytes = [UInt8](repeating: 0, count: SQLiteFile.magic.count)
    let count = try bytes.withUnsafeMutableBytes {
      try FileSystem.readOnce(file.rawValue, into: $0, of: path)
    }
    return Array(bytes[..<count])
  }
}
