import Formats
import Platform
import Projects
import Records
import SystemPackage

/// Opens the record of a run, and closes it.
struct RunRecorder {
  let plan: RunPlan
  let records: RecordsFolder
  let store: RecordStore
  let settings: RunSettings
  /// The variables of the child.
  let variables: [String: String]
  /// Where the record goes, when that is not ``records`` itself.
  var server: RemoteRecords?
  /// Takes note of the run that the server has begun.
  var begun: (RunID) throws -> Void = { _ in }
  /// Where the outputs are kept for a later run; nil: nowhere.
  var cache: ResultCache?

  /// What is known of the work before the run; nothing is written to find it out.
  struct Findings {
    var code: CodeState?
    var inputs: [RecordedFile]
    /// What inputs that are folders hold.
    var folders: [FolderList] = []
    var data: DataFindings
    var environment: EnvironmentRecord

    /// The variables of the child, as far as they do not depend on the run.
    var variables: [String: String] { environment.environment }
  }

  /// Reads code, inputs and interpreter.
  static func look(_ plan: RunPlan, _ variables: [String: String]) throws -> Findings {
    let code = try CodeState.capture(plan.project.folder)
    let data = plan.data?.versions(of: plan.inputs, as: .input) ?? DataFindings()
    var recipe = try plan.recipe(code, data)
    var variables = variables
    if plan.isProgram {
      let given = RunVariables(
        variables, parameters: plan.parameters, commitTime: code?.commitTime)
      (variables, recipe.drawn) = (given.values, given.drawn)
    }
    let (inputs, folders) = try inputs(of: plan)
    return Findings(
      code: code, inputs: inputs, folders: folders, data: data,
      environment: EnvironmentRecord(
        manager: plan.manager.rawValue,
        python: PythonInterpreter.find(variables, in: plan.project.folder),
        environment: variables, ownVariables: Set(plan.entryPoint.environment.map(\.name)),
        recipe: recipe))
  }

  private static func inputs(
    of plan: RunPlan
  ) throws -> (files: [RecordedFile], folders: [FolderList]) {
    var folders: [FolderList] = []
    let files = try plan.inputs.map {
      try ContentDigest.record(.input, $0.declared, at: $0.path) { folders.append($0) }
    }
    return (files, folders)
  }

  /// Writes down everything that is known before the run, as a run that is running and ours.
  func start(_ findings: Findings) throws -> Run {
    let run = try server.map { try start(findings, on: $0) } ?? startHere(findings)
    do {
      try findings.code?.write(to: FilePath(run.artifactURI))
      for (name, bytes) in plan.evidence {
        guard let path = FilePath(run.artifactURI).lexicallyResolving(FilePath(name)) else {
          continue
        }
        try FileSystem.createDirectory(path.removingLastComponent())
        try FileSystem.write(bytes, to: path, durable: false)
      }
      try store.setEnvironment(findings.environment.json, for: run.id)
      if !findings.inputs.isEmpty { try store.record(files: findings.inputs, for: run.id) }
      if !findings.data.versions.isEmpty {
        try store.record(data: findings.data.versions, for: run.id)
      }
      try Ballast.take(records.ballast(of: run.id))
    } catch {
      end(run, .failed)
      throw error
    }
    return run
  }

  private func startHere(_ findings: Findings) throws -> Run {
    if let id = settings.runID { return try store.resume(id, owner: .current()) }
    let experiment = try settings.experiment(in: store, variables: variables)
    return try store.start(new(findings, in: experiment.id))
  }

  /// The run has the name that the server gave it, here too.
  private func start(_ findings: Findings, on server: RemoteRecords) throws -> Run {
    var new = new(findings, in: .defaultExperiment)
    let info = try server.begin(new, resuming: settings.runID, begun)
    (new.id, new.name) = (info.id, info.name)
    do { return try store.start(new) } catch {
      if settings.runID == nil { server.discard(info) }
      throw error
    }
  }

