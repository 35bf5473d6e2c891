import Platform
import Records
import SystemPackage

/// The records of a project, as what an export reads from.
package final class RecordsSource: ExchangeSource {
  package let name: String
  package let readsPointsFast = true
  private let store: RecordStore
  private let report: ExchangeReport
  private let files: ConfinedFolder?

  package init(_ store: RecordStore, report: ExchangeReport) throws {
    self.store = store
    self.report = report
    name = store.folder.string
    let folder = store.folder.appending("artifacts")
    files = FileSystem.isDirectory(folder) ? try ConfinedFolder(folder) : nil
  }

  package func experiments() throws -> [ForeignExperiment] {
    try store.experiments(view: .all).map { experiment in
      ForeignExperiment(
        id: "\(experiment.id)",
        copy: ExperimentCopy(
          name: experiment.name,
          artifactLocation: experiment.hasDefaultArtifactLocation
            ? nil : experiment.artifactLocation,
          lifecycle: experiment.lifecycle, created: experiment.created,
          updated: experiment.updated, tags: experiment.tags))
    }
  }

  package func eachRun(
    of experiment: ForeignExperiment, _ body: (ForeignRun) throws -> Void
  ) throws {
    guard let id = ExperimentID(experiment.id) else { return }
    try store.eachCopy(in: id) { try body(ForeignRun(experiment: experiment.id, copy: $0)) }
  }

  package func pointCount(of run: ForeignRun) throws -> Int? {
    try store.pointCount(of: run.copy.id)
  }

  package func eachBatch(of run: ForeignRun, _ body: ([Metric]) throws -> Void) throws {
    try store.eachBatch(of: run.copy.id, body)
  }

  package func eachModel(
    of experiment: ForeignExperiment, _ body: (ForeignModel) throws -> Void
  ) throws {
    guard let id = ExperimentID(experiment.id) else { return }
    for model in try store.allLoggedModels(in: id) {
      try body(ForeignModel(experiment: experiment.id, model: model))
    }
  }

  package func eachRegisteredModel(_ body: (ForeignRegisteredModel) throws -> Void) throws {
    try store.eachRegisteredModel { model, versions, last in
      try body(ForeignRegisteredModel(model: model, versions: versions, lastVersion: last))
    }
  }

  package func artifacts(of run: ForeignRun) throws -> (any ArtifactTree)? {
    try tree([run.experiment, run.copy.id.hex, "artifacts"])
  }

  package func artifacts(of model: ForeignModel) throws -> (any ArtifactTree)? {
    try tree([model.experiment, "models", model.model.id, "artifacts"])
  }

  private func tree(_ names: [String]) throws -> (any ArtifactTree)? {
    guard let files, try files.status(names)?.kind == .directory else { return nil }
    return FolderTree(files, names, report)
  }
}
