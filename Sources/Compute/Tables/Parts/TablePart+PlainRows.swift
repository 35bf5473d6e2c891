import CKernels
import Platform

extension TablePart {
  /// What the inner loops know of a text.
  package struct PlainText {
    package var bytes: UnsafePointer<UInt8>
    /// Behind the text's last newline: no row is read that does not end before it.
    package var end: Int
    /// Rows that begin before this are not read: some bytes in front of each must be readable, whatever they are.
    package var start: Int
    package var delimiter: UInt8
    package var quote: UInt8

    /// Bytes in front of the first row that is read.
    package static let margin = 32
    /// No row that is longer is read.
    package static let longest = (1 << 20) + 128

    package init(
      bytes: UnsafePointer<UInt8>, start: Int = PlainText.margin, end: Int, delimiter: UInt8,
      quote: UInt8
    ) {
      self.bytes = bytes
      self.start = start
      self.end = end
      self.delimiter = delimiter
      self.quote = quote
    }
  }

  /// Rows that are read at a time: their text, and where their fields are, stay in the processor's first cache.
  private static func batch(columns: Int) -> Int { max(1, min(128, 4096 / max(1, columns))) }

  /// One in front, and what ``ck_csv_rows`` asks for.
  static func fieldEndCount(columns: Int) -> Int {
    1 + (batch(columns: columns) + 1) * columns + 136
  }

  /// Reads rows that have nothing special about them, up to the first that has: fields without quotes or in one pair of them, as
  /// many as there are columns, in a line of their own.
  ///
  /// - Parameters:
  ///   - position: where a line begins.
  ///   - line: its number; moved on.
  ///   - end: rows that begin here or behind it are not read.
  /// - Returns: where the first line begins that was not read.
  package func readPlainRows(
    _ text: PlainText, from position: Int, line: inout Int, before end: Int
  ) -> Int {
    // A quote that may begin a number would be taken for its digit.
    guard position >= text.start, columns.count > 0, !Self.isOfNumber(text.quote),
      let ends = fieldEnds.baseAddress
    else { return position }
    let batch = Self.batch(columns: columns.count)
    let end = min(end, text.end)
    var position = position
    while position < end {
      reserve(batch)
      var next = 0
      var hasHigh: Int32 = 0
      let found = ck_csv_rows(
        text.bytes + position, end - position, text.end - position, text.delimiter, text.quote,
        columns.count, batch, ends + 1, &next, &hasHigh)
      ends[0] = -1
      let fields = PlainFields(
        text: text.bytes + position, ends: ends, width: columns.count, quote: text.quote,
        isASCII: hasHigh == 0)
      let rows = read(fields, rows: found)
      take(rows, line: line)
      line += rows
      guard rows == found else { return position + Int(ends[rows * columns.count]) + 1 }
      position += next
      guard rows == batch else { break }
    }
    return position
  }

  private static func isOfNumber(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }

  /// Reads the cells of some rows, column by column.
  ///
  /// - Returns: how many rows are read: fewer than there are when one must be refused.
  private func read(_ fields: PlainFields, rows: Int) -> Int {
    var rows = rows
    for column in columns.indices {
      switch columns[column].reading {
      case .skipped: break
      case .numbers, .declaredNumbers: rows = readNumbers(fields, column, rows: rows)
      case .text: rows = readTexts(fields, column, from: 0, rows: rows)
      case .bytes: rows = readBytes(fields, column, rows: rows)
      }
    }
    return rows
  }

  private func readNumbers(_ fields: PlainFields, _ column: Int, rows: Int) -> Int {
    let numbers = columns[column].numbers + rowCount
    var walk = fields.walk(column)
    var hasFraction = false
    var emptyCount = 0
    var row = 0
    while row < rows {
      let field = walk.next()
      if field.count == 0 {
        numbers[row] = .nan
        emptyCount += 1
      } else if let number = FieldNumber(field.start, field.count) {
        numbers[row] = number.value
        hasFraction = hasFraction || number.isFraction
      } else if !keepNumber(fields.contents(field.start, field.count), fields, column, row) {
        break
      }
      row += 1
    }
    if hasFraction { columns[column].hasFraction = true }
    if emptyCount > 0 { columns[column].noteMissing(0, count: emptyCount) }
    if columns[column].reading == .declaredNumbers { noteGreats(fields, column, rows: row) }
    guard row < rows, columns[column].asked == .numbers else { return row }
    columns[column].becomeText(rows: rowCount + row, capacity: capacity)
    return readTexts(fields, column, from: row, rows: rows)
  }

  /// Keeps what large numbers of some rows are exactly; most columns have none.
  @inline(__always)
  private func noteGreats(_ fields: PlainFields, _ column: Int, rows: Int) {
    let numbers = columns[column].numbers + rowCount
    var count = 0
    // False for NaN.
    for row in 0..<rows { count &+= numbers[row].magnitude >= GreatWhole.start ? 1 : 0 }
    if count > 0 { keepGreats(fields, column, rows: rows) }
  }

  @inline(never)
  private func keepGreats(_ fields: PlainFields, _ column: Int, rows: Int) {
    let numbers = columns[column].numbers + rowCount
    var walk = fields.walk(column)
    for row in 0..<rows {
      let field = walk.next()
      guard field.count > 0 else { continue }
      noteGreat(
        numbers[row], fields.contents(field.start, field.count), column, row: rowCount + row)
    }
  }

  /// Keeps what is no plain number; false for text that cannot be kept.
  private func keepNumber(
    _ bytes: UnsafeBufferPointer<UInt8>, _ fields: PlainFields, _ column: Int, _ row: Int
  ) -> Bool {
    let place = columns[column].numbers + rowCount + row
    switch Cell(bytes) {
    case .missing:
      place.pointee = .nan
      columns[column].noteMissing(Cell.missingWord(bytes) ?? 0)
    case .whole(let value): place.pointee = value
    case .number(let value):
      place.pointee = value
      columns[column].hasFraction = true
    case .text:
      guard columns[column].reading == .declaredNumbers,
        fields.isASCII || UTF8Bytes.areValid(bytes)
      else { return false }
      place.pointee = .nan
      columns[column].noteStray(bytes, row: rowCount + row)
    }
    return true
  }

  private func readTexts(
    _ fields: PlainFields, _ column: Int, from first: Int, rows: Int
  ) -> Int {
    let codes = columns[column].codes + rowCount
    return columns[column].words._withUnsafeGuaranteedRef { words in
      var walk = fields.walk(column, from: first)
      for row in first..<rows {
        let field = walk.next()
        let text = fields.contents(field.start, field.count)
        if !fields.isASCII, words.knownCode(of: text) == nil, !UTF8Bytes.areValid(text) {
          return row
        }
        guard let (code, _) = words.code(of: text) else { return row }
        codes[row] = code
      }
      return rows
    }
  }

  private func readBytes(_ fields: PlainFields, _ column: Int, rows: Int) -> Int {
    let places = columns[column].places + rowCount
    var walk = fields.walk(column)
    for row in 0..<rows {
      let field = walk.next()
      let text = fields.contents(field.start, field.count)
      if let word = Cell.missingWord(text) {
        columns[column].noteMissing(word)
        places[row] = .missing
        continue
      }
      if !fields.isASCII, !UTF8Bytes.areValid(text) { return row }
      places[row] = ByteCells.Place(start: text.baseAddress, count: text.count)
    }
    return rows
  }
}
