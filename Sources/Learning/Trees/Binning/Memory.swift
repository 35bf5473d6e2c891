/// A block of memory for the hot loops, which is freed with its last reference.
///
/// It starts at a multiple of 64 bytes, so that rows of bins do not straddle cache lines. Nothing
/// checks indices: that is the loops' duty.
final class Memory<Element: BitwiseCopyable> {
  let base: UnsafeMutablePointer<Element>
  let count: Int
  private let raw: UnsafeMutableRawPointer

  /// - Parameter count: how many elements; their bytes must fit an `Int`, which callers see to.
  init(count: Int, filledWith value: Element) {
    raw = Self.allocate(count)
    base = raw.bindMemory(to: Element.self, capacity: max(1, count))
    self.count = count
    base.initialize(repeating: value, count: count)
  }

  /// The contents are whatever was there.
  init(uninitialized count: Int) {
    raw = Self.allocate(count)
    base = raw.bindMemory(to: Element.self, capacity: max(1, count))
    self.count = count
  }

  deinit { raw.deallocate() }

  private static func allocate(_ count: Int) -> UnsafeMutableRawPointer {
    .allocate(byteCount: max(1, count) * MemoryLayout<Element>.stride, alignment: 64)
  }
}
