import Platform
import Synchronization

/// Where threads put what they rendered. The first failure in the order of the files is the one that counts, so that the
/// message does not depend on which thread was faster.
final class ResultBoard: Sendable {
  private struct State {
    var results: [Result<[UInt8], any Error>?]
    var firstFailure: Int
    var bytes = 0
  }

  private let state: Mutex<State>
  private let limit: Int

  init(count: Int, limit: Int) {
    self.limit = limit
    state = Mutex(State(results: Array(repeating: nil, count: count), firstFailure: count))
  }

  /// Whether a result can still matter.
  func isWanted(_ index: Int) -> Bool {
    state.withLock { index < $0.firstFailure && $0.bytes <= limit }
  }

  func set(_ index: Int, _ result: Result<[UInt8], any Error>) {
    state.withLock { state in
      state.results[index] = result
      switch result {
      case .success(let bytes): state.bytes += bytes.count
      case .failure: state.firstFailure = min(state.firstFailure, index)
      }
    }
  }

  /// What was rendered, up to the first failure.
  func rendered() -> [[UInt8]] {
    state.withLock { state in
      state.results.prefix(state.firstFailure).map { result in
        if case .success(let bytes)? = result { bytes } else { [] }
      }
    }
  }

  /// - Throws: the first failure, or that it was too much.
  func check() throws {
    try state.withLock { state in
      if state.firstFailure < state.results.count {
        _ = try state.results[state.firstFailure]?.get()
      }
      guard state.bytes <= limit else {
        throw Failure(
          .invalid, "the template makes more than \(ByteCount(Int64(limit))); nothing was written")
      }
    }
  }
}
