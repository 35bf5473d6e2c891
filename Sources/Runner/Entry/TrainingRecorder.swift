import Formats
import Learning
import Platform
import Records
import Synchronization
import SystemPackage

/// Puts what a trainer tells into the record: metrics in batches, artifacts as files, notes as they come.
final class TrainingRecorder: TrainingObserver {
  private struct State {
    var waiting: [Metric] = []
    var lastFlush = ContinuousClock.now
    var problems: [Failure] = []
    var timeLeft = TimeLeft()
    /// The newest score of rows that are held out.
    var score: (name: String, value: Double)?
    var plots = TrainingPlots()
  }

  private let run: RunID
  private let store: RecordStore
  private let artifacts: FilePath
  private let server: RemoteRecords?
  private let display: any RunProgress
  private let announce: @Sendable (String) -> Void
  private let state = Mutex(State())

  /// Whoever looks at a run that is going on sees it this fresh.
  private static let flushEvery = Duration.milliseconds(200)
  /// MLflow's limit of a batch.
  private static let batch = 1000

  init(
    run: RunID, store: RecordStore, artifacts: FilePath, progress: any RunProgress,
    announce: @escaping @Sendable (String) -> Void, server: RemoteRecords? = nil
  ) {
    self.server = server
    self.run = run
    self.store = store
    self.artifacts = artifacts
    display = progress
    self.announce = announce
  }

  var problems: [Failure] { state.withLock { $0.problems } }

  func parameters(_ effective: [(name: String, value: String)]) {
    attempt {
      let known = Set(try store.run(run).params.map(\.key))
      let params = effective.filter { !known.contains($0.name) }.map { Param($0.name, $0.value) }
      if !params.isEmpty { try store.log(params: params, to: run) }
    }
  }

  func metric(_ name: String, _ value: Double, step: Int64) {
    let metric = Metric(name, value, timestamp: Clock.milliseconds(), step: step)
    let isDue = state.withLock { state in
      state.waiting.append(metric)
      // What the machine did is no part of the result, which is to be the same when it is played again.
      if !name.hasPrefix("system/") { state.plots.add(name, value, step: step) }
      if name.hasPrefix("test_") { state.score = (name, value) }
      return state.waiting.count >= TrainingRecorder.batch
        || ContinuousClock.now - state.lastFlush >= TrainingRecorder.flushEvery
    }
    if isDue { attempt { try flush() } }
  }

  func progress(_ progress: TrainingProgress) {
    let of = progress.total.map { " of \($0)" } ?? ""
    var text = "\(progress.phase): \(progress.completed)\(of) \(progress.unit)"
    let (score, left) = state.withLock { state in
      if progress.unit == "batches" { state.plots.unit = "batch" }
      return (
        state.score,
        progress.total.flatMap {
          state.timeLeft.text(progress.phase, progress.completed, of: $0)
        }
      )
    }
    if let score { text += ", \(score.name) \(shortNumber(score.value))" }
    if let left { text += ", \(left)" }
    display.update(text)
  }

  func note(_ text: String) {
    display.clear()
    announce("note: \(text)")
  }

  func artifact(_ file: FilePath, as name: String) {
    attempt {
      guard let target = artifacts.lexicallyResolving(FilePath(name)) else {
        throw Failure(.bug, "an artifact named `\(name)` leaves the run's folder")
      }
      try FileSystem.copyTree(file, to: target)
    }
  }

  /// Writes what waits.
  func flush() throws {
    let metrics = state.withLock { state in
      defer { state.waiting = [] }
      state.lastFlush = ContinuousClock.now
      return state.waiting
    }
    guard !metrics.isEmpty else { return }
    try store.log(metrics: metrics, params: [], tags: [], to: run)
    server?.take(metrics)
  }

  /// Writes what the training came to.
  func finish(_ result: TrainingResult) throws {
    try flush()
    try store.log(tags: [Tag(TrainingTimings.tag, TrainingTimings(result).json.text())], to: run)
    var members = result.details.sorted { $0.key < $1.key }.map {
      JSONValue.Member($0.key, $0.value)
    }
    members.append(.init("classes", .array(result.data.classes.map { .string($0) })))
    members.append(.init("features", .array(result.data.features.map { .string($0) })))
    members.append(.init("rows", .int(Int64(result.data.rows))))
    try FileSystem.write(
      JSONValue.object(members).text(.indented, sortingKeys: true) + "\n",
      to: artifacts.appending("model/training.json"), durable: false)
    let plots = state.withLock { $0.plots }
    attempt { try plots.write(result, below: artifacts.appending("plots")) }
  }

  private func attempt(_ body: () throws -> Void) {
    do { try body() } catch {
      let failure = error as? Failure ?? Failure(.io, "\(error)")
      state.withLock { state in
        if state.problems.count < 5, !state.problems.contains(failure) {
          state.problems.append(failure)
        }
      }
    }
  }
}
