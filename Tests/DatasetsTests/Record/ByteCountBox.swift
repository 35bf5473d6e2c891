import Synchronization

/// Counts the bytes that were read.
final class ByteCountBox: Sendable {
  private let count = Atomic<Int64>(0)

  var total: Int64 { count.load(ordering: .relaxed) }

  func add(_ bytes: Int64) { count.wrappingAdd(bytes, ordering: .relaxed) }
}
