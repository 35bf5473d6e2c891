/// A constant of any number of dimensions; the last one runs fastest.
package struct ONNXTensor: Sendable, Hashable {
  package var name: String
  package var dimensions: [Int64]
  package var elements: Elements

  package enum Elements: Sendable, Hashable {
    case floats([Float])
    case doubles([Double])
    case ints([Int64])
    case strings([String])
    /// A type that nobody here reads, by its number, or elements that are kept in another file.
    case other(Int64)
  }

  package init(_ name: String, _ dimensions: [Int64], _ elements: Elements) {
    self.name = name
    self.dimensions = dimensions
    self.elements = elements
  }

  package var type: ONNXType? {
    switch elements {
    case .floats: .float
    case .doubles: .double
    case .ints: .int64
    case .strings: .string
    case .other: nil
    }
  }

  /// Its numbers as doubles; nil for text and for types that are not read.
  package var numbers: [Double]? {
    switch elements {
    case .floats(let values): values.map(Double.init)
    case .doubles(let values): values
    case .ints(let values): values.map(Double.init)
    case .strings, .other: nil
    }
  }
}
