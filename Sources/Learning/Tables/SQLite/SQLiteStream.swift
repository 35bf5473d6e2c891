import Compute
import Formats
import Platform
import Projects
import SystemPackage

/// A table of a SQLite database, row by row.
///
/// A column's cells may be of any kind, whatever it is declared as: what its kind says is a promise only.
struct SQLiteStream: TableStream {
  let names: [String]
  let kinds: [Column.Kind?]
  let source: String?

  private let place: TablePlace
  private let table: String
  private let partRows: Int

  init(_ place: TablePlace, partSize: Int) throws {
    self.place = place
    let file = try SQLiteFile(place.file)
    table = try SQLiteTable.name(of: place, in: file)
    source = "\(place.file)#\(table)"
    let rows = try file.rows(of: table)
    names = TableFile.columnNames(rows.names)
    partRows = TypedRows.inPart(columns: names.count, partSize: partSize)
    kinds = rows.declaredTypes.map { $0.flatMap(Self.kind) }
  }

  var rowCount: Int? { nil }
  var canReadAgain: Bool { true }

  /// By SQLite's own rules for declared types (sqlite.org/datatype3.html, section 3.1); nil for those that bind nothing.
  static func kind(_ declared: String) -> Column.Kind? {
    let words = declared.uppercased()
    func has(_ parts: String...) -> Bool { parts.contains { words.contains($0) } }
    if has("INT") { return .int }
    if has("CHAR", "CLOB", "TEXT") { return .text }
    if has("BLOB") { return nil }
    return has("REAL", "FLOA", "DOUB") ? .float : nil
  }

  func read<Partial: Sendable>(
    _ readings: [TablePart.Reading], threads: Int,
    look: @Sendable (TablePart) throws -> Partial, take: (Partial) throws -> Void
  ) throws {
    precondition(readings.count == names.count, "a reading for some columns only")
    let cursor = try SQLiteFile(place.file).rows(of: table)
    guard TableFile.columnNames(cursor.names) == names else {
      throw Failure(
        .conflict, "the columns of `\(source ?? table)` have changed meanwhile",
        hint: "read it when nobody writes to it")
    }
    var reader = SQLiteReader(cursor, place: place, partRows: partRows)
    var firstRow = 0
    try reader.read(
      WorkerPool(threads: threads), firstRow: &firstRow,
      newPart: {
        let part = TablePart(readings, names: names, rows: partRows, isTyped: true)
        part.source = source
        return part
      }, look: look, take: take)
  }
}

/// Fills parts with rows of a query.
private struct SQLiteReader: PartReader {
  private let partRows: Int
  private let cursor: SQLiteCursor
  private let place: TablePlace
  /// Rows so far.
  private var rowCount = 0
  private var isAtEnd = false

  init(_ cursor: SQLiteCursor, place: TablePlace, partRows: Int) {
    self.cursor = cursor
    self.place = place
    self.partRows = partRows
  }

  mutating func fill(_ parts: [TablePart], _ pool: WorkerPool) -> PartFilling {
    var filling = PartFilling()
    for part in parts where !isAtEnd && filling.problem == nil {
      part.removeAll()
      do {
        while part.rowCount < partRows, !isAtEnd {
          guard let row = try cursor.next() else {
            isAtEnd = true
            break
          }
          rowCount += 1
          try append(row, to: part)
        }
        filling.count += 1
      } catch let problem as ParseFailure {
        filling.problem = problem.failure(in: place.file.string)
      } catch {
        filling.problem = error
      }
    }
    return filling
  }

  private func append(_ row: SQLiteRow, to part: TablePart) throws(ParseFailure) {
    part.reserve()
    for column in 0..<part.columnCount {
      let reading = part.reading(of: column)
      guard reading != .skipped else { continue }
      let isOfNumbers = reading == .numbers || reading == .declaredNumbers
      switch row[column] {
      case .missing: part.setMissing(column, row: part.rowCount)
      case .whole(let value) where isOfNumbers:
        part.setWhole(value, column, row: part.rowCount)
      case .number(let value) where isOfNumbers:
        part.setNumber(value, isWhole: false, column, row: part.rowCount)
      case .whole(let value): try part.setText("\(value)", column, row: part.rowCount)
      case .number(let value):
        try part.setText(NumberText.spelled(value), column, row: part.rowCount)
      case .text(let text): try part.setText(text, column, row: part.rowCount)
      case .blob:
        throw ParseFailure(
          "column `\(part.names[column])` holds bytes (a blob) in row \(rowCount)",
          hint: "name a view that leaves the column out")
      }
    }
    part.take(1)
  }
}
