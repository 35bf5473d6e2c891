import Formats
import Learning
import Platform
import Projects
import SystemPackage

/// All that a run will do, decided before anything is done.
package struct RunPlan: Sendable {
  package var source: ProjectSource
  package var entryPoint: EntryPoint
  package var parameters: [ResolvedParameter]
  package var action: Action
  /// Who provides the environment.
  package var manager: EnvironmentManager
  /// What it has to hold; nil when nothing has to be built.
  package var environment: EnvironmentSpecification?
  package var inputs: [PlannedFile]
  package var outputs: [PlannedFile]
  /// Where a trainer's model is written to beside the record; nil: nowhere.
  package var modelFile: FilePath?
  package var timeout: Duration?
  /// The variables that the run inherits.
  package var variables: [String: String]
  /// The folder that the command was started in.
  var workingFolder: FilePath
  /// Worth saying before it starts.
  package var warnings: [Warning]
  /// What was found out before the run and is recorded with it: files below its artifacts.
  package var evidence: [(name: String, bytes: [UInt8])] = []
  /// Who knows the versions of the data; nil when nobody does.
  package var data: (any DataVersions)?

  package enum Action: Sendable {
    /// A shell command, for `bash -c`.
    case command(String)
    /// A trainer of our own with the values of its parameters.
    case trainer(any Trainer, [String: String])
    case notebook(NotebookPlan)
    /// A script of cells in Swift, as one program.
    case program(SwiftPlan)
  }

  package var project: Project { source.project }

  /// Whether it runs code that is not ours.
  var isProgram: Bool {
    switch action {
    case .command, .notebook, .program: true
    case .trainer: false
    }
  }

  /// The command as the record has it.
  package var commandText: String? {
    switch action {
    case .command(let command): command
    case .trainer(let trainer, _): "trainer: \(trainer.name)"
    case .notebook(let notebook): "notebook: \(notebook.name)"
    case .program(let program): "swift: \(program.name)"
    }
  }

  /// How the environment is provided, for a person.
  package var environmentText: String {
    environment.map { "\(manager.rawValue), from \($0.file)" } ?? manager.rawValue
  }

  /// Where this run is recorded: `$REPRISE_RECORDS`, else with the project, or, when that was fetched, with the project
  /// that the command was started in.
  package func records(startedIn folder: FilePath) -> RecordsFolder {
    if source.isFetched || variables["REPRISE_RECORDS"]?.isEmpty == false {
      return .nearest(to: folder, variables: variables)
    }
    return RecordsFolder(project.folder.appending(".reprise"))
  }
}

extension RunPlan {
  /// Plans a run. Reads files, writes none, except downloads of `path` parameters that are URLs.
  ///
  /// - Throws: ``Failure`` with everything that is wrong with the request.
  package init(
    _ request: RunRequest, source: ProjectSource, data: (any DataVersions)? = nil
  ) throws {
    let project = source.project
    var entry = try project.entryPoint(
      named: request.entryPoint, shell: request.variables["SHELL"])
    let written = entry
    let notebook = try entry.notebook.map { try NotebookEntry($0, of: entry, in: project) }
    if let notebook { entry = try notebook.declaring(entry) }
    var trainer: (any Trainer)?
    if let name = entry.trainer {
      trainer = try RunPlan.trainer(name, entry)
      entry = try entry.declaring(trainer?.parameters ?? [])
      if let trainer { entry.settings = try RunPlan.settings(of: entry, for: trainer) }
    }
    let given = request.parameters.map { ($0.name, $0.value) }
    var arguments = try entry.arguments(given: given)
    let recorded = arguments.parameters
    arguments = try arguments.resolvingPaths(
      in: request.workingFolder, project: project.folder
    ) { uri, index in
      try Download.fetch(uri, index: index, into: request.storageFolder)
    }
    self.source = source
    self.data = data
    entryPoint = entry
    parameters = recorded.filter { !$0.isAbsent }
    variables = PythonSupport.removed(from: request.variables)
    workingFolder = request.workingFolder
    timeout = request.timeout ?? entry.timeout
    warnings = project.manifest.warnings + arguments.warnings
    if let trainer {
      let values = arguments.parameters.filter { !$0.isAbsent }.map { ($0.name, $0.value) }
      action = .trainer(trainer, Dictionary(values) { $1 })
    } else if let notebook {
      action = try notebook.plan(arguments, written: written)
    } else {
      action = .command(try entry.command(with: arguments))
    }
    (manager, environment) = try RunPlan.environment(project, request, trainer != nil)
    // The folder of a fetched project goes away: nothing can be checked out there.
    inputs = try RunPlan.inputs(entry, arguments, project, source.isFetched ? nil : data)
    outputs = try RunPlan.outputs(entry, project)
  }

