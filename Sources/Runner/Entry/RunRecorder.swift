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

  /// Writes down everything that is known before the run, as a run that is running and ours.
  func start() throws -> Run {
    let code = try CodeState.capture(plan.project.folder)
    let inputs = try plan.inputs.map {
      try ContentDigest.record(.input, $0.declared, at: $0.path)
    }
    let run =
      try settings.runID.map { try store.resume($0, owner: .current()) } ?? store.start(new(code))
    do {
      let artifacts = FilePath(run.artifactURI)
      try code?.write(to: artifacts)
      let environment = EnvironmentRecord(
        manager: plan.manager.rawValue, python: PythonInterpreter.find(in: variables["PATH"]),
        environment: variables, ownVariables: Set(plan.entryPoint.environment.map(\.name)))
      try store.setEnvironment(environment.json, for: run.id)
      if !inputs.isEmpty { try store.record(files: inputs, for: run.id) }
    } catch {
      try? store.finish(run.id, RunEnding(status: .failed, endTime: Clock.milliseconds()))
      throw error
    }
    return run
  }

  /// The folder of a fetched project goes away with the run, so what it made is kept with the artifacts.
  private func keepOutputs(of run: Run) throws {
    let folder = FilePath(run.artifactURI).appending("outputs")
    for output in plan.outputs where FileSystem.exists(output.path) {
      guard let target = folder.lexicallyResolving(FilePath(output.declared)) else { continue }
      try FileSystem.copyTree(output.path, to: target)
    }
  }

  private func new(_ code: CodeState?) throws -> NewRun {
    let experiment = try settings.experiment(in: store, variables: variables)
    return NewRun(
      experiment: experiment.id, name: settings.runName, user: UserFolders.userName(),
      host: UserFolders.hostName(), startTime: Clock.milliseconds(),
      params: plan.parameters.map {
        Param($0.name, $0.value, kind: $0.kind.word, given: $0.given)
      }, tags: tags(code), command: plan.commandText, entryPoint: plan.entryPoint.name,
      sourceName: plan.source.name, owner: .current())
  }

  private func tags(_ code: CodeState?) -> [Tag] {
    var tags = [
      Tag("mlflow.user", UserFolders.userName()),
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
    if let problem = code?.problem {
      tags.append(Tag("reprise.code.problem", problem.message))
    }
    return tags + (code?.tags(version: plan.source.branch) ?? [])
  }

  /// Writes down what the run left and how it ended.
  func finish(_ run: Run, _ ending: RunEnding) throws -> Run {
    let outputs = try plan.outputs.map {
      try ContentDigest.record(.output, $0.declared, at: $0.path)
    }
    if !outputs.isEmpty { try store.record(files: outputs, for: run.id) }
    if plan.source.isFetched { try keepOutputs(of: run) }
    // Before the end is written: a crash in between leaves a run that is taken up again, never a file that nobody does.
    try? FileSystem.remove(records.metricsFile(of: run.id))
    try store.finish(run.id, ending)
    return try store.run(run.id)
  }
}
