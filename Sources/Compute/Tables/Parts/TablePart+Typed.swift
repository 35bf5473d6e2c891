import Platform

/// Cells of a source that says by itself which are missing and which are numbers.
///
/// Rows are filled before they are taken: make room with ``reserve(_:)``, set the cells of rows from ``rowCount`` on, and call
/// ``take(_:line:)``. Columns may be filled by several threads at once, a thread each.
extension TablePart {
  package func setMissing(_ column: Int, row: Int) {
    switch columns[column].reading {
    case .numbers, .declaredNumbers: columns[column].numbers[row] = .nan
    case .text: columns[column].codes[row] = -1
    case .bytes: columns[column].places[row] = .missing
    case .skipped: break
    }
  }

  /// - Parameter isWhole: whether the source holds it as a whole number.
  /// - Precondition: the column is one of numbers; where text is wanted, the source spells its numbers itself.
  package func setNumber(_ value: Double, isWhole: Bool, _ column: Int, row: Int) {
    precondition(columns[column].reading.isOfNumbers, "a number in a column of text")
    columns[column].numbers[row] = value
    if !isWhole { columns[column].hasFraction = true }
  }

  /// The same for one of 64 bits.
  package func setWhole(_ value: Int64, _ column: Int, row: Int) {
    setNumber(Double(value), isWhole: true, column, row: row)
    if let great = GreatWhole(value) { setGreat(great, column, row: row) }
  }

  /// Says what a number of a column is exactly; rows come in their order.
  package func setGreat(_ value: GreatWhole, _ column: Int, row: Int) {
    guard columns[column].reading == .declaredNumbers else { return }
    columns[column].noteGreat(value, row: row)
  }

  /// Where the numbers of a column from a row on are to be put, as many as there is room for.
  package func numbersToFill(_ column: Int, from row: Int) -> UnsafeMutableBufferPointer<Double> {
    precondition(columns[column].reading.isOfNumbers && row <= capacity, "no place for numbers")
    return UnsafeMutableBufferPointer(
      start: columns[column].numbers + row, count: capacity - row)
  }

  /// Says that numbers which were filled in cannot be whole.
  package func setHasFraction(_ column: Int) { columns[column].hasFraction = true }

  /// Sets a cell of text; text in a column of numbers makes it one of text, or is a stray.
  ///
  /// - Throws: ``ParseFailure`` for text that is not UTF-8.
  package func setText(
    _ text: UnsafeBufferPointer<UInt8>, _ column: Int, row: Int
  ) throws(ParseFailure) {
    switch columns[column].reading {
    case .skipped: break
    case .text: try setWord(text, column, row: row)
    case .bytes: try setBytes(text, column, row: row)
    case .numbers:
      columns[column].becomeText(rows: row, capacity: capacity)
      try setWord(text, column, row: row)
    case .declaredNumbers:
      switch Cell(text) {
      case .whole(let value):
        columns[column].numbers[row] = value
        noteGreat(value, text, column, row: row)
      case .number(let value):
        columns[column].numbers[row] = value
        columns[column].hasFraction = true
        noteGreat(value, text, column, row: row)
      case .text, .missing: try setStray(text, column, row: row)
      }
    }
  }

  /// The same for text that is at hand as a string.
  package func setText(_ text: String, _ column: Int, row: Int) throws(ParseFailure) {
    let bytes = Array(text.utf8)
    try bytes.withUnsafeBufferPointer { (bytes) throws(ParseFailure) in
      try setText(bytes, column, row: row)
    }
  }
}