  private static func trainer(_ name: String, _ entry: EntryPoint) throws -> any Trainer {
    do { return try Trainers.named(name) } catch var failure as Failure {
      failure.location = entry.location
      throw failure
    }
  }

  /// The settings that the trainer takes. A key that only another trainer knows is a mistake; one
  /// that nobody knows is ignored, as every unknown key is.
  private static func settings(
    of entry: EntryPoint, for trainer: any Trainer
  ) throws -> [Setting] {
    let known = Set(Trainers.all.flatMap(\.settings)).subtracting(trainer.settings)
    if let setting = entry.settings.first(where: { known.contains($0.name) }) {
      throw Failure(
        .invalid, "the trainer `\(trainer.name)` takes no `\(setting.name)`",
        at: setting.location())
    }
    let taken = entry.settings.filter { trainer.settings.contains($0.name) }
    try trainer.check(taken)
    return taken
  }

  /// What is read: the declared inputs, then the local files that `path` parameters name.
  private static func inputs(
    _ entry: EntryPoint, _ arguments: Arguments, _ project: Project,
    _ data: (any DataVersions)?
  ) throws -> [PlannedFile] {
    var files: [PlannedFile] = []
    for declared in entry.inputs {
      let named = try FileSystem.absolute(FilePath(declared), in: project.folder)
      // Of `store.sqlite#table` the file is what is read and recorded.
      let place = TablePlace(named)
      let path = place.file
      guard try FileSystem.status(path) != nil else {
        throw Failure(
          .notFound, "the input `\(declared)` of `\(entry.name)` does not exist",
          hint: data?.hint(forMissing: path) ?? hint(forMissing: path, in: project),
          at: entry.location)
      }
      files.append(PlannedFile(declared: declared, path: path, place: place.path))
    }
    for parameter in arguments.parameters where parameter.kind == .path && !parameter.isAbsent {
      let path = TablePlace(FilePath(parameter.value)).file
      guard path.isAbsolute, !files.contains(where: { $0.path == path }) else { continue }
      var relative = path
      let shown = relative.removePrefix(project.folder) ? relative.string : path.string
      // A folder that the project lies in, such as `/`, is no data of the run.
      guard !resolved(project.folder).starts(with: resolved(path)) else { continue }
      files.append(PlannedFile(declared: shown, path: path))
    }
    return files
  }

  /// Names the entry point that makes a file, when one says so.
  private static func hint(forMissing path: FilePath, in project: Project) -> String {
    let maker = project.manifest.entryPoints.first { other in
      other.outputs.contains { output in
        let made = try? FileSystem.absolute(FilePath(output), in: project.folder)
        return made.map { path.lexicallyNormalized().starts(with: $0.lexicallyNormalized()) }
          ?? false
      }
    }
    guard let maker else { return "make or fetch it first, or correct `inputs`" }
    return "`reprise run -e \(maker.name)` makes it"
  }

  private static func outputs(_ entry: EntryPoint, _ project: Project) throws -> [PlannedFile] {
    let root = FileSystem.realPath(project.folder) ?? project.folder
    return try entry.outputs.map { declared in
      let path = try FileSystem.absolute(FilePath(declared), in: root)
      let real = resolved(path)
      guard real.starts(with: root), real != root else {
        throw Failure(
          .invalid, "the output `\(declared)` of `\(entry.name)` lies outside the project",
          hint: "outputs are paths below \(root)", at: entry.location)
      }
      return PlannedFile(declared: declared, path: path)
    }
  }

  /// The path with the links of what is there resolved; what is not there yet keeps its name.
  static func resolved(_ path: FilePath, links: Int = 0) -> FilePath {
    if let real = FileSystem.realPath(path) { return real }
    guard let name = path.lastComponent, links < 40 else { return path }
    // A link to what is not there yet: what is written goes where it points.
    if (try? FileSystem.linkStatus(path))?.kind == .link,
      let target = try? FileSystem.linkTarget(path)
    {
      return resolved(path.removingLastComponent().pushing(target), links: links + 1)
    }
    return resolved(path.removingLastComponent(), links: links).appending(name)
  }
}
