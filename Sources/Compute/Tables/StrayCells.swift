/// Cells that are neither numbers nor missing, in a column that is to hold numbers.
package struct StrayCells: Sendable, Hashable {
  package struct Cell: Sendable, Hashable {
    /// Counted in the part.
    package var row: Int
    package var text: String

    package init(row: Int, text: String) {
      self.row = row
      self.text = text
    }
  }

  /// How many of ``first`` are kept.
  package static let limit = 8

  package var count = 0
  package var first: [Cell] = []

  package init(count: Int = 0, first: [Cell] = []) {
    self.count = count
    self.first = first
  }

  mutating func append(_ text: UnsafeBufferPointer<UInt8>, row: Int) {
    count += 1
    guard first.count < Self.limit else { return }
    first.append(Cell(row: row, text: String(decoding: text, as: UTF8.self)))
  }
}
