import Formats
import Glibc
import Notebooks
import Platform
import Records
import Synchronization
import SystemPackage

/// Hears a child while it runs: keeps its output and puts its metrics into the record as they come.
final class RunListener: ChildListener {
  private struct State: ~Copyable {
    var log: OutputLog
    var metrics: MetricsFile
    var displays: DisplayFile
    /// What was shown and read, and is told when the pipes have been looked at once more: what was printed before stands before.
    var shown: [MediaBundle] = []
    /// Why metrics wait that were read.
    var unstored: Failure?
    var failure: Failure?
  }

  private let run: RunID
  private let store: RecordStore
  /// Where the record goes too.
  private let server: RemoteRecords?
  /// The run's logs.
  private let logs: FilePath
  private let state: Mutex<State>

  /// How long metrics are read at a time, before output, timeout and signals get their turn.
  private static let turn = Duration.milliseconds(50)

  /// - Parameter displays: where the child shows things.
  init(
    run: Run, store: RecordStore, metrics: MetricsFile, displays: DisplayFile,
    server: RemoteRecords? = nil
  ) {
    self.run = run.id
    self.store = store
    self.server = server
    logs = FilePath(run.artifactURI).appending("logs")
    let events = EventLog(in: DocumentFolder(of: run), since: run.startTime)
    state = Mutex(
      State(log: OutputLog(in: logs, events: events), metrics: metrics, displays: displays))
  }

  func started(_ process: ProcessIdentity) {
    attempt { try store.setChild(of: run, pid: process.pid, startTicks: process.startTicks) }
  }

  func received(_ bytes: UnsafeRawBufferPointer, from stream: ChildStream) {
    state.withLock { $0.log.receive(bytes, from: stream) }
  }

  func marked(_ text: String) {
    state.withLock { state in
      tellDisplays(&state)
      let words = text.split(separator: " ")
      if words.count == 2, words[0] == "cell", let number = Int(words[1]), number >= 0 {
        state.log.note { try $0.cell(number) }
      }
    }
  }

  /// A cell of a notebook put something out that is no text of a stream.
  ///
  /// - Parameter place: of the cell's output that it takes the place of; nil when it stands behind all.
  func noted(_ cell: Int, _ output: NotebookJSON, at place: Int? = nil) {
    guard let value = try? JSONValue(parsing: output.text(), allowsNonFinite: true) else { return }
    var members: [JSONValue.Member] = [.init("cell", .int(Int64(cell)))]
    if let place { members.append(.init("place", .int(Int64(place)))) }
    members.append(.init("output", value))
    state.withLock { [members] state in state.log.note { try $0.append("output", members) } }
  }

  /// A cell of a notebook took back what it had put out.
  func cleared(_ cell: Int) {
    state.withLock { state in
      state.log.note { try $0.append("clear", [.init("cell", .int(Int64(cell)))]) }
    }
  }

  func tick() -> Bool {
    state.withLock { state in
      let before = state.shown
      state.shown = []
      tell(before, &state)
      state.shown = readDisplays(&state)
    }
    return readMetrics(isLast: false, until: .now + RunListener.turn)
  }

  private func readDisplays(_ state: inout State, isLast: Bool = false) -> [MediaBundle] {
    do {
      return try state.displays.next(isLast: isLast)
    } catch {
      state.failure = state.failure ?? (error as? Failure ?? Failure(.io, "\(error)"))
      return []
    }
  }

  private func tell(_ bundles: [MediaBundle], _ state: inout State) {
    for bundle in bundles { state.log.note { try $0.display(bundle) } }
  }

  /// Everything that was shown by now: the pipes were read a moment ago.
  private func tellDisplays(_ state: inout State, isLast: Bool = false) {
    let bundles = state.shown + readDisplays(&state, isLast: isLast)
    state.shown = []
    tell(bundles, &state)
  }

  /// Takes in what is left; gives the problems of the whole run, which are no reason to fail it.
  func finish() -> [Failure] {
    _ = readMetrics(isLast: true)
    return state.withLock { state in
      tellDisplays(&state, isLast: true)
      state.log.finish()
      var problems = state.displays.problems + state.metrics.problems
      let more = state.metrics.problemCount - state.metrics.problems.count
      if more > 0 {
        problems.append(
          Failure(.parse, "\(more) more lines of $REPRISE_METRICS were not understood"))
      }
      if let failure = state.log.failure { problems.append(failure) }
      if let unstored = state.unstored { problems.append(keep(state.metrics, unstored)) }
      if let failure = state.failure { problems.append(failure) }
      return problems
    }
  }

  /// The failure of the last time is the one that counts: what could not be stored is read again.
  private func readMetrics(isLast: Bool, until deadline: ContinuousClock.Instant? = nil) -> Bool {
    state.withLock { state in
      do {
        let isMore = try state.metrics.record(
          in: store, of: run, isLast: isLast, until: deadline, also: server?.take)
        state.unstored = nil
        return isMore
      } catch {
        state.unstored = error as? Failure ?? Failure(.io, "\(error)")
        return false
      }
    }
  }

  /// Metrics that the record did not take stay with the run's logs as the child wrote them.
  private func keep(_ file: MetricsFile, _ cause: Failure) -> Failure {
    let kept = file.keep(in: logs)
    return Failure(
      cause.code, "some metrics could not be recorded: \(cause.message)",
      hint: kept.map { "they are kept in \($0)" } ?? cause.hint, cause: cause.cause)
  }

  private func attempt(_ body: () throws -> Void) {
    do { try body() } catch {
      state.withLock { state in
        state.failure = state.failure ?? (error as? Failure ?? Failure(.io, "\(error)"))
      }
    }
  }
}
