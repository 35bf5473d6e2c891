import Glibc
import Platform
import SystemPackage

/// Built environments, one folder a content, under the user's cache.
///
/// A builder holds the folder's lock; a finished one has the file `.complete`, written last. So two runs never build
/// the same environment at once, and one that a crash left half made is made anew.
struct EnvironmentStore: Sendable {
  let folder: FilePath
  /// Told when another process has to be waited for.
  let announce: @Sendable (String) -> Void

  /// `$REPRISE_ENVIRONMENTS`, else `reprise/environments` under `$XDG_CACHE_HOME` or `~/.cache`.
  init(variables: [String: String], announce: @escaping @Sendable (String) -> Void) {
    self.announce = announce
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
    let prefix = try FileSystem.absolute(folder.appending(key))
    if isUsable(prefix) { return prefix }
    try FileSystem.createDirectory(folder)
    let lock = try await lock(folder.appending("\(key).lock"), prefix)
    do {
      if !isUsable(prefix) {
        removeAbandoned(except: key)
        try remove(prefix)
        try await build(prefix)
        try FileSystem.write([UInt8](), to: mark(of: prefix))
      }
    } catch {
      try? FileSystem.removeTree(prefix)
      lock.release()
      throw error
    }
    lock.release()
    return prefix
  }

  /// The variable by which what a builder starts is known; its value is the folder that is built.
  static let building = "REPRISE_BUILDING"

  /// Removes what a builder that was killed left half made, and first ends what it had started: that would go on writing.
  private func remove(_ prefix: FilePath) throws {
    guard FileSystem.exists(prefix) else { return }
    ProcessSession.killAll(carrying: EnvironmentStore.building, prefix.string)
    try FileSystem.removeTree(prefix)
  }

  /// Removes environments of other contents that are half made and that nobody builds. What has no lock file is not ours.
  private func removeAbandoned(except key: String) {
    guard let folder = try? FileSystem.absolute(folder) else { return }
    for name in (try? FileSystem.names(in: folder)) ?? [] where name != key {
      let prefix = folder.appending(name)
      let lock = folder.appending("\(name).lock")
      guard FileSystem.isDirectory(prefix), FileSystem.isFile(lock),
        !FileSystem.exists(mark(of: prefix)), let held = try? FileLock(lock, waiting: false)
      else { continue }
      // It may have been finished just before the lock was taken.
      if !FileSystem.exists(mark(of: prefix)) { try? remove(prefix) }
      held.release()
    }
  }

  private func mark(of prefix: FilePath) -> FilePath { prefix.appending(".complete") }

  /// Complete, and its Python still there: the one that it was made with may have been removed since.
  private func isUsable(_ prefix: FilePath) -> Bool {
    let python = prefix.appending("bin/python")
    return FileSystem.exists(mark(of: prefix))
      && (FileSystem.isFile(python) || !FileSystem.exists(python))
  }

  /// Waits without holding a thread, so that Ctrl-C and other work get through.
  private func lock(_ path: FilePath, _ prefix: FilePath) async throws -> FileLock {
    var isTold = false
    while true {
      do { return try FileLock(path, waiting: false) } catch let failure as Failure {
        guard failure.code == .locked else { throw failure }
      }
      if !isTold {
        announce("waiting for another process that builds \(prefix)")
        isTold = true
      }
      try await Task.sleep(for: .milliseconds(100))
    }
  }
}
