import Compute
import Formats
import Platform

/// Puts a column together from the cells of a query.
struct SQLiteColumn {
  enum Reading {
    case numbers, text, skipped
  }

  let name: String
  /// Whether text came behind numbers: all must be read once more, as text.
  private(set) var needsSecondReading = false
  private var reading: Reading
  private var numbers: [Double] = []
  private var areWhole = true
  private var hasNumbers = false
  private var texts: TextBuilder

  init(_ name: String, as reading: Reading) {
    self.name = name
    self.reading = reading
    texts = TextBuilder(name: name)
  }

  /// - Parameter row: counted from 1, for messages.
  mutating func append(_ cell: SQLiteRow.Cell, row: Int) throws(ParseFailure) {
    if case .blob = cell {
      throw ParseFailure(
        "column `\(name)` holds bytes (a blob) in row \(row)",
        hint: "name a view that leaves the column out")
    }
    switch reading {
    case .skipped: break
    case .text: try appendText(cell)
    case .numbers: try appendNumber(cell)
    }
  }

  private mutating func appendNumber(_ cell: SQLiteRow.Cell) throws(ParseFailure) {
    switch cell {
    case .missing, .blob:
      numbers.append(.nan)
      areWhole = false
    case .whole(let value):
      numbers.append(Double(value))
      hasNumbers = true
    case .number(let value):
      numbers.append(value)
      hasNumbers = true
      areWhole = false
    case .text:
      needsSecondReading = hasNumbers
      reading = hasNumbers ? .skipped : .text
      texts.append(missing: numbers.count)
      numbers = []
      if !hasNumbers { try appendText(cell) }
    }
  }

  private mutating func appendText(_ cell: SQLiteRow.Cell) throws(ParseFailure) {
    switch cell {
    case .missing, .blob: texts.append(missing: 1)
    case .whole(let value): try texts.append("\(value)")
    case .number(let value): try texts.append(NumberText.spelled(value))
    case .text(let text): try texts.append(text)
    }
  }

  func finish() -> Column {
    if reading == .text { return texts.finish() }
    // pandas' integers have no missing value: one makes the column a float.
    return Column(name, numbers, kind: areWhole && hasNumbers ? .int : .float)
  }
}
