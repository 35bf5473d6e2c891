import Synchronization

/// Those who follow runs as they go on. They are told when the server stops, so that none of them holds it up.
package final class LiveReaders: Sendable {
  private struct State {
    var count = 0
    var isStopping = false
  }

  private let state = Mutex(State())
  private let limit: Int

  /// - Parameter limit: the most at a time; each looks into the records once a second.
  package init(limit: Int = 256) { self.limit = limit }

  /// How many there are.
  package var count: Int { state.withLock { $0.count } }

  /// Whether those who follow may go on.
  var goesOn: Bool { state.withLock { !$0.isStopping } }

  /// A place, which is free again when nobody holds it any more, however that came about.
  ///
  /// - Throws: status 503 when there is none, or the server stops.
  func enter() throws(APIError) -> Place {
    let isIn = state.withLock { state in
      guard !state.isStopping, state.count < limit else { return false }
      state.count += 1
      return true
    }
    guard isIn else { throw .busy }
    return Place(readers: self)
  }

  /// Lets everybody go, within a second; nobody comes any more.
  package func stop() { state.withLock { $0.isStopping = true } }

  private func leave() { state.withLock { $0.count -= 1 } }

  final class Place: Sendable {
    private let readers: LiveReaders

    fileprivate init(readers: LiveReaders) { self.readers = readers }

    deinit { readers.leave() }

    var goesOn: Bool { readers.goesOn }
  }
}
