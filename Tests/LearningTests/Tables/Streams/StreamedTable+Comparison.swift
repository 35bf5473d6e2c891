import Compute
import Testing

extension StreamedTable {
  /// Compares typed columns with those of the whole table: its numbers with `numbers`, its text with `texts`.
  static func compare(
    _ table: Table, numbers: StreamedTable, texts: StreamedTable, _ comment: Comment,
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    #expect(table.columns.map(\.name) == numbers.names, comment, sourceLocation: sourceLocation)
    #expect(table.rowCount == numbers.rowCount, comment, sourceLocation: sourceLocation)
    #expect(Array(table.lines) == numbers.lines, comment, sourceLocation: sourceLocation)
    for (index, (column, cells)) in zip(table.columns, Self.cells(table)).enumerated() {
      let typed: [String?] =
        switch column.kind {
        case .int, .float: numbers.columns[index].texts
        case .text: texts.columns[index].texts
        // Truth values are words in a text, and may be numbers elsewhere.
        case .bool:
          texts.columns[index].texts.map { $0?.lowercased() == "true" ? "1.0" : "0.0" }
        }
      #expect(typed == cells, "\(comment) \(column.name)", sourceLocation: sourceLocation)
    }
  }
}
