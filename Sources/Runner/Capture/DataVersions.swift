import Platform
import Records
import SystemPackage

/// Knows which versions of data paths hold.
///
/// Nothing here reads `.dvc` files: the floor above brings what does, or nothing.
package protocol DataVersions: Sendable {
  /// The versions that files hold just now. What goes wrong is a problem to tell, and never ends a run: nothing is claimed of
  /// that data then.
  func versions(of files: [PlannedFile], as role: RecordedFile.Role) -> DataFindings

  /// What to type when an input is versioned and not there; nil when it is not versioned.
  func hint(forMissing path: FilePath) -> String?
}

/// What is known of the versions of a run's data.
package struct DataFindings: Sendable {
  package var versions: [RecordedVersion]
  package var problems: [Failure]

  package init(versions: [RecordedVersion] = [], problems: [Failure] = []) {
    self.versions = versions
    self.problems = problems
  }
}
