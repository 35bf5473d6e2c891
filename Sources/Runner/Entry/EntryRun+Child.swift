import Notebooks
import Platform
import Projects
import Records
import SystemPackage

extension EntryRun {
  /// Runs the command of the entry point to its end.
  func execute(
    _ command: String, _ place: Place, _ variables: [String: String], _ passage: OutputPassage?
  ) async throws -> Result {
    let (run, store) = (place.run, place.store)
    let metrics = try MetricsFile(creatingAt: place.records.metricsFile(of: run.id))
    var (variables, problems) = (variables, [Failure]())
    let door = place.server == nil ? openDoor(&problems) : nil
    let marks = try MarkSocket()
    variables = try self.variables(variables, place, metrics.path, door, marks)
    let bash = try EntryRun.bash(variables)
    let listener = RunListener(
      run: run, store: store, metrics: metrics,
      displays: DisplayFile(at: place.records.displayFile(of: run.id)), server: place.server)
    // A task of its own, which Ctrl-C does not cancel: a child that is told to end has last words.
    let attending = Task { await attend(door, store) }
    let end: ChildEnd
    do {
      end = try await ChildProcess.run(
        ChildCommand(
          bash, ["-c", command], environment: variables, directory: plan.project.folder,
          inheritsInput: true),
        timeout: plan.timeout, passage: passage, doorbell: door?.doorbell, marks: marks,
        listener: listener)
    } catch {
      door?.close()
      _ = await attending.value
      _ = listener.finish()
      throw error
    }
    // What the child had asked for is answered before its end is written down.
    door?.close()
    if let trouble = await attending.value { problems.append(trouble) }
    var result = result(end, problems: listener.finish() + problems)
    result.begun = door?.runs(besides: run.id) ?? []
    return result
  }

  /// The child does without MLflow's API when there is no loopback, as in some sandboxes.
  func openDoor(_ problems: inout [Failure]) -> RunDoor? {
    guard service != nil else { return nil }
    do { return try RunDoor() } catch {
      let cause = (error as? Failure)?.message ?? "\(error)"
      problems.append(
        Failure(.io, "the entry point had no MLflow server to log to", cause: cause))
      return nil
    }
  }

  func attend(_ door: RunDoor?, _ store: RecordStore) async -> Failure? {
    guard let door, let service else { return nil }
    return await door.attend(service, store)
  }

  /// The variables of the child with those that depend on the run.
  ///
  /// - Parameter marks: nil for who shows things in another way.
  func variables(
    _ variables: [String: String], _ place: Place, _ metrics: FilePath, _ door: RunDoor?,
    _ marks: MarkSocket?
  ) throws -> [String: String] {
    var variables = variables
    let run = place.run
    variables["MLFLOW_RUN_ID"] = run.id.hex
    variables["MLFLOW_EXPERIMENT_ID"] = place.server?.experiment.id ?? "\(run.experiment)"
    variables[Recovery.mark] = run.id.hex
    variables["REPRISE_RECORDS"] = place.records.path.string
    variables["REPRISE_METRICS"] = metrics.string
    if let marks {
      variables["REPRISE_DISPLAY"] = place.records.displayFile(of: run.id).string
      variables["REPRISE_MARKS"] = marks.name
    }
    let isCut = place.script?.language == .python && place.script?.cells.hasMarks == true
    try PythonSupport.add(
      to: &variables, in: place.records.path, script: isCut ? place.script?.path : nil)
    // Python would otherwise hold its output back until it has 8 kB of it.
    if variables["PYTHONUNBUFFERED"] == nil { variables["PYTHONUNBUFFERED"] = "1" }
    // A run inside this one reads the name first, and must not find one that means another experiment.
    if variables["MLFLOW_EXPERIMENT_NAME"] != nil {
      variables["MLFLOW_EXPERIMENT_NAME"] =
        try place.server?.experiment.name ?? place.store.experiment(id: run.experiment).name
    }
    return door?.variables(added: variables) ?? variables
  }

  private func result(_ end: ChildEnd, problems: [Failure]) -> Result {
    var ending = RunEnding(
      status: EntryRun.status(of: end), endTime: Clock.milliseconds(),
      cpuSeconds: end.cpuSeconds, peakMemory: end.peakMemory)
    switch end.status {
    case .exited(let code): ending.exitCode = Int(code)
    case .signalled(let signal): ending.signal = Int(signal)
    }
    var problems = problems
    var exitCode = end.exitCode
    switch end.reason {
    case .itself: break
    case .timeout:
      problems.append(EntryRun.tooLong(plan.timeout ?? .zero))
      if exitCode == 0 { exitCode = EntryRun.timedOut }
    case .cancelled: exitCode = Failure.Code.interrupted.exitCode
    }
    return Result(
      ending: ending, exitCode: exitCode, problems: problems, isForced: end.reason != .itself,
      forcedTime: end.forcedTime)
  }
}
