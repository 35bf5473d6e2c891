import Compute
import Learning

/// Some rows that follow each other, as scans see them.
struct RowBlock {
  let part: TablePart
  /// The place in the table of each column by name.
  let places: [String: Int]
  /// Rows that count, by filter; a filter that is not in it lets none through.
  var masks: [RowExpression: RowMask] = [:]

  init(_ part: TablePart, places: [String: Int]) {
    self.part = part
    self.places = places
  }

  var rowCount: Int { part.rowCount }

  /// The cells of a column that is read as numbers; NaN where there is none.
  func numbers(_ column: String) -> UnsafeBufferPointer<Double>? {
    places[column].flatMap { part.numbers(of: $0) }
  }

  /// What cells of a column of numbers are exactly, where doubles do not tell them apart; nil when they do.
  func greats(_ column: String) -> GreatWholes? {
    places[column].flatMap { part.greats(of: $0) }
  }

  /// The number that stands in a row; nil when it is missing, or the column is read as text.
  func number(_ column: String, _ row: Int) -> PlainNumber? {
    guard let numbers = numbers(column), !numbers[row].isNaN else { return nil }
    return greats(column)?[row].map { PlainNumber($0) } ?? PlainNumber(numbers[row])
  }

  /// The cells of a column that is read as text.
  func texts(_ column: String) -> TextCells? {
    places[column].flatMap { part.texts(of: $0) }
  }

  /// A row of the block with what stands in it.
  func sample(_ row: Int, _ value: String) -> RowSample {
    RowSample(row: row, line: row < part.lines.count ? part.lines[row] : nil, value: value)
  }

  /// The cell of a row as a report shows it; nil when it is missing.
  func text(_ column: String, _ row: Int) -> String? {
    if numbers(column) != nil { return number(column, row)?.text }
    guard let cells = texts(column), cells.codes[row] >= 0 else { return nil }
    return String(decoding: cells.word(Int(cells.codes[row])), as: UTF8.self)
  }

  /// Finds the rows that a filter lets through.
  mutating func evaluate(_ filter: RowExpression) {
    masks[filter] = RowMask(ColumnEvaluator(self).truths(filter).map { $0 == .holds })
  }

  /// Rows that a scan looks at; nil: all.
  func mask(_ filter: RowExpression?) -> RowMask? {
    guard let filter else { return nil }
    return masks[filter] ?? RowMask(repeating: false, count: rowCount)
  }
}

/// Which rows of a block count.
struct RowMask: Sendable {
  var isIn: [Bool]

  init(repeating value: Bool, count: Int) { isIn = Array(repeating: value, count: count) }

  init(_ isIn: [Bool]) { self.isIn = isIn }

  @inline(__always)
  subscript(row: Int) -> Bool { isIn[row] }
}
