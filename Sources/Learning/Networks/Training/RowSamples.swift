import Compute

/// Rows of numbers.
package struct RowSamples: SampleSource {
  package let shape: SampleShape
  package let count: Int
  private let numbers: [Float]

  /// - Parameter numbers: row after row.
  package init(_ numbers: [Float], columns: Int) {
    precondition(columns > 0 && numbers.count.isMultiple(of: columns), "whole rows")
    self.numbers = numbers
    shape = SampleShape(columns)
    count = numbers.count / columns
  }

  package init(_ matrix: PanelMatrix) {
    var numbers = [Float](repeating: 0, count: matrix.rows * matrix.columns)
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns {
        numbers[row * matrix.columns + column] = Float(
          matrix.vectors[row / 8 * matrix.columns + column][row % 8])
      }
    }
    self.init(numbers, columns: matrix.columns)
  }

  package func write(_ sample: Int, to place: UnsafeMutablePointer<Float>, epoch: Int?) {
    numbers.withUnsafeBufferPointer { numbers in
      place.update(from: numbers.baseAddress! + sample * shape.count, count: shape.count)
    }
  }
}
