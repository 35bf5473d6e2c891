import Platform

/// The cells of some rows of a text that follow each other: a table is read in parts, on all cores, and its columns are put
/// together by a ``ColumnBuilder`` each.
///
/// A column is one of numbers until its first cell that is none. When it held numbers before, their spelling is gone, and it is
/// lost.
package final class TablePart {
  /// What is done with the cells of a column.
  package enum Reading: UInt8, Sendable {
    case numbers, text, skipped
  }

  /// A column of the part, laid out for the inner loop.
  struct Cells {
    var reading: Reading
    /// Of ``TablePart/capacity`` each; only the one that `reading` names is used.
    var numbers: UnsafeMutablePointer<Double>
    var codes: UnsafeMutablePointer<Int32>
    /// Those of a column of text, missing ones and numbers as they are spelled among them.
    var words: Unmanaged<WordTable>
    /// A number that is not whole was among them.
    var hasFraction = false
  }

  package private(set) var rowCount = 0
  package private(set) var lines = RowLines()
  let columns: UnsafeMutableBufferPointer<Cells>
  private(set) var capacity: Int
  /// Whether a column's numbers were read, and their spelling is needed.
  private(set) var isLost: [Bool]
  private let readings: [Reading]
  private let names: [String]

  /// - Parameters:
  ///   - names: of the columns, for messages.
  ///   - rows: how many there will be, about.
  package init(_ readings: [Reading], names: [String], rows: Int = 64) {
    precondition(names.count == readings.count, "a name for some columns only")
    self.names = names
    capacity = max(16, rows)
    columns = .allocate(capacity: readings.count)
    for (index, reading) in readings.enumerated() {
      columns.initializeElement(
        at: index,
        to: Cells(
          reading: reading, numbers: .allocate(capacity: reading == .numbers ? capacity : 0),
          codes: .allocate(capacity: reading == .text ? capacity : 0),
          words: .passRetained(WordTable())))
    }
    self.readings = readings
    isLost = Array(repeating: false, count: readings.count)
  }

  deinit {
    for cells in columns {
      cells.numbers.deallocate()
      cells.codes.deallocate()
      cells.words.release()
    }
    columns.deallocate()
  }

  /// Forgets all rows, and keeps the memory.
  package func removeAll() {
    rowCount = 0
    lines = RowLines()
    for index in columns.indices {
      columns[index].words.takeUnretainedValue().removeAll()
      columns[index].hasFraction = false
      isLost[index] = false
      guard columns[index].reading != readings[index] else { continue }
      columns[index].codes.deallocate()
      columns[index].codes = .allocate(capacity: 0)
      columns[index].numbers.deallocate()
      columns[index].numbers = .allocate(capacity: capacity)
      columns[index].reading = .numbers
    }
  }

  /// Whether a column holds any number.
  func hasNumbers(_ column: Int) -> Bool {
    let cells = columns[column]
    return cells.reading == .numbers && (0..<rowCount).contains { !cells.numbers[$0].isNaN }
  }

  /// Makes room for one more row at least.
  func reserve() {
    guard rowCount == capacity else { return }
    let new = capacity * 2
    for index in columns.indices {
      switch columns[index].reading {
      case .numbers: Self.grow(&columns[index].numbers, rowCount, to: new)
      case .text: Self.grow(&columns[index].codes, rowCount, to: new)
      case .skipped: break
      }
    }
    capacity = new
  }

  private static func grow<Value>(
    _ values: inout UnsafeMutablePointer<Value>, _ count: Int, to capacity: Int
  ) {
    let new = UnsafeMutablePointer<Value>.allocate(capacity: capacity)
    new.moveInitialize(from: values, count: count)
    values.deallocate()
    values = new
  }

  /// Takes rows over whose cells stand in the columns already.
  func take(_ rows: Int, line: Int) {
    rowCount += rows
    lines.append(line, rows: rows)
  }

  /// Adds a row.
  ///
  /// - Parameter fields: one for each column.
  /// - Throws: ``ParseFailure``, without a place, for text that is not UTF-8. The row is not added then.
  package func append(
    _ fields: UnsafeBufferPointer<UnsafeBufferPointer<UInt8>>, line: Int
  ) throws(ParseFailure) {
    precondition(fields.count == columns.count, "a row of another table")
    reserve()
    for index in columns.indices {
      switch columns[index].reading {
      case .skipped: break
      case .text: try appendWord(fields[index], index)
      case .numbers:
        switch Cell(fields[index]) {
        case .missing: columns[index].numbers[rowCount] = .nan
        case .whole(let value): columns[index].numbers[rowCount] = value
        case .number(let value):
          columns[index].numbers[rowCount] = value
          columns[index].hasFraction = true
        case .text:
          becomeText(index)
          try appendWord(fields[index], index)
        }
      }
    }
    take(1, line: line)
  }

  private func appendWord(
    _ word: UnsafeBufferPointer<UInt8>, _ column: Int
  ) throws(ParseFailure) {
    guard let (code, isNew) = columns[column].words.takeUnretainedValue().code(of: word) else {
      throw ParseFailure("column `\(names[column])` has too many different values")
    }
    if isNew, String(validating: word, as: UTF8.self) == nil {
      throw ParseFailure(
        "column `\(names[column])` holds text that is not UTF-8", hint: "save the file as UTF-8")
    }
    columns[column].codes[rowCount] = code
  }

  private func becomeText(_ column: Int) {
    isLost[column] = hasNumbers(column)
    columns[column].numbers.deallocate()
    columns[column].numbers = .allocate(capacity: 0)
    columns[column].codes.deallocate()
    columns[column].codes = .allocate(capacity: capacity)
    columns[column].reading = .text
    guard rowCount > 0 else { return }
    // What was there is missing: any spelling of it will do.
    let words = columns[column].words.takeUnretainedValue()
    let empty = words.code(of: UnsafeBufferPointer(start: nil, count: 0))?.code ?? 0
    columns[column].codes.initialize(repeating: empty, count: rowCount)
  }
}
