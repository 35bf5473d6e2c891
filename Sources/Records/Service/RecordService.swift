import Synchronization

/// What stands behind the doors of a server: one writer, several readers.
final class RecordService: Sendable {
  let writer: RecordWriter
  let readers: RecordReaders
  private let lastID = Atomic<UInt64>(0)

  init(_ store: RecordStore) {
    writer = RecordWriter(store)
    readers = RecordReaders(beside: store)
  }

  /// An id for a job.
  func newID() -> UInt64 { lastID.add(1, ordering: .relaxed).newValue }
}
