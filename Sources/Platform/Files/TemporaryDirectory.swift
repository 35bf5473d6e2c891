import Glibc
import SystemPackage

/// A directory of our own that is removed, with all it holds, when the value's scope ends.
package struct TemporaryDirectory: ~Copyable {
  package let path: FilePath
  private var isKept = false

  /// - Parameter parent: where to make it; `$TMPDIR` or `/tmp` when nil. The path is absolute if that is.
  package init(prefix: String = "reprise-", in parent: FilePath? = nil) throws {
    let parent = parent ?? TemporaryDirectory.usual
    var template = parent.appending(prefix + "XXXXXX").withPlatformString { name in
      Array(UnsafeBufferPointer(start: name, count: strlen(name) + 1))
    }
    guard let made = mkdtemp(&template) else {
      throw Failure(errno: errno, "create a temporary directory in", parent)
    }
    path = FilePath(platformString: made)
  }

  /// An empty `$TMPDIR` is none: the directory would come to lie wherever the program was started.
  private static var usual: FilePath {
    let named = getenv("TMPDIR").map { FilePath(platformString: $0) } ?? ""
    return named.isAbsolute ? named : "/tmp"
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
