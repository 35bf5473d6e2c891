import Compute

/// Histograms that nodes borrow while a tree grows.
final class HistogramPool {
  let size: Int
  private var slots: [Memory<Int64>] = []
  private var free: [Int] = []

  /// - Parameter features: of which each has ``HistogramKernel/binsPerFeature`` sums.
  init(features: Int) { size = features * HistogramKernel.binsPerFeature }

  func borrow() -> Int {
    if let slot = free.popLast() { return slot }
    slots.append(Memory(uninitialized: size))
    return slots.count - 1
  }

  func giveBack(_ slot: Int) { free.append(slot) }

  subscript(slot: Int) -> UnsafeMutablePointer<Int64> { slots[slot].base }
}
