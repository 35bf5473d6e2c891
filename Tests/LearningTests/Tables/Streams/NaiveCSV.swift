import Compute
import Formats
import Platform

@testable import Learning

/// A CSV text as ``CSVReader`` gives it, record by record, and each cell as ``Cell`` takes it: what streams must agree with.
struct NaiveCSV {
  var names: [String]
  /// Row by row.
  var rows: [[String]] = []
  var lines: [Int] = []

  init(_ bytes: [UInt8], dialect: CSVDialect) throws(ParseFailure) {
    var reader = try CSVReader(bytes, dialect: dialect)
    guard let header = try reader.next() else {
      throw ParseFailure("the file is empty", hint: "the first line must name the columns")
    }
    names = TableFile.columnNames(header)
    var block = CSVBlock()
    while try reader.read(into: &block, records: 1) == 1 {
      lines.append(block.lines[0])
      rows.append(
        bytes.withUnsafeBufferPointer { text in
          block.withFields(ofRecord: 0, in: text) { fields in
            fields.map { String(decoding: $0, as: UTF8.self) }
          }
        })
    }
  }

  /// What a stream must say, but for its parts.
  func expected(_ reading: TablePart.Reading) -> StreamedTable {
    var table = StreamedTable(names: names, lines: lines, rowCount: rows.count)
    table.columns = names.indices.map { column in
      var cells = StreamedTable.Cells()
      guard reading != .skipped else { return cells }
      for (row, text) in rows.map({ $0[column] }).enumerated() {
        let cell = Cell(text)
        if case .missing = cell {
          cells.missing.count += 1
          cells.missing.spellings[text, default: 0] += 1
          cells.texts.append(nil)
          continue
        }
        guard reading == .declaredNumbers else {
          cells.texts.append(text)
          continue
        }
        switch cell {
        case .whole(let value): cells.texts.append("\(value)")
        case .number(let value):
          cells.texts.append("\(value)")
          cells.hasFraction = true
        case .text, .missing:
          cells.texts.append(nil)
          cells.strays.count += 1
          cells.strays.first.append(.init(row: row, text: text))
        }
      }
      cells.isText = cells.texts.map { _ in reading != .declaredNumbers }
      return cells
    }
    return table
  }
}
