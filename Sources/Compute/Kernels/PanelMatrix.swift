/// A matrix cut into panels of eight rows, each stored column after column, so that one vector
/// holds a column's values of eight rows. Rows that fill the last panel up are zero.
package struct PanelMatrix: Sendable {
  package let rows: Int
  package let columns: Int
  /// `panelCount * columns` vectors.
  package private(set) var vectors: [SIMD8<Double>]

  package var panelCount: Int { (rows + 7) / 8 }

  package init(rows: Int, columns: Int) {
    precondition(rows >= 0 && columns >= 0, "a negative shape")
    self.rows = rows
    self.columns = columns
    vectors = Array(repeating: .zero, count: (rows + 7) / 8 * columns)
  }

  package subscript(row: Int, column: Int) -> Double {
    get {
      precondition(row < rows && column < columns, "out of the matrix")
      return vectors[row / 8 * columns + column][row % 8]
    }
    set {
      precondition(row < rows && column < columns, "out of the matrix")
      vectors[row / 8 * columns + column][row % 8] = newValue
    }
  }

  /// Replaces a column by as many values as there are rows.
  package mutating func setColumn(_ column: Int, to values: [Double]) {
    precondition(values.count == rows && column >= 0 && column < columns, "out of the matrix")
    let columns = columns
    vectors.withUnsafeMutableBufferPointer { vectors in
      for (row, value) in values.enumerated() {
        vectors[row / 8 * columns + column][row % 8] = value
      }
    }
  }
}
