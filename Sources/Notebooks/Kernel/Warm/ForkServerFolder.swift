import Glibc
import Platform
import SystemPackage

/// Where the sockets of fork-servers are: a folder that nobody else can enter.
enum ForkServerFolder {
  /// The folder, made when it is not there; nil when there is none that is safe.
  static func find(_ variables: [String: String]) -> FilePath? {
    var candidates: [FilePath] = []
    if let runtime = variables["XDG_RUNTIME_DIR"], runtime.hasPrefix("/") {
      candidates.append(FilePath(runtime).appending("reprise"))
    }
    let temporary = FilePath(variables["TMPDIR"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp")
    candidates.append(temporary.appending("reprise-\(geteuid())"))
    return candidates.first { isSafe($0) }
  }

  /// Whether it is ours alone. A link, or a folder that another user has put there, is not.
  private static func isSafe(_ folder: FilePath) -> Bool {
    guard folder.string.utf8.count < 70 else { return false }
    _ = folder.withPlatformString { mkdir($0, 0o700) }
    var status = stat()
    guard folder.withPlatformString({ lstat($0, &status) }) == 0 else { return false }
    return status.st_mode & S_IFMT == S_IFDIR && status.st_uid == geteuid()
      && status.st_mode & 0o077 == 0
  }
}
