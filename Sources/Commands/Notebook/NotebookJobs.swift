import Platform
import Synchronization

/// Work on several notebooks, some at a time, that ends when a signal comes.
enum NotebookJobs {
  /// Does the work for every item.
  ///
  /// A signal cancels what is under way, so that kernels are interrupted, and nothing more is begun.
  ///
  /// - Returns: what came of the items, in their order, nil for those that were not begun; and the signal.
  static func run<Item: Sendable, Outcome: Sendable>(
    _ items: [Item], atATime limit: Int, _ body: @escaping @Sendable (Item) async -> Outcome
  ) async -> (outcomes: [Outcome?], signal: Int32?) {
    let task = Task { await all(items, limit, body) }
    let received = ReceivedSignal()
    Interruption.onNext { signal in
      received.set(signal)
      task.cancel()
    }
    defer { Interruption.release() }
    return (await task.value, received.value)
  }

  private static func all<Item: Sendable, Outcome: Sendable>(
    _ items: [Item], _ limit: Int, _ body: @escaping @Sendable (Item) async -> Outcome
  ) async -> [Outcome?] {
    await withTaskGroup(of: (Int, Outcome).self) { group in
      var outcomes = [Outcome?](repeating: nil, count: items.count)
      var rest = items.enumerated().makeIterator()
      for _ in 0..<limit {
        guard let (index, item) = rest.next() else { break }
        group.addTask { (index, await body(item)) }
      }
      while let (place, outcome) = await group.next() {
        outcomes[place] = outcome
        if !Task.isCancelled, let (index, item) = rest.next() {
          group.addTask { (index, await body(item)) }
        }
      }
      return outcomes
    }
  }
}

/// Which signal came, if one did.
private final class ReceivedSignal: Sendable {
  private let signal = Mutex<Int32?>(nil)

  var value: Int32? { signal.withLock { $0 } }

  func set(_ received: Int32) { signal.withLock { $0 = received } }
}
