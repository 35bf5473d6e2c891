import Glibc
import SystemPackage

/// Finds programs by name as a shell does.
package enum ProgramPath {
  /// The executable of that name in the folders of a `PATH`; nil when there is none.
  package static func find(_ name: String, in path: String?) -> FilePath? {
    if name.contains("/") { return isExecutable(FilePath(name)) ? FilePath(name) : nil }
    for folder in (path ?? "/usr/local/bin:/usr/bin:/bin").split(
      separator: ":", omittingEmptySubsequences: false)
    {
      let candidate = FilePath(folder.isEmpty ? "." : String(folder)).appending(name)
      if isExecutable(candidate) { return candidate }
    }
    return nil
  }

  private static func isExecutable(_ path: FilePath) -> Bool {
    path.withPlatformString { access($0, X_OK) } == 0 && FileSystem.isFile(path)
  }
}
