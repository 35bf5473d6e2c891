import Learning
import Notebooks
import Platform
import Projects
import Records
import SystemPackage

/// Carries out the plan of a run, and records it.
package struct EntryRun: Sendable {
  let plan: RunPlan
  let records: RecordsFolder
  let settings: RunSettings
  /// Whether the child's output goes to our own streams as well.
  let passesOutput: Bool
  let announce: @Sendable (String) -> Void
  let progress: any RunProgress
  /// Who answers the MLflow client of the entry point; nil: nobody.
  let service: (any TrackingService)?
  /// Who makes the page of the run's document; nil: nobody.
  let renderer: (any ReportRenderer)?

  package init(
    plan: RunPlan, records: RecordsFolder, settings: RunSettings, passesOutput: Bool,
    announce: @escaping @Sendable (String) -> Void, progress: any RunProgress,
    service: (any TrackingService)? = nil, renderer: (any ReportRenderer)? = nil
  ) {
    self.plan = plan
    self.records = records
    self.settings = settings
    self.passesOutput = passesOutput
    self.announce = announce
    self.progress = progress
    self.service = service
    self.renderer = renderer
  }

  /// Runs the entry point to its end.
  ///
  /// Whatever is wrong before the child starts is a failure and leaves no run behind; from then on the record says what
  /// happened, whatever it was.
  package func perform() async throws -> RunOutcome {
    let given = givenVariables(over: plan.variables)
    let server = try RemoteRecords.open(TrackingPlace(given), settings, given)
    let variables = try await environment()
    switch plan.action {
    case .command: _ = try EntryRun.bash(variables)
    case .notebook(let notebook):
      _ = try KernelSpecs(variables: variables, project: plan.project.folder).find(notebook.kernel)
    case .program: _ = try SwiftPlan.compiler(variables)
    case .trainer: break
    }
    let findings = try RunRecorder.look(plan, variables)
    try Task.checkCancellation()
    try records.create()
    let cache =
      try ResultCache.exemption(plan, settings) == nil
      ? ResultCache(plan, records, findings, standardInput: StandardInput.content()) : nil
    guard let server else { return try await record(findings, in: records, cache: cache) }
    let outbox = Outbox(in: records)
    let left = outbox.sendLeft(by: server.client, renderer)
    for run in left.sent { announce("note: the record of run `\(run)` was sent now") }
    let parcel = try outbox.newParcel()
    var outcome = try await record(findings, in: parcel.records, cache: cache, server, parcel)
    outbox.tidy()
    outcome.problems = left.problems + outcome.problems
    return outcome
  }

  /// Runs the entry point with its record in a folder.
  private func record(
    _ findings: RunRecorder.Findings, in records: RecordsFolder, cache: ResultCache?,
    _ server: RemoteRecords? = nil, _ parcel: Outbox.Parcel? = nil
  ) async throws -> RunOutcome {
    let store = try RecordStore(in: records.path)
    let variables = findings.variables
    if server == nil { _ = try Recovery.recover(store, records, renderer) }
    var recorder = RunRecorder(
      plan: plan, records: records, store: store, settings: settings, variables: variables,
      server: server)
    // What is made for a server's record leaves nothing here that could be found again.
    if server == nil { recorder.cache = cache }
    if let server, let parcel { recorder.begun = { try parcel.address($0, server.client) } }
    let home = server == nil ? store : nil
    let known = settings.force ? nil : try cache?.find(in: home)
    let run: Run
    do { run = try recorder.start(findings) } catch {
      try? parcel?.remove()
      throw error
    }
    let document = DocumentWriter(store, renderer)
    let script = script
    var troubles = [document.begin(run, plan, script)]
    let passage = passesOutput ? OutputPassage() : nil
    async let _: Void? = server?.keepSending()
    var result: Result
    var skipped: ResultCache.Skip?
    do {
      skipped = try cache?.carryOut(known, as: run, in: store, from: home, announce)
      if skipped != nil {
        recorder.cache = nil
        result = .nothingToDo
      } else {
        let problems = recorder.cache?.begin(run, in: store) ?? []
        let place = Place(run: run, store: store, records: records, server: server, script: script)
        result = try await work(place, variables, passage)
        result.problems += problems
      }
    } catch {
      recorder.end(run, error is CancellationError ? .killed : .failed)
      if let ended = try? store.run(run.id) { _ = document.finish(ended) }
      if let server, let parcel { _ = deliver(run.id, server, parcel, store, nil) }
      throw error
    }
    let (ended, problems) = try recorder.finish(run, result)
    troubles.append(document.finish(ended))
    var outcome = RunOutcome(
      run: ended, exitCode: result.exitCode,
      problems: findings.data.problems + result.problems + problems, skipped: skipped)
    // A full disk was told by then, and the document can be written again.
    if outcome.problems.isEmpty { outcome.problems += troubles.compactMap { $0 }.prefix(1) }
    if let passage { try await deliver(passage, result, &outcome) }
    if let server, let parcel {
      outcome.take(deliver(run.id, server, parcel, store, result.forcedTime), server)
    }
    return outcome
  }

  private func work(
    _ place: Place, _ variables: [String: String], _ passage: OutputPassage?
  ) async throws -> Result {
    switch plan.action {
    case .command(let command): try await execute(command, place, variables, passage)
    case .notebook(let notebook): try await execute(notebook, place, variables, passage)
    case .program(let program): try await execute(program, place, variables, passage)
    case .trainer(let trainer, let values):
      try await TrainerRun(
        trainer: trainer, values: values, plan: plan, run: place.run, store: place.store,
        progress: progress, announce: announce, passage: passage, server: place.server
      ).perform()
    }
  }

  /// What a run is recorded with.
  struct Place {
    let run: Run
    let store: RecordStore
    let records: RecordsFolder
    /// Where the record goes, when that is not the folder itself.
    let server: RemoteRecords?
    let script: RunScript?
  }

  private var script: RunScript? {
    switch plan.action {
    case .command(let command): RunScript(of: command, in: plan.project.folder)
    case .program(let program): RunScript(kept: program.name, in: plan.project.folder)
    case .notebook, .trainer: nil
    }
  }

  /// Sends the record to its server.
  private func deliver(
    _ run: RunID, _ server: RemoteRecords, _ parcel: Outbox.Parcel, _ store: RecordStore,
    _ forcedTime: Int64?
  ) -> Swift.Result<RemoteRunInfo, Failure> {
    var client = server.client
    // Who has interrupted the run wants its record all the same; a second time ends us at once.
    if Task.isCancelled { client.isCancelled = { false } }
    let delivery = Delivery(
      client: client, store: store, run: run, sentMetrics: server.sentMetrics(),
      forcedTime: forcedTime, progress: progress.update)
    defer { progress.clear() }
    do {
      let info = try delivery.send()
      try parcel.remove()
      return .success(info)
    } catch {
      return .failure(Outbox.unsent(run, parcel.records, client, error))
    }
  }

  /// How long the reader of the output may take nothing when the run was ended before its time.
  private static let readersPatience = Duration.seconds(2)

  /// Waits for the reader of the output, if it has not taken all yet, as any program in a pipe does.
  private func deliver(
    _ passage: OutputPassage, _ result: Result, _ outcome: inout RunOutcome
  ) async throws {
    let isForced = result.isForced || Task.isCancelled
    if try await passage.deliver(patience: isForced ? EntryRun.readersPatience : nil) { return }
    outcome.problems.append(
      Failure(
        .io, "the reader of the output did not take all of it",
        hint: "all of it is in \(outcome.run.artifactURI)/logs"))
    if outcome.exitCode == 0 { outcome.exitCode = Failure.Code.interrupted.exitCode }
  }

  /// How a run ended, before that is recorded.
  struct Result {
    var ending: RunEnding
    var exitCode: Int32
    var problems: [Failure] = []
    /// Whether it was ended before its time: by a timeout, or because we were told to end.
    var isForced = false
    /// When it was told to end, in milliseconds since 1970.
    var forcedTime: Int64?
    /// Runs that its MLflow client began.
    var begun: [RunID] = []

    /// Of a run that had nothing to do.
    static var nothingToDo: Result {
      let ending = RunEnding(status: .finished, endTime: Clock.milliseconds(), exitCode: 0)
      return Result(ending: ending, exitCode: 0)
    }
  }

  /// The variables of the child that do not depend on the run.
  func environment(building: Bool = true) async throws -> [String: String] {
    var variables = plan.variables
    if let specification = plan.environment {
      let builder = EnvironmentBuilder(
        folder: plan.project.folder, variables: variables, announce: announce, builds: building)
      variables = try await builder.prepare(specification, with: plan.manager)
    }
    return givenVariables(over: variables)
  }

  /// With those that the entry point sets itself.
  private func givenVariables(over variables: [String: String]) -> [String: String] {
    var variables = variables
    for variable in plan.entryPoint.environment { variables[variable.name] = variable.value }
    return variables
  }

  static func bash(_ variables: [String: String]) throws -> FilePath {
    guard let bash = ProgramPath.find("bash", in: variables["PATH"]) else {
      throw Failure(.notFound, "`bash` is not on PATH", hint: "entry points are run by bash")
    }
    return bash
  }

  /// The status of a run whose time was over and that ended well all the same, as timeout(1) gives it.
  static let timedOut: Int32 = 124

  static func tooLong(_ timeout: Duration) -> Failure {
    Failure(
      .invalid, "the entry point was ended after its time of \(timeout)",
      hint: "give it more with `--timeout` or under `timeout` in MLproject")
  }

  /// A child that ended itself failed or not by its status; one that somebody ended was killed; a crash is a failure.
  static func status(of end: ChildEnd) -> RunStatus {
    if end.reason != .itself { return .killed }
    switch end.status {
    case .exited(0): return .finished
    case .exited: return .failed
    case .signalled(let signal): return killing.contains(signal) ? .killed : .failed
    }
  }

  /// SIGHUP, SIGINT, SIGQUIT, SIGKILL, SIGTERM: sent by somebody, not by a fault of the program.
  private static let killing: Set<Int32> = [1, 2, 3, 9, 15]
}
