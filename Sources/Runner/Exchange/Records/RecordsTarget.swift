import Platform
import Records
import SystemPackage

/// The records of a project, as what an import writes to.
package final class RecordsTarget: ExchangeTarget {
  package let name: String
  private let store: RecordStore
  private let isDry: Bool
  private let files: ConfinedFolder?
  /// Our experiments by the ids of the other side; none for one that would be made.
  private var experiments: [String: ExperimentID] = [:]
  private var waiting: [RunPart] = []
  private var waitingPoints = 0

  /// Runs that are written in one transaction.
  private static let groupSize = 200

  package init(_ store: RecordStore, isDry: Bool) throws {
    self.store = store
    self.isDry = isDry
    name = store.folder.string
    let folder = store.folder.appending("artifacts")
    if !isDry { try FileSystem.createDirectory(folder) }
    files = FileSystem.isDirectory(folder) ? try ConfinedFolder(folder) : nil
  }

  package func take(_ experiment: ForeignExperiment) throws -> Bool {
    let known = try store.experiment(named: experiment.copy.name)
    var copy = experiment.copy
    copy.artifactLocation = copy.artifactLocation.flatMap(Self.kept)
    experiments[experiment.id] = try isDry ? known?.id : store.takeOver(copy)
    return known == nil
  }

  package func meeting(_ run: ForeignRun) throws -> RunMeeting {
    try store.meeting(run.copy, in: experiments[run.experiment])
  }

  package func take(_ run: ForeignRun, points: [Metric], isLast: Bool) throws {
    guard let experiment = experiments[run.experiment] else { return }
    var copy = run.copy
    copy.artifactURI = copy.artifactURI.flatMap(Self.kept)
    waiting.append(RunPart(copy, in: experiment, points: points, isLast: isLast))
    waitingPoints += points.count
    if !isLast || waitingPoints >= Exchange.partSize || waiting.count >= Self.groupSize {
      try flush()
    }
  }

  package func flush() throws {
    try store.takeOver(waiting)
    waiting.removeAll(keepingCapacity: true)
    waitingPoints = 0
  }

  package func finish() throws {}

  package func take(_ model: ForeignModel) throws -> Bool {
    if isDry { return (try? store.loggedModel(model.model.id, includingDeleted: true)) == nil }
    guard let experiment = experiments[model.experiment] else { return false }
    var ours = model.model
    ours.experiment = experiment
    ours.artifactURI = Self.kept(ours.artifactURI) ?? ""
    return try store.takeOver(ours)
  }

  package func take(_ model: ForeignRegisteredModel) throws -> (
    isNew: Bool, versions: Int, conflicts: [String]
  ) {
    if isDry {
      let known = try? store.registeredModel(model.model.name)
      let missing = model.versions.filter {
        (try? store.modelVersion(of: model.model.name, String($0.number))) == nil
      }
      return (known == nil, missing.count, [])
    }
    let versions = model.versions.map { version in
      var version = version
      version.source = here(version.source)
      version.storage = version.storage.map(here)
      return version
    }
    return try store.takeOver(model.model, versions: versions, lastVersion: model.lastVersion)
  }

  /// An address of artifacts that clients reach by themselves; the others are brought, and stand beside the database.
  private static func kept(_ uri: String) -> String? {
    if case .remote = ArtifactURI(uri) { uri } else { nil }
  }

  /// Where the files are that an address of the other side meant: those of runs and logged models are here now.
  private func here(_ uri: String) -> String {
    let parts: [String]
    switch ArtifactURI(uri) {
    case .remote: return uri
    case .proxied(let names): parts = names
    case .path(let path): parts = path.split(separator: "/").map(String.init)
    }
    for index in parts.indices.dropLast() where parts[index + 1] == "artifacts" {
      let rest = parts[(index + 1)...].joined(separator: "/")
      if let id = RunID(parts[index]), let run = try? store.run(id) {
        return "mlflow-artifacts:/\(run.experiment)/\(id)/\(rest)"
      }
      if let model = try? store.loggedModel(parts[index], includingDeleted: true) {
        return "mlflow-artifacts:/\(model.experiment)/models/\(model.id)/\(rest)"
      }
    }
    return uri
  }

  package func artifacts(of run: ForeignRun) throws -> any ArtifactPlace {
    try place(run.experiment, [run.copy.id.hex, "artifacts"])
  }

  package func artifacts(of model: ForeignModel) throws -> (any ArtifactPlace)? {
    try place(model.experiment, ["models", model.model.id, "artifacts"])
  }

  private func place(_ experiment: String, _ names: [String]) throws -> any ArtifactPlace {
    guard let files, let id = experiments[experiment] else { return NowhereYet() }
    return FolderPlace(files, ["\(id)"] + names)
  }
}
