/// The cells of a column of numbers that are whole numbers no double is, by their rows.
package struct GreatWholes: Sendable {
  private var rows: [Int32] = []
  private var values: [GreatWhole] = []

  package init() {}

  var isEmpty: Bool { rows.isEmpty }

  /// Adds one behind all others. A row that was given up and is read again is there once.
  package mutating func append(_ value: GreatWhole, row: Int) {
    while let last = rows.last, last >= row {
      rows.removeLast()
      values.removeLast()
    }
    rows.append(Int32(truncatingIfNeeded: row))
    values.append(value)
  }

  mutating func removeAll() {
    rows.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
  }

  /// What stands in a row; nil where a double says all.
  package subscript(row: Int) -> GreatWhole? {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle] < row { low = middle + 1 } else { high = middle }
    }
    return low < rows.count && rows[low] == row ? values[low] : nil
  }

  /// Gives each with its row, in order.
  @inline(__always)
  package func forEach(_ body: (_ row: Int, _ value: GreatWhole) -> Void) {
    for (row, value) in zip(rows, values) { body(Int(row), value) }
  }
}
