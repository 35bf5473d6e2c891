/// Bytes that stay where they are put until all are forgotten.
final class ByteStore {
  private var blocks: [UnsafeMutableBufferPointer<UInt8>] = []
  /// Of these blocks the first so many are in use, the last of them up to a byte.
  private var used = 0
  private var filled = 0

  private static let blockSize = 1 << 16

  deinit {
    for block in blocks { block.deallocate() }
  }

  /// A copy of some bytes.
  func keep(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    guard let source = bytes.baseAddress, bytes.count > 0 else { return bytes }
    if used == 0 || blocks[used - 1].count - filled < bytes.count { addBlock(for: bytes.count) }
    let block = blocks[used - 1]
    let place = block.baseAddress.unsafelyUnwrapped + filled
    place.update(from: source, count: bytes.count)
    filled += bytes.count
    return UnsafeBufferPointer(start: place, count: bytes.count)
  }

  private func addBlock(for size: Int) {
    if used == blocks.count || size > Self.blockSize {
      blocks.insert(.allocate(capacity: max(size, Self.blockSize)), at: used)
    }
    used += 1
    filled = 0
  }

  /// Forgets all, and keeps the memory of small blocks.
  func removeAll() {
    if used > 0 {
      for block in blocks where block.count > Self.blockSize { block.deallocate() }
      blocks.removeAll { $0.count > Self.blockSize }
    }
    used = 0
    filled = 0
  }
}
