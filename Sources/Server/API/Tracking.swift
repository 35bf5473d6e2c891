import Platform
import Records
import Runner
import SystemPackage

/// What the endpoints work on.
package struct Tracking: Sendable {
  package let store: RecordStore
  package let artifacts: ArtifactStore
  /// Who may do what.
  package let access: AccessControl
  /// The run whose child is answered, when this is no server of its own.
  package var door: RunDoor?

  /// - Parameter access: nil lets everybody do everything.
  package init(store: RecordStore, access: AccessControl? = nil) throws {
    self.store = store
    self.access = access ?? AccessControl(nil, records: store, logger: ServerLog.logger())
    artifacts = try ArtifactStore(store)
  }

  /// The version of MLflow whose API this is.
  package static let mlflowVersion = "3.17.2"

  /// What stands before the path of an artifact that clients get through this server.
  static let proxyScheme = "mlflow-artifacts:/"

  /// The folder of all artifacts that this server hands out.
  package var artifactFolder: FilePath { store.folder.appending("artifacts") }

  /// Where clients find the artifacts of an experiment: through this server, unless it names another place.
  func artifactLocation(of experiment: Experiment) -> String {
    experiment.hasDefaultArtifactLocation
      ? "\(Tracking.proxyScheme)\(experiment.id)" : experiment.artifactLocation
  }

  /// Where clients find the artifacts of a run.
  func artifactURI(of run: Run) -> String {
    let own = artifactFolder.string + "/"
    guard run.artifactURI.hasPrefix(own) else { return run.artifactURI }
    return Tracking.proxyScheme + run.artifactURI.dropFirst(own.count)
  }
}
