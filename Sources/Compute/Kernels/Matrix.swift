/// A dense matrix of doubles in one row-major buffer.
package struct Matrix: Sendable, Hashable {
  package let rows: Int
  package let columns: Int
  /// Row after row; `rows * columns` of them.
  package var elements: [Double]

  package init(rows: Int, columns: Int, repeating value: Double = 0) {
    precondition(rows >= 0 && columns >= 0, "a negative shape")
    self.rows = rows
    self.columns = columns
    elements = Array(repeating: value, count: rows * columns)
  }

  /// - Returns: nil when the elements do not fill the shape.
  package init?(rows: Int, columns: Int, elements: [Double]) {
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard rows >= 0, columns >= 0, !overflow, count == elements.count else { return nil }
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  package subscript(row: Int, column: Int) -> Double {
    get {
      precondition(column >= 0 && column < columns, "no such column")
      return elements[row * columns + column]
    }
    set {
      precondition(column >= 0 && column < columns, "no such column")
      elements[row * columns + column] = newValue
    }
  }

  package func row(_ row: Int) -> ArraySlice<Double> {
    elements[row * columns..<(row + 1) * columns]
  }
}
