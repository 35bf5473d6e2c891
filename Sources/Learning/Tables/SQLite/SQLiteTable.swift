import Compute
import Formats
import Platform
import Projects
import SystemPackage

/// Reads a table of a SQLite database, row by row.
///
/// A column is what its cells are, as SQLite lets each be what it likes: whole numbers, numbers, or text as soon as one cell is text,
/// with the numbers as Python writes them.
enum SQLiteTable {
  static func read(_ place: TablePlace, asText: Set<String>) throws -> Table {
    let file = try SQLiteFile(place.file)
    let table = try name(of: place, in: file)
    var columns = try read(file, table, place) { asText.contains($0) ? .text : .numbers }
    // The spelling of numbers is gone when text comes behind them.
    let again = Set(columns.filter(\.needsSecondReading).map(\.name))
    if !again.isEmpty {
      let texts = try read(file, table, place) { again.contains($0) ? .text : .skipped }
      for index in columns.indices where columns[index].needsSecondReading {
        columns[index] = texts[index]
      }
    }
    return Table(columns.map { $0.finish() }, source: "\(place.file)#\(table)")
  }

  /// The table that is meant.
  static func name(of place: TablePlace, in file: SQLiteFile) throws -> String {
    let tables = try file.tables
    guard let wanted = place.table else {
      if tables.count == 1 { return tables[0] }
      guard let first = tables.first else {
        throw Failure(.invalid, "there is no table in the database `\(place.file)`")
      }
      throw Failure(
        .usage, "the database `\(place.file)` has \(tables.count) tables: \(list(tables))",
        hint: "name one: `\(place.file.lastComponent?.string ?? "")#\(first)`")
    }
    if tables.contains(wanted) { return wanted }
    // As SQLite compares names.
    if let other = tables.first(where: { $0.lowercased() == wanted.lowercased() }) { return other }
    throw Failure(
      .notFound, "there is no table `\(wanted)` in the database `\(place.file)`",
      hint: tables.isEmpty ? nil : "it has: \(list(tables))")
  }

  private static func list(_ tables: [String]) -> String {
    let shown = tables.prefix(20).joined(separator: ", ")
    return tables.count > 20 ? shown + ", …" : shown
  }

  private static func read(
    _ file: SQLiteFile, _ table: String, _ place: TablePlace,
    as reading: (String) -> SQLiteColumn.Reading
  ) throws -> [SQLiteColumn] {
    var columns: [SQLiteColumn] = []
    var rows = 0
    do {
      try file.read(table) { names in
        columns = TableFile.columnNames(names).map { SQLiteColumn($0, as: reading($0)) }
      } row: { row in
        rows += 1
        // A view can be without end.
        guard rows <= (8 << 30) / 8 / max(1, columns.count) else {
          throw ParseFailure("table `\(table)` takes more than 8 GiB")
        }
        for index in columns.indices { try columns[index].append(row[index], row: rows) }
      }
    } catch let problem as ParseFailure {
      throw problem.failure(in: place.file.string)
    }
    return columns
  }
}
