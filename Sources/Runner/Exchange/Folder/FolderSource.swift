import Formats
import Platform
import Records
import SystemPackage

/// An `mlruns` folder, as MLflow's file store keeps it (`mlflow/store/tracking/file_store.py`,
/// `mlflow/store/model_registry/file_store.py`):
///
/// ```
/// EXPERIMENT/meta.yaml, tags/KEY, datasets/ID/meta.yaml, models/MODEL/…
/// EXPERIMENT/RUN/meta.yaml, metrics/KEY, params/KEY, tags/KEY, inputs/ID/meta.yaml, outputs/MODEL/meta.yaml
/// .trash/EXPERIMENT/…                                              experiments that were deleted
/// models/NAME/meta.yaml, tags/KEY, aliases/NAME, version-N/…       the registry
/// ```
package final class FolderSource: ExchangeSource {
  package let name: String
  package let readsPointsFast = true
  let files: ForeignFolder
  let report: ExchangeReport
  let roots: ArtifactRoots
  /// Where the experiments are, by their ids.
  private var places: [String: [String]] = [:]
  /// Where the runs and logged models of the experiment at hand are.
  var folders: [String: [String]] = [:]

  static let trash = ".trash"
  /// Folders of an experiment that are no runs.
  static let reserved: Set<String> = ["tags", "datasets", "traces", "models"]

  /// - Throws: ``Failure`` when it is no folder, or there is no experiment in it.
  package init(_ path: FilePath, artifacts: [FilePath], report: ExchangeReport) throws {
    name = path.string
    self.report = report
    let real = FileSystem.realPath(path) ?? path
    files = try ForeignFolder(real, report)
    roots = try ArtifactRoots(base: real, more: artifacts, report: report)
    let hasExperiment = try files.folder.list([]).contains {
      try $0.isDirectory && files.folder.status([$0.name, "meta.yaml"]) != nil
    }
    let hasMore =
      try files.folder.status(["models"]) != nil || files.folder.status([Self.trash]) != nil
    guard hasExperiment || hasMore else {
      throw Failure(
        .invalid, "there is no experiment in `\(path)`",
        hint: "name the folder that MLflow calls `mlruns`: it holds one folder for each experiment")
    }
  }

  package func experiments() throws -> [ForeignExperiment] {
    var found: [ForeignExperiment] = []
    for base in [[], [Self.trash]] as [[String]] {
      for id in try files.folders(base) where !id.hasPrefix(".") {
        if base.isEmpty, id == "models" { continue }
        guard let meta = try meta(base + [id]) else { continue }
        guard let name = meta.text("name"), !name.isEmpty else {
          report.skip(meta.failure("the experiment has no name"))
          continue
        }
        guard places[id] == nil else {
          report.skip(meta.failure("experiment `\(id)` is there twice, once deleted"))
          continue
        }
        places[id] = base + [id]
        let isDeleted = !base.isEmpty || meta.text("lifecycle_stage") == "deleted"
        found.append(
          ForeignExperiment(
            id: id,
            copy: ExperimentCopy(
              name: name, artifactLocation: meta.text("artifact_location"),
              lifecycle: isDeleted ? .deleted : .active, created: meta.whole("creation_time"),
              updated: meta.whole("last_update_time"),
              tags: try values(base + [id, "tags"]).map { Tag($0.key, $0.value) })))
      }
    }
    // In the order in which they were made; ids of folders are random.
    return found.sorted { ($0.copy.created ?? 0, $0.id) < ($1.copy.created ?? 0, $1.id) }
  }

  /// Where an experiment is.
  func place(of experiment: ForeignExperiment) -> [String] {
    places[experiment.id] ?? [experiment.id]
  }

  /// The `meta.yaml` of a folder; nil when it is missing or broken, which is told.
  func meta(_ names: [String]) throws -> ForeignMeta? {
    let file = names + ["meta.yaml"]
    guard try files.folder.status(file) != nil else {
      report.skip(
        Failure(
          .invalid, "`\(files.shown(names))` has no `meta.yaml`; MLflow does not see it either"))
      return nil
    }
    guard let bytes = files.bytes(file, limit: 16 << 20) else { return nil }
    do {
      return ForeignMeta(try YAMLValue(parsing: bytes), path: files.shown(file))
    } catch {
      report.skip(error.failure(in: files.shown(file)))
      return nil
    }
  }

  /// The files of a folder as keys and values.
  func values(_ names: [String]) throws -> [(key: String, value: String)] {
    var values: [(String, String)] = []
    try files.eachFile(below: names) { key in
      let path = names + key.split(separator: "/").map(String.init)
      if let text = files.text(path) { values.append((key, text)) }
    }
    return values
  }

  package func artifacts(of run: ForeignRun) throws -> (any ArtifactTree)? {
    try tree(run.copy.artifactURI, folders[run.copy.id.hex], "run \(run.copy.id)")
  }

  package func artifacts(of model: ForeignModel) throws -> (any ArtifactTree)? {
    try tree(model.model.artifactURI, folders[model.model.id], "model \(model.model.id)")
  }

  /// The folder of its own, unless the address is another that is there: folders are moved, addresses stay.
  private func tree(_ uri: String?, _ own: [String]?, _ owner: String) throws -> (any ArtifactTree)?
  {
    if let own {
      let names = own + ["artifacts"]
      if let entries = try? files.folder.list(names), !entries.isEmpty {
        return FolderTree(files.folder, names, report)
      }
    }
    return try uri.flatMap { try roots.tree(at: $0, of: owner) }
  }
}
