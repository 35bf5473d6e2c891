import Glibc
import Platform
import Records
import Synchronization
import SystemPackage

/// Hears a child while it runs: keeps its output and puts its metrics into the record as they come.
final class RunListener: ChildListener {
  private struct State: ~Copyable {
    var log: OutputLog
    var metrics: MetricsFile
    var failure: Failure?
  }

  private let run: RunID
  private let store: RecordStore
  private let state: Mutex<State>

  init(run: RunID, store: RecordStore, log: consuming OutputLog, metrics: MetricsFile) {
    self.run = run
    self.store = store
    state = Mutex(State(log: log, metrics: metrics, failure: nil))
  }

  func started(_ process: ProcessIdentity) {
    attempt { try store.setChild(of: run, pid: process.pid, startTicks: process.startTicks) }
  }

  func received(_ bytes: UnsafeRawBufferPointer, from stream: ChildStream) {
    state.withLock { $0.log.receive(bytes, from: stream) }
  }

  func tick() { readMetrics(isLast: false) }

  /// Takes in what is left; gives the problems of the whole run, which are no reason to fail it.
  func finish() -> [Failure] {
    readMetrics(isLast: true)
    return state.withLock { state in
      state.log.finish()
      var problems = state.metrics.problems
      let more = state.metrics.problemCount - problems.count
      if more > 0 {
        problems.append(
          Failure(.parse, "\(more) more lines of $REPRISE_METRICS were not understood"))
      }
      if let failure = state.log.failure { problems.append(failure) }
      if let failure = state.failure { problems.append(failure) }
      return problems
    }
  }

  private func readMetrics(isLast: Bool) {
    let metrics = state.withLock { state -> [Metric] in
      do {
        return try state.metrics.read(now: Clock.milliseconds(), isLast: isLast)
      } catch {
        state.failure = state.failure ?? (error as? Failure)
        return []
      }
    }
    if metrics.isEmpty { return }
    attempt { try store.log(metrics: metrics, params: [], tags: [], to: run) }
  }

  private func attempt(_ body: () throws -> Void) {
    do { try body() } catch {
      state.withLock { state in
        state.failure = state.failure ?? (error as? Failure ?? Failure(.io, "\(error)"))
      }
    }
  }
}
