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
    let listing = FileListing(place.root, git: place.git, exclude: place.settings.exclude)
    var folders: Set<FilePath> = [FilePath()]
    for path in try listing.files([FilePath()]) {
      var folder = FilePath(path).removingLastComponent()
      while folders.insert(folder).inserted { folder.removeLastComponent() }
    }
    // What is staged is the index, which git writes anew.
    if isStaged, let git = place.git { try watch.add(git.gitDirectory) }
    for folder in folders { try watch.add(place.root.pushing(folder)) }
  }

  func change() async throws {
    let watch = watch
    try await ParallelWork.onDeepThread { try watch.wait() }
  }
}
