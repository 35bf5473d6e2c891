/// How two tables of an output differ, by cells.
package struct TableDifference: Sendable, Hashable {
  package struct Cell: Sendable, Hashable {
    /// What the row and the column are called: their first cells.
    package var row: String
    package var column: String
    package var old: String
    package var new: String
  }

  package var cells: [Cell] = []
  package var removedRows: [[String]] = []
  package var addedRows: [[String]] = []
  package var removedColumns: [String] = []
  package var addedColumns: [String] = []

  /// Nil when one of the texts is no table, or nothing of a table changed.
  init?(_ type: String, _ old: String, _ new: String) {
    guard type == "text/html", let first = HTMLTable(old), let second = HTMLTable(new),
      let oldHead = first.rows.first, let newHead = second.rows.first
    else { return nil }
    var interning = Interning()
    let columns = SequenceDifference(interning.numbers(oldHead), interning.numbers(newHead)).matches
    let (oldColumns, newColumns) = (Set(columns.map(\.old)), Set(columns.map(\.new)))
    removedColumns = oldHead.indices.filter { !oldColumns.contains($0) }.map { oldHead[$0] }
    addedColumns = newHead.indices.filter { !newColumns.contains($0) }.map { newHead[$0] }
    var names = Interning()
    let (olds, news) = (first.rows.dropFirst(), second.rows.dropFirst())
    let rows = SequenceDifference(
      names.numbers(olds.map { $0.first ?? "" }), names.numbers(news.map { $0.first ?? "" })
    ).matches
    for match in rows {
      let (left, right) = (olds[match.old + 1], news[match.new + 1])
      for column in columns where column.old < left.count && column.new < right.count {
        let (was, now) = (left[column.old], right[column.new])
        guard !was.hasSameBytes(as: now) else { continue }
        cells.append(
          Cell(row: right.first ?? "", column: newHead[column.new], old: was, new: now))
      }
    }
    let (oldRows, newRows) = (Set(rows.map(\.old)), Set(rows.map(\.new)))
    removedRows = olds.indices.filter { !oldRows.contains($0 - 1) }.map { olds[$0] }
    addedRows = news.indices.filter { !newRows.contains($0 - 1) }.map { news[$0] }
    let isEmpty =
      cells.isEmpty && removedRows.isEmpty && addedRows.isEmpty && removedColumns.isEmpty
      && addedColumns.isEmpty
    if isEmpty { return nil }
  }
}
