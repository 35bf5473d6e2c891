import Platform

/// Columns of equal length.
package struct Table: Sendable {
  package let columns: [Column]
  package let rowCount: Int
  /// Where the table came from, for messages: a file's path as it was given; nil when it was made
  /// in memory.
  package var source: String?
  /// The line of `source` that each row starts in, counted from 1; empty when there is no source.
  package var lines: RowLines

  /// - Precondition: the columns have one length.
  package init(_ columns: [Column], source: String? = nil, lines: RowLines = []) {
    let rowCount = columns.first?.count ?? 0
    precondition(columns.allSatisfy { $0.count == rowCount }, "columns of differing length")
    precondition(lines.isEmpty || lines.count == rowCount, "a line for some rows only")
    self.columns = columns
    self.rowCount = rowCount
    self.source = source
    self.lines = lines
  }

  package subscript(name: String) -> Column? { columns.first { $0.name == name } }

  package func index(of name: String) -> Int? { columns.firstIndex { $0.name == name } }

  /// Where a row stands; nil when the table has no source.
  package func location(row: Int? = nil) -> SourceLocation? {
    source.map { file in
      let line = row.flatMap { lines.indices.contains($0) ? lines[$0] : nil }
      return SourceLocation(file: file, line: line)
    }
  }
}
