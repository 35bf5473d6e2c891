import Platform
import Records
import SystemPackage

/// An `mlruns` folder, as what an export writes to; MLflow's file store reads it. See ``FolderSource`` for its layout.
///
/// The `meta.yaml` of a run or a model is written last: what has none is not there yet, and is begun anew.
package final class FolderTarget: ExchangeTarget {
  package let name: String
  let path: FilePath
  let folder: ConfinedFolder
  let report: ExchangeReport
  private let isDry: Bool
  /// What is there already.
  let known: FolderSource?
  private var knownExperiments: [String: ForeignExperiment] = [:]
  private var taken: Set<String> = []
  /// Where experiments are, by the ids of the other side.
  var places: [String: [String]] = [:]
  /// The run that is being written.
  var writer: RunFolderWriter?

  package init(_ path: FilePath, isDry: Bool, report: ExchangeReport) throws {
    let path = try FileSystem.absolute(path)
    name = path.string
    self.report = report
    self.isDry = isDry
    let isThere = FileSystem.isDirectory(path)
    if !isThere, isDry {
      throw Failure(
        .notFound, "there is no folder `\(path)` to compare with",
        hint: "make it, or export without `--dry-run`")
    }
    let names = isThere ? try FileSystem.names(in: path) : []
    try FileSystem.createDirectory(path)
    self.path = FileSystem.realPath(path) ?? path
    folder = try ConfinedFolder(self.path)
    known =
      names.isEmpty ? nil : try FolderSource(self.path, artifacts: [], report: ExchangeReport())
    if !isDry {
      try folder.makeFolder([FolderSource.trash])
      try folder.makeFolder(["models"])
    }
    try findKnown()
  }

  private func findKnown() throws {
    for experiment in try known?.experiments() ?? [] {
      knownExperiments[experiment.copy.name] = experiment
      taken.insert(experiment.id)
    }
  }

  package func take(_ experiment: ForeignExperiment) throws -> Bool {
    if let there = knownExperiments[experiment.copy.name] {
      places[experiment.id] = known?.place(of: there) ?? [there.id]
      return false
    }
    let id = freeID(experiment)
    let isDeleted = experiment.copy.lifecycle == .deleted
    let place = isDeleted ? [FolderSource.trash, id] : [id]
    places[experiment.id] = place
    guard !isDry else { return true }
    var meta = MetaFile()
    meta.add("experiment_id", .text(id))
    meta.add("name", .text(experiment.copy.name))
    meta.add("artifact_location", .text(experiment.copy.artifactLocation ?? location([id])))
    meta.add("lifecycle_stage", .text(experiment.copy.lifecycle.rawValue))
    meta.add("creation_time", .whole(experiment.copy.created))
    meta.add("last_update_time", .whole(experiment.copy.updated))
    for tag in experiment.copy.tags { write(tag.value, to: place + ["tags"], key: tag.key) }
    try write(meta, to: place)
    return true
  }

  /// The id that it has, unless another has it there.
  private func freeID(_ experiment: ForeignExperiment) -> String {
    var number = Int64(experiment.id) ?? 1
    while !taken.insert("\(number)").inserted { number += 1 }
    return "\(number)"
  }

  /// A place below the folder as MLflow names it.
  func location(_ names: [String]) -> String {
    path.string + "/" + names.joined(separator: "/")
  }

  /// Where an experiment's things are when it is not deleted: addresses do not change with it.
  func id(of experiment: String) -> String { places[experiment]?.last ?? experiment }

  func write(_ meta: MetaFile, to place: [String]) throws {
    try write(Array(meta.text.utf8), to: place + ["meta.yaml"])
  }

  func write(_ bytes: [UInt8], to names: [String]) throws {
    let upload = try folder.upload(names)
    try bytes.withUnsafeBytes { try upload.write($0) }
    try upload.commit()
  }

  /// Writes a value under its key, whose slashes are folders; what no file system can hold is told and left out.
  func write(_ value: String, to place: [String], key: String) {
    let names = place + key.split(separator: "/").map(String.init)
    do { try write(Array(value.utf8), to: names) } catch let failure as Failure {
      report.skip(
        Failure(
          failure.code, "`\(key)` cannot be a file in `\(location(place))`: \(failure.message)"))
    } catch {}
  }

  package func meeting(_ run: ForeignRun) throws -> RunMeeting {
    guard let place = places[run.experiment], let known else { return .absent }
    guard try folder.status(place + [run.copy.id.hex, "meta.yaml"]) != nil else { return .absent }
    let experiment = ForeignExperiment(id: place.last ?? "", copy: ExperimentCopy(name: ""))
    guard let there = try known.run(run.copy.id, place + [run.copy.id.hex], experiment) else {
      return .conflict("its folder cannot be read")
    }
    if let text = there.copy.contradiction(to: run.copy) { return .conflict(text) }
    var points: Set<Metric> = []
    var strange = 0
    known.folders[run.copy.id.hex] = place + [run.copy.id.hex]
    try known.eachBatch(of: there) { batch in
      for point in batch {
        // NaN is not equal to itself.
        if point.value.isNaN { strange += 1 } else { points.insert(point) }
      }
    }
    return .agrees(isComplete: there.copy.status == run.copy.status, points: points.count + strange)
  }

  package func flush() throws {}

  package func finish() throws {}

  package func artifacts(of run: ForeignRun) throws -> any ArtifactPlace {
    FolderPlace(folder, (places[run.experiment] ?? []) + [run.copy.id.hex, "artifacts"])
  }

  package func artifacts(of model: ForeignModel) throws -> (any ArtifactPlace)? {
    FolderPlace(folder, (places[model.experiment] ?? []) + ["models", model.model.id, "artifacts"])
  }
}
