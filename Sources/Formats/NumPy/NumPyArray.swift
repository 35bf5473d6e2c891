import Platform

/// An array of numbers as NumPy's `save` writes it (numpy/lib/format: versions 1.0 to 3.0), or as MNIST's files hold it (idx).
package struct NumPyArray: Sendable, Hashable {
  /// Rows first. Empty for a single number.
  package var shape: [Int]
  package var kind: Kind
  /// In C order. Whole numbers beyond 2^53 are rounded.
  package var values: [Double]

  package enum Kind: Sendable, Hashable {
    case bool, int, float
  }

  package init(shape: [Int], kind: Kind, values: [Double]) {
    self.shape = shape
    self.kind = kind
    self.values = values
  }

  /// How many numbers a shape holds; nil when that is more than there can be.
  package static func count(of shape: [Int]) -> Int? {
    var count = 1
    for size in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      guard size >= 0, !overflow else { return nil }
      count = product
    }
    return count
  }

  /// The same numbers, the last index slowest before.
  mutating func transposeFromFortranOrder() {
    guard shape.count > 1, !values.isEmpty else { return }
    var steps: [Int] = []
    var step = 1
    for size in shape {
      steps.append(step)
      step *= size
    }
    var index = Array(repeating: 0, count: shape.count)
    var place = 0
    let source = values
    for target in values.indices {
      values[target] = source[place]
      var axis = shape.count - 1
      while axis >= 0 {
        index[axis] += 1
        place += steps[axis]
        if index[axis] < shape[axis] { break }
        place -= steps[axis] * shape[axis]
        index[axis] = 0
        axis -= 1
      }
    }
  }
}
