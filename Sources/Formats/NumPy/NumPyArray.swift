import Platform

/// An array of numbers as NumPy's `save` writes it (numpy/lib/format: versions 1.0 to 3.0), or as MNIST's files hold it (idx).
///
/// It keeps the bytes of its file, and makes numbers of them when they are asked for: no row of doubles lies beside the columns
/// that a table is made of.
package struct NumPyArray: Sendable {
  package let kind: Kind
  /// Rows first. Empty for a single number.
  package var shape: [Int] { elements.shape }

  private let elements: NumPyElements
  private let bytes: [UInt8]

  package enum Kind: Sendable, Hashable {
    case bool, int, float
  }

  /// - Parameter start: where the elements begin in the bytes.
  /// - Throws: ``ParseFailure`` for other elements than numbers, and for fewer than the shape says.
  init(_ header: NumPyHeader, _ bytes: [UInt8], from start: Int) throws(ParseFailure) {
    elements = try NumPyElements(header, from: start, size: bytes.count)
    kind = elements.element.kind
    self.bytes = bytes
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

  /// The numbers as they lie in the file; nil for others than bytes in C order.
  package var plainBytes: [UInt8]? {
    guard elements.element.isByte, let count = Self.count(of: shape), count > 0, elements.isInOrder
    else { return nil }
    return Array(bytes[elements.start..<elements.start + count])
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
    let (element, rows) = (elements.element, elements.rowCount)
    return NumPyElements.Places(elements).map { place in
      [Double](unsafeUninitializedCapacity: rows) { column, filled in
        filled = rows
        guard let target = column.baseAddress else { return }
        element.write(
          bytes, from: elements.start + place * element.size,
          step: elements.rowStep * element.size, count: rows, to: target)
      }
    }
  }
}
