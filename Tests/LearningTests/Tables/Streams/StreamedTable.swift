import Compute
import Platform

@testable import Learning

/// All that a stream says about a table, cell by cell.
struct StreamedTable: Hashable {
  struct Cells: Hashable, Sendable {
    /// Numbers as Swift spells them; nil where missing, lost, or a stray.
    var texts: [String?] = []
    /// For each row whether its part held the column as text, and had lost what came before.
    var isText: [Bool] = []
    var isLost = false
    var hasFraction = false
    var missing = MissingCells()
    var strays = StrayCells()
    /// The words of all parts, one after the other.
    var words: [String] = []
  }

  var names: [String] = []
  var columns: [Cells] = []
  /// Empty for a source without lines.
  var lines: [Int] = []
  /// The first row of each part.
  var bounds: [Int] = []
  var rowCount = 0
  var sources: Set<String?> = []

  /// - Parameter readings: nil for all columns as one reading.
  static func read(
    _ stream: any TableStream, _ reading: TablePart.Reading, threads: Int,
    readings: [TablePart.Reading]? = nil
  ) throws -> StreamedTable {
    let readings = readings ?? stream.names.map { _ in reading }
    var all = StreamedTable(
      names: stream.names, columns: readings.map { _ in Cells() })
    try stream.read(readings, threads: threads) { part in
      Piece(part)
    } take: { piece in
      precondition(piece.firstRow == all.rowCount, "parts out of order")
      precondition(piece.rowCount > 0, "a part without rows")
      all.bounds.append(piece.firstRow)
      all.rowCount += piece.rowCount
      all.lines += piece.lines
      all.sources.insert(piece.source)
      for (column, cells) in piece.columns.enumerated() {
        all.columns[column].texts += cells.texts
        all.columns[column].isText += cells.isText
        all.columns[column].isLost = all.columns[column].isLost || cells.isLost
        all.columns[column].hasFraction = all.columns[column].hasFraction || cells.hasFraction
        all.columns[column].missing += cells.missing
        all.columns[column].words += cells.words
        all.columns[column].strays.count += cells.strays.count
        all.columns[column].strays.first += cells.strays.first.map {
          StrayCells.Cell(row: $0.row + piece.firstRow, text: $0.text)
        }
      }
    }
    return all
  }

  /// A copy of a part.
  private struct Piece: Sendable {
    var firstRow: Int
    var rowCount: Int
    var lines: [Int]
    var source: String?
    var columns: [Cells]

    init(_ part: TablePart) {
      firstRow = part.firstRow
      rowCount = part.rowCount
      lines = Array(part.lines)
      source = part.source
      columns = (0..<part.columnCount).map { Self.cells($0, of: part) }
    }

    private static func cells(_ column: Int, of part: TablePart) -> Cells {
      var cells = Cells(
        isLost: part.isLost(column), hasFraction: part.hasFraction(column),
        missing: part.missing(of: column), strays: part.strays(of: column))
      if let numbers = part.numbers(of: column) {
        cells.texts = numbers.map { $0.isNaN ? nil : "\($0)" }
      } else if let texts = part.texts(of: column) {
        cells.words = (0..<texts.wordCount).map {
          String(decoding: texts.word($0), as: UTF8.self)
        }
        cells.texts = texts.codes.map { $0 < 0 ? nil : cells.words[Int($0)] }
      } else if let bytes = part.bytes(of: column) {
        cells.texts = (0..<bytes.count).map { row in
          bytes[row].map { String(decoding: $0, as: UTF8.self) }
        }
      }
      let isText = part.numbers(of: column) == nil && part.reading(of: column) != .skipped
      cells.isText = cells.texts.map { _ in isText }
      return cells
    }
  }
}

extension StreamedTable {
  /// The columns as they are in a table that is read as a whole: cells as text, nil where missing.
  static func cells(_ table: Table) -> [[String?]] {
    table.columns.map { column in
      switch column.values {
      case .numbers(let numbers): numbers.map { $0.isNaN ? nil : "\($0)" }
      case .codes(let codes, let categories): codes.map { $0 < 0 ? nil : categories[Int($0)] }
      }
    }
  }
}

extension StreamedTable {
  /// Leaves of each part's strays the first few.
  mutating func limitStrays(toPartsAt bounds: [Int]) {
    for index in columns.indices {
      var counts: [Int: Int] = [:]
      columns[index].strays.first = columns[index].strays.first.filter { stray in
        let part = bounds.lastIndex { $0 <= stray.row } ?? -1
        counts[part, default: 0] += 1
        return counts[part, default: 0] <= StrayCells.limit
      }
    }
  }
}
