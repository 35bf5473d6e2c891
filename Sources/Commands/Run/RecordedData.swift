import Datasets
import Formats
import Platform
import Records
import Runner
import SystemPackage

/// Tells the record of a run which versions of data it read and wrote.
struct RecordedData: DataVersions {
  let place: Place
  let isStopped: @Sendable () -> Bool

  /// What the record takes for a name and for a tag.
  private static let longestPath = 500

  func versions(of files: [PlannedFile], as role: RecordedFile.Role) -> DataFindings {
    var reader = DataReader(
      variables: place.variables, watch: FileWatch(isCancelled: isStopped))
    var findings = DataFindings()
    for file in files where !isStopped() {
      let found = reader.read(file.path)
      for reading in found.readings {
        let version = RecordedVersion(reading, as: role)
        guard max(version.path.utf8.count, version.pointer.utf8.count) <= Self.longestPath else {
          let failure = Failure(
            .unsupported, "a path of more than \(Self.longestPath) bytes is no dataset of MLflow's")
          findings.problems.append(Self.untold(file, failure))
          continue
        }
        // One input may lie in another.
        if !findings.versions.contains(version) { findings.versions.append(version) }
      }
      for failure in found.problems {
        let problem = Self.untold(file, failure)
        if !findings.problems.contains(problem) { findings.problems.append(problem) }
      }
      for path in found.missing where role == .input {
        findings.problems.append(
          Failure(
            .notFound,
            "`\(shown(path))` in the input `\(file.declared)` is versioned and not there",
            hint: hint(forMissing: path)))
      }
    }
    return findings
  }

  private static func untold(_ file: PlannedFile, _ failure: Failure) -> Failure {
    Failure(
      failure.code, "the version of `\(file.declared)` was not recorded: \(failure.message)",
      hint: failure.hint, at: failure.location, cause: failure.cause)
  }

  func hint(forMissing path: FilePath) -> String? {
    var reader = DataReader(variables: place.variables)
    guard let isInCache = try? reader.isInCache(path) else { return nil }
    return "reprise data \(isInCache ? "checkout" : "pull") " + ShellWord.quoted(shown(path))
  }

  /// A path as it is typed where the command was started.
  private func shown(_ path: FilePath) -> String {
    var below = path
    return below.removePrefix(place.folder) && !below.isEmpty ? below.string : path.string
  }
}

extension RecordedVersion {
  fileprivate init(_ reading: DataReading, as role: RecordedFile.Role) {
    self.init(
      role: role, path: reading.path.string, digest: reading.object.text, size: reading.size,
      fileCount: Int64(reading.fileCount), pointer: reading.tracked.pointer.string,
      version: reading.tracked.output.object?.text, commit: reading.commit,
      isModified: reading.isModified, earlierVersion: reading.earlier?.object.text,
      earlierCommit: reading.earlier?.commit)
  }
}
