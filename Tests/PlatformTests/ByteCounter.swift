import Platform
import Synchronization

/// Counts what a child writes and remembers its number.
final class ByteCounter: ChildListener {
  private let state = Mutex((count: 0, pid: Int32(0)))

  var count: Int { state.withLock { $0.count } }
  var pid: Int32 { state.withLock { $0.pid } }

  func started(_ process: ProcessIdentity) { state.withLock { $0.pid = process.pid } }
  func received(_ bytes: UnsafeRawBufferPointer, from stream: ChildStream) {
    state.withLock { $0.count += bytes.count }
  }
  func tick() -> Bool { false }
}
