import Platform
import SystemPackage

/// An array of numbers whose rows are read as they are needed, from a file or from memory. Several threads may read at once.
package struct NumPyRows: Sendable {
  package let kind: NumPyArray.Kind
  /// Rows first. Empty for a single number.
  package var shape: [Int] { elements.shape }

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
  /// - Throws: ``Failure`` when the file cannot be read; ``ParseFailure`` when it has become shorter.
  package func read(
    _ rows: Range<Int>, into target: (Int) throws -> UnsafeMutablePointer<Double>?
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
      if let all {
        elements.element.write(
          all, from: place * size, step: elements.rowStep * size, count: rows.count, to: target)
      } else {
        let own = try bytes(from: place + rows.lowerBound * elements.rowStep, count: rows.count)
        elements.element.write(own, from: 0, step: size, count: rows.count, to: target)
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
