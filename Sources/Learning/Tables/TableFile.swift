import Compute
import Formats
import Platform
import SystemPackage

/// Reads a table from a file.
package enum TableFile {
  /// Reads CSV with a header line, typing columns as pandas' `read_csv` does.
  ///
  /// The whole file is held in memory while it is read; a column of numbers that turns out to hold
  /// text is read twice.
  ///
  /// - Parameters:
  ///   - dialect: nil takes tabs for `.tsv` and `.tab`, and commas for all others.
  ///   - asText: columns whose cells stay as they are spelled, even if all are numbers.
  /// - Throws: ``Failure`` with file, line and column; an empty file is one, a header without rows
  ///   is not.
  package static func readCSV(
    _ path: FilePath, dialect: CSVDialect? = nil, asText: Set<String> = []
  ) throws -> Table {
    let ending = path.extension?.lowercased()
    let dialect = dialect ?? (ending == "tsv" || ending == "tab" ? .tabs : .commas)
    // 8 GiB: more than that needs another way of reading.
    let bytes = try FileSystem.read(path, limit: 8 << 30)
    do {
      return try table(bytes, dialect: dialect, asText: asText, source: path.string)
    } catch {
      throw error.failure(in: path.string)
    }
  }

  /// The same for bytes that are at hand.
  package static func table(
    _ bytes: [UInt8], dialect: CSVDialect = .commas, asText: Set<String> = [], source: String? = nil
  ) throws(ParseFailure) -> Table {
    var reader = try CSVReader(bytes, dialect: dialect)
    guard let header = try reader.next() else {
      throw ParseFailure("the file is empty", hint: "the first line must name the columns")
    }
    let names = columnNames(header)
    var builders = names.map { ColumnBuilder(name: $0, asText: asText.contains($0)) }
    var lines: [Int] = []
    try feed(reader, into: &builders, columns: Array(names.indices)) { lines += $0.lines }

    let again = names.indices.filter { builders[$0].needsSecondReading }
    if !again.isEmpty {
      for column in again { builders[column] = ColumnBuilder(name: names[column], asText: true) }
      try feed(reader, into: &builders, columns: again) { _ in }
    }
    return Table(builders.map { $0.finish() }, source: source, lines: lines)
  }

  private static func feed(
    _ reader: CSVReader, into builders: inout [ColumnBuilder], columns: [Int],
    _ visit: (CSVBlock) -> Void
  ) throws(ParseFailure) {
    var reader = reader
    var block = CSVBlock()
    // As many fields as stay in the processor's cache between the columns.
    let records = max(16, 8192 / max(1, builders.count))
    while try reader.read(into: &block, records: records) > 0 {
      visit(block)
      for column in columns {
        let before = builders[column].rowCount
        do throws(ParseFailure) {
          try reader.withFields(of: column, in: block) { fields throws(ParseFailure) in
            try builders[column].append(fields)
          }
        } catch {
          var problem = error
          problem.line = block.lines[builders[column].rowCount - before]
          throw problem
        }
      }
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
