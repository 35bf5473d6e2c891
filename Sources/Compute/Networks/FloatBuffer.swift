/// 32-bit floats at an address that stays, on a line of the cache, all zero in the beginning.
///
/// `@unchecked`, because threads write to it at the same time: whoever hands it to a loop sees to it that each block has its own
/// part, as ``WorkerPool/parallelFor(blocks:_:)`` asks.
package final class FloatBuffer: @unchecked Sendable {
  package let start: UnsafeMutablePointer<Float>
  package let count: Int

  /// - Parameter count: at least 0.
  package init(zeros count: Int) {
    self.count = count
    let bytes = max(1, count) * MemoryLayout<Float>.stride
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    start = memory.initializeMemory(as: Float.self, repeating: 0, count: max(1, count))
  }

  package convenience init(_ values: [Float]) {
    self.init(zeros: values.count)
    values.withUnsafeBufferPointer { buffer in
      if let base = buffer.baseAddress { start.update(from: base, count: buffer.count) }
    }
  }

  deinit { UnsafeMutableRawPointer(start).deallocate() }

  package var values: [Float] { Array(UnsafeBufferPointer(start: start, count: count)) }

  package func fill(_ value: Float) { start.update(repeating: value, count: count) }

  /// - Parameter values: as many as there are here.
  package func set(_ values: [Float]) {
    precondition(values.count == count, "as many numbers as the buffer has")
    values.withUnsafeBufferPointer { buffer in
      if let base = buffer.baseAddress { start.update(from: base, count: count) }
    }
  }
}
