import Checks
import Git
import Platform
import SystemPackage

/// Waits for the files of a check to change.
struct CheckWatch: Sendable {
  private let watch: FolderWatch

  /// Watches from now on, so that nothing is missed that changes during the check itself.
  init(_ place: CheckPlace, isStaged: Bool) throws {
    watch = try FolderWatch()
    // What is staged is the index, which git writes anew.
    if isStaged, let git = place.git { try watch.add(git.gitDirectory) }
    let listing = FileListing(place.root, git: place.git, exclude: place.settings.exclude)
    var waiting = [FilePath()]
    while let folder = waiting.popLast() {
      let full = place.root.pushing(folder)
      // First, so that a folder that is made meanwhile is either listed or told.
      try watch.add(full)
      for name in (try? FileSystem.components(in: full)) ?? [] {
        let path = folder.appending(name)
        guard try FileSystem.linkStatus(place.root.pushing(path))?.kind == .directory,
          listing.mayHoldFiles(path)
        else { continue }
        waiting.append(path)
      }
    }
  }

  func change() async throws {
    let watch = watch
    try await ParallelWork.onDeepThread { try watch.wait() }
  }
}
