import Glibc
import Platform
import Projects
import Records
import SystemPackage

/// The `.reprise` folder of a project: the records, and the artifacts of each run.
package struct RecordsFolder: Sendable, Hashable {
  package let path: FilePath

  package init(_ path: FilePath) { self.path = path }

  /// The one that a command means which is started in a folder: `$REPRISE_RECORDS`, else that of the nearest folder
  /// upwards that holds an MLproject or a `.reprise`, else the folder's own.
  package static func nearest(to folder: FilePath, variables: [String: String]) -> RecordsFolder {
    if let own = variables["REPRISE_RECORDS"], !own.isEmpty {
      return RecordsFolder(folder.pushing(FilePath(own)).lexicallyNormalized())
    }
    var candidate = folder
    while true {
      if FileSystem.isDirectory(candidate.appending(".reprise")) || hasManifest(candidate) {
        return RecordsFolder(candidate.appending(".reprise"))
      }
      let parent = candidate.removingLastComponent()
      if parent == candidate || parent.isEmpty { break }
      candidate = parent
    }
    return RecordsFolder(folder.appending(".reprise"))
  }

  /// Makes the folder, and has git ignore it.
  package func create() throws {
    let ignore = path.appending(".gitignore")
    if FileSystem.exists(ignore) { return }
    try FileSystem.createDirectory(path)
    do {
      try FileSystem.write(StateFolder.ignoringAll, to: ignore)
    } catch {
      // An empty folder only; one with records stays.
      _ = path.withPlatformString { rmdir($0) }
      throw error
    }
  }

  /// Where the artifacts of an experiment's runs are.
  package func artifacts(of experiment: ExperimentID) -> FilePath {
    path.appending("artifacts").appending("\(experiment)")
  }

  /// Where a run's artifacts are.
  package func artifacts(of run: RunID, in experiment: ExperimentID) -> FilePath {
    artifacts(of: experiment).appending(run.hex).appending("artifacts")
  }

  /// Where a running child appends its metrics.
  func metricsFile(of run: RunID) -> FilePath {
    path.appending("live").appending("\(run.hex).jsonl")
  }

  /// Where a running child appends what it displays.
  func displayFile(of run: RunID) -> FilePath {
    path.appending("live").appending("\(run.hex).display.jsonl")
  }

  /// Where a run's program is made.
  func buildFolder(of run: RunID) -> FilePath {
    path.appending("live").appending("\(run.hex).build")
  }

  /// What a run gives back for its end; see ``Ballast``.
  func ballast(of run: RunID) -> FilePath {
    path.appending("live").appending("\(run.hex).room")
  }

  private static func hasManifest(_ folder: FilePath) -> Bool {
    if FileSystem.isFile(folder.appending("MLproject")) { return true }
    return (try? FileSystem.names(in: folder))?.contains { $0.lowercased() == "mlproject" } ?? false
  }
}
