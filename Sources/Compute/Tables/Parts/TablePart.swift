import Platform

/// The cells of some rows of a table that follow each other: a table is read in parts, on all cores.
///
/// Its columns are put together by a ``ColumnBuilder`` each, or looked at part by part. One thread uses a part at a time.
package final class TablePart {
  /// What is done with the cells of a column.
  package enum Reading: UInt8, Sendable {
    /// Numbers, until the first cell that is none: then all of the column's cells in the part are text. When it held numbers
    /// before, their spelling is gone, and it is lost.
    case numbers
    /// Numbers, whatever comes: a cell that is none is counted as a stray, and NaN.
    case declaredNumbers
    /// Text, each different one once where they repeat.
    case text
    /// Text as it lies in memory, for cells that mostly differ.
    case bytes
    case skipped

    var isOfNumbers: Bool { self == .numbers || self == .declaredNumbers }
  }

  package private(set) var rowCount = 0
  /// The lines that rows begin in; empty when the source has none.
  package private(set) var lines = RowLines()
  /// The number of the first row in the whole table, counted from 0, and the file that it stands in.
  package var firstRow = 0
  package var source: String?
  package let names: [String]

  /// Whether missing cells are told by the source itself, so that no text means one.
  let isTyped: Bool
  let columns: UnsafeMutableBufferPointer<PartColumn>
  private(set) var capacity: Int
  /// Where the fields of rows end that are read at a time; see ``readPlainRows(_:from:line:before:)``.
  let fieldEnds: UnsafeMutableBufferPointer<Int32>

  /// - Parameters:
  ///   - names: of the columns, for messages.
  ///   - rows: how many there will be, about.
  ///   - isTyped: whether the source says by itself which cells are missing; text is never taken for a missing cell then.
  package init(
    _ readings: [Reading], names: [String], rows: Int = 64, isTyped: Bool = false
  ) {
    precondition(names.count == readings.count, "a name for some columns only")
    self.names = names
    self.isTyped = isTyped
    let capacity = max(16, rows)
    self.capacity = capacity
    columns = .allocate(capacity: readings.count)
    for (index, reading) in readings.enumerated() {
      columns.initializeElement(at: index, to: PartColumn(reading, capacity: capacity))
    }
    fieldEnds = .allocate(
      capacity: isTyped ? 0 : Self.fieldEndCount(columns: readings.count))
  }

  deinit {
    for column in columns { column.deallocate() }
    columns.deallocate()
    fieldEnds.deallocate()
  }

  /// Forgets all rows, and keeps the memory.
  package func removeAll() {
    let rows = rowCount
    rowCount = 0
    lines = RowLines()
    for index in columns.indices {
      columns[index].removeAll(rows: rows, capacity: capacity)
    }
  }

  /// Makes room for so many more rows.
  package func reserve(_ rows: Int = 1) {
    guard capacity - rowCount < rows else { return }
    var new = capacity * 2
    while new - rowCount < rows { new *= 2 }
    for index in columns.indices { columns[index].grow(rowCount, to: new) }
    capacity = new
  }

  /// Takes rows over whose cells stand in the columns already.
  ///
  /// - Parameter line: of the first, when each stands in a line of its own.
  package func take(_ rows: Int, line: Int? = nil) {
    precondition(rows <= capacity - rowCount, "rows without room")
    rowCount += rows
    if let line { lines.append(line, rows: rows) }
  }

  /// Counts lines from further up in the source.
  package func moveLines(by count: Int) {
    guard count > 0 else { return }
    var moved = RowLines()
    moved.append(lines, movedBy: count)
    lines = moved
  }

  /// Adds a row of a text.
  ///
  /// - Parameter fields: one for each column.
  /// - Throws: ``ParseFailure``, without a place, for text that is not UTF-8. The row is not added then.
  package func append(
    _ fields: UnsafeBufferPointer<UnsafeBufferPointer<UInt8>>, line: Int
  ) throws(ParseFailure) {
    precondition(fields.count == columns.count, "a row of another table")
    reserve()
    for index in columns.indices {
      let field = fields[index]
      switch columns[index].reading {
      case .skipped: break
      case .text: try setWord(field, index, row: rowCount)
      case .bytes:
        if let word = Cell.missingWord(field) {
          columns[index].noteMissing(word)
          columns[index].places[rowCount] = .missing
        } else {
          try setBytes(field, index, row: rowCount)
        }
      case .numbers, .declaredNumbers: try appendNumber(field, index)
      }
    }
    take(1, line: line)
  }

  private func appendNumber(
    _ field: UnsafeBufferPointer<UInt8>, _ index: Int
  ) throws(ParseFailure) {
    switch Cell(field) {
    case .missing:
      columns[index].numbers[rowCount] = .nan
      columns[index].noteMissing(Cell.missingWord(field) ?? 0)
    case .whole(let value):
      columns[index].numbers[rowCount] = value
      noteGreat(value, field, index, row: rowCount)
    case .number(let value):
      columns[index].numbers[rowCount] = value
      columns[index].hasFraction = true
      noteGreat(value, field, index, row: rowCount)
    case .text where columns[index].reading == .declaredNumbers:
      try setStray(field, index, row: rowCount)
    case .text:
      columns[index].becomeText(rows: rowCount, capacity: capacity)
      try setWord(field, index, row: rowCount)
    }
  }

  /// Keeps what a large number is exactly.
  func noteGreat(
    _ value: Double, _ text: UnsafeBufferPointer<UInt8>, _ column: Int, row: Int
  ) {
    guard value.magnitude >= GreatWhole.start, columns[column].reading == .declaredNumbers,
      let great = GreatWhole(text)
    else { return }
    columns[column].noteGreat(great, row: row)
  }

  func setStray(
    _ text: UnsafeBufferPointer<UInt8>, _ column: Int, row: Int
  ) throws(ParseFailure) {
    guard UTF8Bytes.areValid(text) else { throw notUTF8(column) }
    columns[column].noteStray(text, row: row)
    columns[column].numbers[row] = .nan
  }

  func setWord(
    _ word: UnsafeBufferPointer<UInt8>, _ column: Int, row: Int
  ) throws(ParseFailure) {
    columns[column].codes[row] = try code(of: word, column)
  }

  /// The code of a word in a column of text.
  func code(
    of word: UnsafeBufferPointer<UInt8>, _ column: Int
  ) throws(ParseFailure) -> Int32 {
    let words = columns[column].words.takeUnretainedValue()
    if let code = words.knownCode(of: word) { return code }
    guard UTF8Bytes.areValid(word) else { throw notUTF8(column) }
    guard let (code, _) = words.code(of: word) else {
      throw ParseFailure("column `\(names[column])` has too many different values")
    }
    return code
  }

  func setBytes(
    _ bytes: UnsafeBufferPointer<UInt8>, _ column: Int, row: Int
  ) throws(ParseFailure) {
    columns[column].places[row] = try place(of: bytes, column)
  }

  /// Keeps what cells of a column point into.
  func keep(_ object: AnyObject, _ column: Int) {
    let notes = columns[column].notes.takeUnretainedValue()
    if notes.kept.last !== object { notes.kept.append(object) }
  }

  /// Where a copy of some text is kept for a column of bytes.
  func place(
    of bytes: UnsafeBufferPointer<UInt8>, _ column: Int
  ) throws(ParseFailure) -> ByteCells.Place {
    guard UTF8Bytes.areValid(bytes) else { throw notUTF8(column) }
    let kept = columns[column].notes.takeUnretainedValue().bytes.keep(bytes)
    return ByteCells.Place(start: kept.baseAddress, count: kept.count)
  }

  func notUTF8(_ column: Int) -> ParseFailure {
    isTyped
      ? ParseFailure("column `\(names[column])` holds bytes that are no text in UTF-8")
      : ParseFailure(
        "column `\(names[column])` holds text that is not UTF-8", hint: "save the file as UTF-8")
  }
}
