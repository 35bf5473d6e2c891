/// What a packed block makes: bytes that are given, and repeated ones from what was made before.
struct BlockOutput {
  private let bytes: UnsafeMutableRawBufferPointer
  private(set) var count = 0

  init(_ bytes: UnsafeMutableRawBufferPointer) { self.bytes = bytes }

  /// False when there is no room.
  @inline(__always)
  mutating func append(_ piece: UnsafeRawBufferPointer) -> Bool {
    guard piece.count <= bytes.count - count else { return false }
    guard piece.count > 0, let base = bytes.baseAddress, let source = piece.baseAddress else {
      return true
    }
    (base + count).copyMemory(from: source, byteCount: piece.count)
    count += piece.count
    return true
  }

  /// Repeats what stands so many bytes back, itself included when it is shorter than what is asked for; false when it is not
  /// there, or has no room.
  @inline(__always)
  mutating func repeatBytes(offset: Int, count size: Int) -> Bool {
    guard offset > 0, offset <= count, size <= bytes.count - count, let base = bytes.baseAddress
    else { return false }
    let target = base + count
    let source = target - offset
    if offset >= size {
      target.copyMemory(from: source, byteCount: size)
    } else {
      for index in 0..<size {
        target.storeBytes(
          of: source.load(fromByteOffset: index, as: UInt8.self), toByteOffset: index,
          as: UInt8.self)
      }
    }
    count += size
    return true
  }
}