  /// The folder of a fetched project goes away with the run, so what it made is kept with the artifacts.
  private func keepOutputs(of run: Run) throws {
    let folder = FilePath(run.artifactURI).appending("outputs")
    for output in plan.outputs where FileSystem.exists(output.path) {
      guard let target = folder.lexicallyResolving(FilePath(output.declared)) else { continue }
      try FileSystem.copyTree(output.path, to: target)
    }
  }

  /// Closes the record of a run that could not go on.
  func end(_ run: Run, _ status: RunStatus) {
    release(run)
    try? store.finish(run.id, RunEnding(status: status, endTime: Clock.milliseconds()))
  }

  private func new(_ findings: Findings, in experiment: ExperimentID) -> NewRun {
    NewRun(
      experiment: experiment, name: settings.runName, user: User.name(),
      host: Machine.name(), startTime: Clock.milliseconds(),
      params: plan.parameters.map {
        Param($0.name, $0.value, kind: $0.kind.word, given: $0.given)
      }, tags: tags(findings), command: plan.commandText, entryPoint: plan.entryPoint.name,
      sourceName: plan.source.name, owner: .current())
  }

  private func tags(_ findings: Findings) -> [Tag] {
    let code = findings.code
    var tags = [
      Tag("mlflow.user", User.name()),
      Tag("mlflow.source.name", plan.source.name),
      Tag("mlflow.source.type", "PROJECT"),
      Tag("mlflow.project.entryPoint", plan.entryPoint.name),
      Tag("mlflow.project.backend", "local"),
    ]
    if plan.manager != .local {
      tags.append(Tag("mlflow.project.env", plan.manager.rawValue))
    }
    let parent = variables[Recovery.mark] ?? variables["MLFLOW_RUN_ID"]
    if let parent { tags.append(Tag("mlflow.parentRunId", parent)) }
    // As a tag it can be searched for and compared without knowing the type of the parameter.
    let seed = plan.parameters.first { $0.name == "seed" }?.value
    if let seed = seed ?? findings.variables[RunVariables.seed] {
      tags.append(Tag("reprise.seed", seed))
    }
    if let problem = code?.problem {
      tags.append(Tag("reprise.code.problem", problem.message))
    }
    if let problem = findings.data.problems.first {
      tags.append(Tag("reprise.data.problem", problem.message))
    }
    return tags + (code?.tags(version: plan.source.branch) ?? []) + settings.tags
  }

  /// Writes down what the run left and how it ended. That outputs cannot be read is a problem, and no reason to leave the
  /// end unsaid.
  func finish(_ run: Run, _ result: EntryRun.Result) throws -> (run: Run, problems: [Failure]) {
    var problems: [Failure] = []
    var outputs: [RecordedFile] = []
    for output in plan.outputs {
      do {
        outputs.append(try ContentDigest.record(.output, output.declared, at: output.path))
      } catch is CancellationError {
        // Who interrupts the run does not want to wait for that.
        problems.append(
          Failure(.interrupted, "the output `\(output.declared)` was not recorded: interrupted"))
      } catch let failure as Failure {
        problems.append(failure)
      }
    }
    let data =
      Task.isCancelled ? nil : plan.data?.versions(of: plan.outputs, as: .output)
    problems += data?.problems ?? []
    if let cache, result.ending.status == .finished, outputs.count == plan.outputs.count {
      problems += cache.keep(outputs, of: run, in: store)
    }
    release(run)
    do {
      if !outputs.isEmpty { try store.record(files: outputs, for: run.id) }
      if let data, !data.versions.isEmpty { try store.record(data: data.versions, for: run.id) }
      if plan.source.isFetched { try keepOutputs(of: run) }
    } catch let failure as Failure {
      problems.append(failure)
    }
    let ending = result.ending
    try store.endLeft(result.begun, ending.status, at: ending.endTime)
    try store.close(run.id, ending, heedingWordsUntil: result.forcedTime)
    return (try store.run(run.id), problems)
  }

  /// Before the end is written: a crash in between leaves a run that is taken up again, never a file that nobody does.
  private func release(_ run: Run) {
    try? FileSystem.remove(records.metricsFile(of: run.id))
    try? FileSystem.remove(records.displayFile(of: run.id))
    try? FileSystem.remove(records.ballast(of: run.id))
  }
}
