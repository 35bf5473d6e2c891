import Compute
import Formats
import Platform

/// Reads the columns of a Parquet file, each by one thread.
///
/// What pandas keeps for itself, the row labels `__index_level_0__`, is no column of the table, as it is none for pandas.
enum ParquetTable {
  /// - Parameter asText: columns whose numbers are wanted as text.
  static func table(
    _ file: ParquetFile, asText: Set<String>, source: String?, threads: Int
  ) throws -> Table {
    let (indices, names) = columns(of: file)
    let readers = zip(indices, names).map { index, name in
      ParquetColumnReader(file: file, index: index, name: name, asText: asText.contains(name))
    }
    // All that are refused before any is read.
    for reader in readers { try reader.check() }
    let pool = WorkerPool(threads: min(threads, file.rowCount / 10_000 + 1))
    let results = pool.map(readers.count) { index in Result { try readers[index].read() } }
    return Table(try results.map { try $0.get() }, source: source)
  }

  /// Which of a file's columns are those of the table, and what it calls them.
  static func columns(of file: ParquetFile) -> (indices: [Int], names: [String]) {
    let indices = file.columns.indices.filter { index in
      let name = file.columns[index].name
      return !(name.hasPrefix("__index_level_") && name.hasSuffix("__"))
    }
    return (indices, TableFile.columnNames(indices.map { file.columns[$0].name }))
  }
}
