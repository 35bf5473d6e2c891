import Platform

/// An array of numbers as NumPy's `save` writes it (numpy/lib/format: versions 1.0 to 3.0), or as MNIST's files hold it (idx).
///
/// It keeps the bytes of its file, and makes numbers of them when they are asked for: no row of doubles lies beside the columns
/// that a table is made of.
package struct NumPyArray: Sendable {
  /// Rows first. Empty for a single number.
  package let shape: [Int]
  package let kind: Kind

  private let element: NumPyElement
  private let bytes: [UInt8]
  private let start: Int
  /// How many elements lie between neighbours along each dimension.
  private let steps: [Int]

  package enum Kind: Sendable, Hashable {
    case bool, int, float
  }

  /// - Parameter start: where the elements begin in the bytes.
  /// - Throws: ``ParseFailure`` for other elements than numbers, and for fewer than the shape says.
  init(_ header: NumPyHeader, _ bytes: [UInt8], from start: Int) throws(ParseFailure) {
    guard let element = NumPyElement(header.type) else {
      throw ParseFailure(
        "numbers of the type `\(header.type)` are not read",
        hint: "save the array with `.astype('float64')`")
    }
    guard let count = Self.count(of: header.shape),
      count <= (bytes.count - start) / element.size
    else {
      throw ParseFailure("the file is cut off: its numbers are fewer than its header says")
    }
    shape = header.shape
    kind = element.kind
    self.element = element
    self.bytes = bytes
    self.start = start
    let order = header.isFortranOrder ? Array(shape.indices) : shape.indices.reversed()
    var steps = Array(repeating: 0, count: shape.count)
    var step = 1
    // Without elements the sizes may be anything, and no step is taken.
    for dimension in order where count > 0 {
      steps[dimension] = step
      step *= shape[dimension]
    }
    self.steps = steps
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

  /// All numbers in C order: the last dimension runs fastest. Whole numbers beyond 2^53 are rounded.
  package var values: [Double] {
    guard Self.count(of: shape) != 0 else { return [] }
    let columns = columns
    guard columns.count > 1 else { return columns.first ?? [] }
    return (0..<columns[0].count).flatMap { row in columns.map { $0[row] } }
  }

  /// The numbers of each place behind the first dimension, in C order; a single number is a column of its own. Where there are
  /// no rows, there may be any number of places: look at the shape first.
  package var columns: [[Double]] {
    let (rows, step) = (shape.first ?? 1, steps.first ?? 0)
    guard let width = Self.count(of: Array(shape.dropFirst())) else { return [] }
    var index = Array(repeating: 0, count: shape.count)
    var place = 0
    return (0..<width).map { _ in
      defer { advance(&index, &place) }
      return bytes.withUnsafeBytes {
        element.values(
          $0, from: start + place * element.size, step: step * element.size, count: rows)
      }
    }
  }

  /// Moves on to the next place behind the first dimension.
  private func advance(_ index: inout [Int], _ place: inout Int) {
    for dimension in shape.indices.dropFirst().reversed() {
      index[dimension] += 1
      place += steps[dimension]
      if index[dimension] < shape[dimension] { return }
      place -= steps[dimension] * shape[dimension]
      index[dimension] = 0
    }
  }
}
