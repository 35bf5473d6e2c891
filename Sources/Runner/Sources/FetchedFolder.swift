import Platform
import SystemPackage

/// A folder that is removed when nobody holds it any more.
///
/// The first that is made after a crash removes those that were left behind.
final class FetchedFolder: Sendable {
  private let folder: TemporaryDirectory
  var path: FilePath { folder.path }

  init() throws {
    TemporaryDirectory.removeAbandoned(prefix: "reprise-project-")
    folder = try TemporaryDirectory(prefix: "reprise-project-")
  }
}
