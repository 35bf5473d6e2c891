import Formats
import Learning
import Platform
import Records
import Synchronization
import SystemPackage

/// A run that a program records by itself: a new one, or the one that `reprise run` has started the program in.
///
/// Metrics are gathered for a fifth of a second and written together, so that a loop may log as often as it likes.
package final class ProgramRun: Sendable {
  package let id: RunID
  package let name: String
  /// Whether `reprise run` or another program opened it, and will close it.
  package let isJoined: Bool
  /// Where its artifacts are.
  package let artifacts: FilePath
  private let store: RecordStore
  private let state = Mutex(State())

  private struct State {
    var waiting: [Metric] = []
    var lastFlush = ContinuousClock.now
    var isFinished = false
  }

  private static let flushEvery = Duration.milliseconds(200)
  private static let batch = 1000

  /// Joins the run that the variables name, or starts a new one in the nearest records.
  ///
  /// - Throws: ``Failure`` when the records cannot be opened or the experiment is deleted.
  package init(
    name: String? = nil, experiment: String? = nil, source: String, folder: FilePath,
    variables: [String: String]
  ) throws {
    let records = RecordsFolder.nearest(to: folder, variables: variables)
    let around = variables[Recovery.mark] ?? variables["MLFLOW_RUN_ID"]
    if let around, let id = RunID(around),
      FileSystem.exists(records.path.appending("records.db"))
    {
      store = try RecordStore(in: records.path)
      let run = try store.run(id)
      (self.id, self.name, isJoined) = (id, run.name, true)
      artifacts = FilePath(run.artifactURI)
      return
    }
    let code = try CodeState.capture(folder)
    try records.create()
    store = try RecordStore(in: records.path)
    _ = try Recovery.recover(store, records, nil)
    let settings = RunSettings(experimentName: experiment)
    let run = try store.start(
      NewRun(
        experiment: settings.experiment(in: store, variables: variables).id, name: name,
        user: User.name(), host: Machine.name(), startTime: Clock.milliseconds(),
        tags: [
          Tag("mlflow.user", User.name()), Tag("mlflow.source.name", source),
          Tag("mlflow.source.type", "LOCAL"),
        ] + (code?.tags(version: nil) ?? []), sourceName: source, owner: .current()))
    (id, self.name, isJoined) = (run.id, run.name, false)
    artifacts = FilePath(run.artifactURI)
    try code?.write(to: artifacts)
    let environment = EnvironmentRecord(
      manager: "local", python: nil, environment: variables, ownVariables: [])
    try store.setEnvironment(environment.json, for: run.id)
  }

  package func metric(_ name: String, _ value: Double, step: Int64) throws {
    let metric = Metric(name, value, timestamp: Clock.milliseconds(), step: step)
    let isDue = state.withLock { state in
      state.waiting.append(metric)
      return state.waiting.count >= ProgramRun.batch
        || ContinuousClock.now - state.lastFlush >= ProgramRun.flushEvery
    }
    if isDue { try flush() }
  }

  /// - Throws: ``Failure`` with code `.conflict` for a parameter that has another value already.
  package func parameter(_ name: String, _ value: String) throws {
    try store.log(params: [Param(name, value, given: value)], to: id)
  }

  /// Logs those of some parameters whose names the run does not have yet: what `reprise run` was given stays as it was typed.
  package func parameters(filling values: [(name: String, value: String)]) throws {
    let known = Set(try store.run(id).params.map(\.key))
    let params = values.filter { !known.contains($0.name) }.map { Param($0.name, $0.value) }
    if !params.isEmpty { try store.log(params: params, to: id) }
  }

  package func tag(_ name: String, _ value: String) throws {
    try store.log(tags: [Tag(name, value)], to: id)
  }

  /// Copies a file or folder into the artifacts.
  package func artifact(_ file: FilePath, as name: String) throws {
    guard let target = artifacts.lexicallyResolving(FilePath(name)) else {
      throw Failure(
        .invalid, "an artifact named `\(name)` leaves the run's folder",
        hint: "name it without `..`")
    }
    try FileSystem.createDirectory(target.removingLastComponent())
    try FileSystem.copyTree(file, to: target)
  }

  /// Writes what waits.
  package func flush() throws {
    let metrics = state.withLock { state in
      defer { state.waiting = [] }
      state.lastFlush = .now
      return state.waiting
    }
    if !metrics.isEmpty { try store.log(metrics: metrics, to: id) }
  }

  /// Closes the record, unless somebody else will. Once is enough; what is logged later is still taken.
  package func finish(_ status: RunStatus) throws {
    try flush()
    let isFirst = state.withLock { state in
      defer { state.isFinished = true }
      return !state.isFinished
    }
    guard isFirst, !isJoined else { return }
    let code = status == .finished ? 0 : 1
    try store.finish(
      id, RunEnding(status: status, endTime: Clock.milliseconds(), exitCode: code))
  }
}
