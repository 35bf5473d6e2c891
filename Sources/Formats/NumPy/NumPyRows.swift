import Platform
import SystemPackage

/// An array of numbers whose rows are read as they are needed, from a file or from memory. Several threads may read at once.
package struct NumPyRows: Sendable {
  package let kind: NumPyArray.Kind
  /// Rows first. Empty for a single number.
  package var shape: [Int] { elements.shape }

  /// Whether whole numbers have no sign.
  package var isUnsigned: Bool { elements.element.isUnsigned }

  private let elements: NumPyElements
  private let source: ByteSource

  /// Opens a file of `numpy.save`, or of MNIST's format.
  ///
  /// - Throws: ``ParseFailure``, as ``NumPyArray`` does; ``Failure`` when the file cannot be read.
  package init(_ path: FilePath, isIDX: Bool = false) throws {
    try self.init(ByteSource(path), isIDX: isIDX)
  }

  package init(parsing bytes: [UInt8], isIDX: Bool = false) throws {
    try self.init(ByteSource(bytes), isIDX: isIDX)
  }

  private init(_ source: ByteSource, isIDX: Bool) throws {
    self.source = source
    let size = Int(clamping: source.count)
    let head = try source.read(at: 0, min(size, NumPyHeader.longest)) ?? []
    let (header, start) =
      isIDX ? try NumPyHeader.idx(head) : try NumPyHeader.numpy(head, size: size)
    elements = try NumPyElements(header, from: start, size: size)
    kind = elements.element.kind
  }

  /// Reads some rows.
  ///
  /// - Parameters:
  ///   - rows: must be there.
  ///   - target: gives for each place behind the first dimension, in C order, where its numbers go; nil for one that is not wanted.
  ///   - large: is told of whole numbers from 2^53 on, which doubles do not tell apart: of which place and row, and their bits.
  /// - Throws: ``Failure`` when the file cannot be read; ``ParseFailure`` when it has become shorter.
  package func read(
    _ rows: Range<Int>, into target: (Int) throws -> UnsafeMutablePointer<Double>?,
    large: (_ place: Int, _ row: Int, _ bits: UInt64) throws -> Void = { _, _, _ in }
  ) throws {
    guard let width = elements.width, width > 0, !rows.isEmpty else { return }
    let size = elements.element.size
    // Rows that lie one behind the other are read at once.
    let isByRow = elements.rowStep >= width
    let all =
      isByRow
      ? try bytes(from: rows.lowerBound * elements.rowStep, count: rows.count * width) : nil
    for (index, place) in NumPyElements.Places(elements).enumerated() {
      guard let target = try target(index) else { continue }
      let own =
        try all ?? bytes(from: place + rows.lowerBound * elements.rowStep, count: rows.count)
      let (start, step) = isByRow ? (place * size, elements.rowStep * size) : (0, size)
      elements.element.write(own, from: start, step: step, count: rows.count, to: target)
      guard elements.element.isOf64Bits else { continue }
      for row in 0..<rows.count where target[row].magnitude >= 9_007_199_254_740_992 {
        try large(index, row, elements.element.bits(own, at: start + row * step))
      }
    }
  }

  private func bytes(from place: Int, count: Int) throws -> [UInt8] {
    let size = elements.element.size
    guard
      let bytes = try source.read(at: UInt64(elements.start + place * size), count * size)
    else { throw ParseFailure("the file has become shorter while it was read") }
    return bytes
  }
}
