import Compute
import Formats
import Platform
import Projects
import SystemPackage

/// Reads a table from a file.
package enum TableFile {
  /// Reads a table: CSV with a header line, JSON Lines (`.jsonl`, `.ndjson`), Parquet, a table of a SQLite database, an array or
  /// an archive of arrays of NumPy's, or MNIST's format; each but Parquet and SQLite may be packed by gzip or zstd.
  ///
  /// Columns of CSV are typed as pandas' `read_csv` does. The whole file is held in memory while it is read, Parquet and SQLite
  /// excepted, and beside it 8 bytes for each number, 4 for each text and each different text once; a column of numbers of CSV
  /// that turns out to hold text is read twice.
  ///
  /// A path that ends with `#NAME` names one table of a file that holds several; see ``TablePlace``.
  ///
  /// - Parameters:
  ///   - dialect: nil takes tabs for `.tsv` and `.tab`, and what the first lines look like for all others.
  ///   - asText: columns whose cells stay as they are spelled, even if all are numbers.
  /// - Throws: ``Failure`` with file, line and column; an empty file is one, a header without rows
  ///   is not.
  package static func read(
    _ path: FilePath, dialect: CSVDialect? = nil, asText: Set<String> = [],
    threads: Int = WorkerPool.processorCount
  ) throws -> Table {
    let place = TablePlace(path)
    if let table = try database(place, asText: asText, threads: threads) { return table }
    if let name = place.table {
      throw Failure(
        .invalid, "`\(place.file)` holds one table, none that is named `\(name)`",
        hint: "leave `#\(name)` out")
    }
    // More than that needs another way of reading.
    let limit = 8 << 30
    var bytes = try FileSystem.read(path, limit: limit)
    if bytes.starts(with: ParquetFile.magic) {
      return try parquet(
        { try ParquetFile(parsing: bytes) }, asText: asText, source: path.string,
        threads: threads)
    }
    do throws(ParseFailure) {
      let isPacked = PackedText.format(of: bytes) != nil
      if isPacked { bytes = try PackedText.unpack(bytes, limit: limit) }
      let head = Array(bytes.prefix(TableFormat.headSize))
      try TableFormat.refuseOthers(head, path, isPacked: isPacked)
      let name = TableFormat.name(of: path, isPacked: isPacked)
      switch TableFormat(head, name: name) {
      case .array: return try table(NumPyArray(parsing: bytes), source: path.string)
      case .idx: return try table(NumPyArray(parsingIDX: bytes), source: path.string)
      case .jsonLines: return try JSONLines.table(bytes, source: path.string)
      case .text(let isTabbed):
        return try table(
          bytes, dialect: dialect ?? (isTabbed ? .tabs : .sniffed(bytes)), asText: asText,
          source: path.string, threads: threads)
      case .arrays, .sqlite, .parquet: break
      }
    } catch {
      throw error.failure(in: path.string)
    }
    return try arrays(ofArchive: path)
  }

  /// The same for bytes that are at hand.
  ///
  /// - Parameter partSize: about how many bytes one thread reads at a time; the table does not depend on it.
  package static func table(
    _ bytes: [UInt8], dialect: CSVDialect = .commas, asText: Set<String> = [],
    source: String? = nil,
    threads: Int = WorkerPool.processorCount, partSize: Int = 4 << 20
  ) throws(ParseFailure) -> Table {
    do {
      return try bytes.withUnsafeBufferPointer { text in
        let window = TextWindow(whole: text)
        let header = try CSVHeader(window, dialect: dialect)
        let pool = WorkerPool(threads: min(threads, bytes.count / partSize + 1))
        let (columns, lines) = try CSVTable(window, header, pool: pool, partSize: partSize)
          .read(asText: asText)
        return Table(columns, source: source, lines: lines)
      }
    } catch let problem as ParseFailure {
      throw problem
    } catch {
      // Memory can always be read.
      throw ParseFailure("\(error)")
    }
  }

  /// A name for every column: those that pandas gives to the nameless (`Unnamed: 3`) and to
  /// repeated ones (`a.1`).
  static func columnNames(_ header: [String]) -> [String] {
    var names = header.enumerated().map { $1.isEmpty ? "Unnamed: \($0)" : $1 }
    let written = header.indices.filter { !header[$0].isEmpty }
    // Names that are written come before those that are made up.
    let order = written + header.indices.filter { header[$0].isEmpty }
    var taken = Set(names)
    var counts: [String: Int] = [:]
    for index in order {
      let base = names[index]
      var name = base
      while let count = counts[name], count > 0 {
        // The next number that gives a name of its own.
        var number = counts[base, default: 1]
        while taken.contains("\(base).\(number)") { number += 1 }
        counts[base] = number + 1
        name = "\(base).\(number)"
      }
      counts[name, default: 0] += 1
      taken.insert(name)
      names[index] = name
    }
    return names
  }
}
