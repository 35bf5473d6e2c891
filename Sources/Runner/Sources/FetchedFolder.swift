import Platform
import SystemPackage

/// A folder that is removed when nobody holds it any more.
final class FetchedFolder: Sendable {
  let path: FilePath

  init() throws {
    path = try TemporaryDirectory(prefix: "reprise-project-").keep()
  }

  deinit { try? FileSystem.removeTree(path) }
}
