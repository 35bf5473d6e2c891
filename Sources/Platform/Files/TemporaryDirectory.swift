import Glibc
import SystemPackage

/// A directory of our own that is removed, with all it holds, when the value's scope ends.
package struct TemporaryDirectory: ~Copyable {
  package let path: FilePath
  private var isKept = false

  /// - Parameter parent: where to make it; `$TMPDIR` or `/tmp` when nil.
  package init(prefix: String = "reprise-", in parent: FilePath? = nil) throws {
    let parent = parent ?? getenv("TMPDIR").map { FilePath(platformString: $0) } ?? "/tmp"
    var template = Array(parent.appending(prefix + "XXXXXX").string.utf8CString)
    guard let made = mkdtemp(&template) else {
      throw Failure(errno: errno, "create a temporary directory in", parent)
    }
    path = FilePath(platformString: made)
  }

  /// Keeps the directory when the scope ends, and says where it is.
  package consuming func keep() -> FilePath {
    isKept = true
    return path
  }

  deinit {
    if !isKept { try? FileSystem.removeTree(path) }
  }
}
