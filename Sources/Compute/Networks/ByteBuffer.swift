/// Bytes at an address that stays, all zero in the beginning; as ``FloatBuffer``.
package final class ByteBuffer: @unchecked Sendable {
  package let start: UnsafeMutablePointer<UInt8>
  package let count: Int

  package init(zeros count: Int) {
    self.count = count
    start = .allocate(capacity: max(1, count))
    start.initialize(repeating: 0, count: max(1, count))
  }

  deinit { start.deallocate() }
}
