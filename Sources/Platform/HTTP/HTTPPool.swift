import Synchronization

/// Connections that wait for their next request. Each thread that asks gets one of its own.
package final class HTTPPool: Sendable {
  /// Moves a connection, which nobody else holds, from one thread to the next.
  private struct Idle: @unchecked Sendable { let connection: HTTPConnection }

  private let idle = Mutex<[Idle]>([])

  package init() {}

  /// Calls a closure with a connection: the one that was used last, else a new one.
  package func with<Value>(_ body: (HTTPConnection) throws -> Value) throws -> Value {
    let kept = idle.withLock { $0.popLast() }
    let connection = try kept?.connection ?? HTTPConnection()
    let value: Value
    do { value = try body(connection) } catch {
      give(Idle(connection: connection))
      throw error
    }
    give(Idle(connection: connection))
    return value
  }

  private func give(_ connection: Idle) { idle.withLock { $0.append(connection) } }
}
