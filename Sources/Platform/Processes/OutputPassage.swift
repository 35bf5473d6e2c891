import Glibc
import Synchronization
import SystemPackage

/// Passes what a child writes on to our own standard output and standard error without ever waiting for their readers.
///
/// What a reader does not take at once waits here, in order. The pump reads no more of a stream that has too much
/// waiting, so that the child waits, as it would if it wrote to that reader itself; its end, timeouts and signals are
/// seen to meanwhile. Both streams keep their common order when they lead to the same place (`2>&1`), and neither holds
/// up the other when they do not.
package final class OutputPassage: Sendable {
  private struct State {
    var outlets: [OutputOutlet]
    /// The place of each stream's outlet.
    var places: [ChildStream: Int]
  }

  private let state: Mutex<State>

  /// A stream that has this many bytes waiting is read no further while the child runs.
  private static let limit = 1 << 18
  /// When the child has ended, its pipes are emptied, so that its end can be recorded whoever reads.
  private static let lastLimit = 1 << 22

  /// - Parameters:
  ///   - output: where standard output of the child goes.
  ///   - error: where its standard error goes.
  package init(output: Int32 = 1, error: Int32 = 2) {
    var outlets = [OutputOutlet(output)]
    var places = [ChildStream.output: 0, .error: 0]
    if outlets[0].leads(toThatOf: error) {
      outlets[0].share(error)
    } else {
      outlets.append(OutputOutlet(error))
      places[.error] = 1
    }
    state = Mutex(State(outlets: outlets, places: places))
  }

  deinit { state.withLock { state in for outlet in state.outlets { outlet.close() } } }

  /// Passes bytes on, or keeps them until they can be.
  package func take(_ bytes: UnsafeRawBufferPointer, from stream: ChildStream) {
    state.withLock { state in
      guard let place = state.places[stream] else { return }
      state.outlets[place].take(bytes)
    }
  }

  /// Whether no more of a stream should be read now.
  func isFull(_ stream: ChildStream, isLast: Bool) -> Bool {
    state.withLock { state in
      guard let place = state.places[stream] else { return false }
      return state.outlets[place].count
        >= (isLast ? OutputPassage.lastLimit : OutputPassage.limit)
    }
  }

  /// What to wait for before ``carryOn()``: places that did not take all.
  var waiting: [pollfd] {
    state.withLock { state in
      state.outlets.filter { $0.count > 0 }.map {
        pollfd(fd: $0.descriptor, events: Int16(POLLOUT), revents: 0)
      }
    }
  }

  /// Writes of what waits as much as is taken now.
  ///
  /// - Returns: whether anything was taken.
  @discardableResult
  func carryOn() -> Bool {
    state.withLock { state in
      var isTaken = false
      for index in state.outlets.indices where state.outlets[index].carryOn() { isTaken = true }
      return isTaken
    }
  }

  /// Sees to it that what waits is taken, after the child has ended.
  ///
  /// - Parameter patience: how long to wait while nothing is taken, then for room for a message of ours; nil: until
  ///   all is taken or the task is cancelled.
  /// - Returns: whether all was taken. What was not is dropped, and its descriptor leads nowhere from then on, so that no
  ///   later message waits for the same reader.
  package func deliver(patience: Duration?) async throws -> Bool {
    if patience == nil, waiting.isEmpty { return true }
    let isDone = try await BlockingWork.run { alarm in
      // What has a limit need not be cut short, and the task may be cancelled already.
      self.deliver(until: patience == nil ? alarm : -1, patience)
    }
    if !isDone {
      state.withLock { state in
        for index in state.outlets.indices where !state.outlets[index].isReady {
          state.outlets[index].abandon()
        }
      }
    }
    return isDone
  }

  private func deliver(until alarm: Int32, _ patience: Duration?) -> Bool {
    var lastTaken = ContinuousClock.now
    while true {
      var places = waiting
      if places.isEmpty {
        guard patience != nil else { return true }
        places = unready
        if places.isEmpty { return true }
      }
      places.append(pollfd(fd: alarm, events: Int16(POLLIN), revents: 0))
      _ = poll(&places, UInt(places.count), patience == nil ? -1 : 50)
      if places.last?.revents != 0 { return false }
      if carryOn() { lastTaken = .now }
      if let patience, ContinuousClock.now - lastTaken >= patience { return unready.isEmpty }
    }
  }

  /// The places that would not take a message of ours now.
  private var unready: [pollfd] {
    state.withLock { state in
      state.outlets.filter { !$0.isReady }.map {
        pollfd(fd: $0.descriptor, events: Int16(POLLOUT), revents: 0)
      }
    }
  }
}
