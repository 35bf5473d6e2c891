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

  package func write(_ sample: Int, to place: UnsafeMutablePointer<Float>, epoch: Int?) {
    numbers.withUnsafeBufferPointer { numbers in
      place.update(from: numbers.baseAddress! + sample * shape.count, count: shape.count)
    }
  }
}
