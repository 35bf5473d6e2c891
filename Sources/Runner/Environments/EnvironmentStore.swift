import Glibc
import Platform
import SystemPackage

/// Built environments, one folder a content, under the user's cache.
///
/// A builder holds the folder's lock; a finished one has the file `.complete`, written last. So two runs never build
/// the same environment at once, and one that a crash left half made is made anew.
struct EnvironmentStore: Sendable {
  let folder: FilePath

  /// `$REPRISE_ENVIRONMENTS`, else `reprise/environments` under `$XDG_CACHE_HOME` or `~/.cache`.
  init(variables: [String: String]) {
    if let own = variables["REPRISE_ENVIRONMENTS"], !own.isEmpty {
      folder = FilePath(own)
    } else {
      folder = UserFolders.cache(variables).appending("environments")
    }
  }

  /// The environment of a key, made first when it is not there. A failed build leaves nothing behind.
  func environment(
    _ key: String, building build: (FilePath) async throws -> Void
  ) async throws -> FilePath {
    let prefix = folder.appending(key)
    let mark = prefix.appending(".complete")
    if FileSystem.exists(mark) { return prefix }
    try FileSystem.createDirectory(folder)
    let lock = try FileLock(folder.appending("\(key).lock"))
    do {
      if !FileSystem.exists(mark) {
        try FileSystem.removeTree(prefix)
        try await build(prefix)
        try FileSystem.write([UInt8](), to: mark)
      }
    } catch {
      try? FileSystem.removeTree(prefix)
      lock.release()
      throw error
    }
    lock.release()
    return prefix
  }
}
