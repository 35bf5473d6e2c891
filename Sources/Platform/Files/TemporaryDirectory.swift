import Glibc
import SystemPackage

/// A directory of our own that is removed, with all it holds, when the value's scope ends.
///
/// It is locked as long as the value lives. The kernel drops the lock when the process dies, so what a killed process
/// left behind can be told from what is in use; see ``removeAbandoned(prefix:in:)``.
package struct TemporaryDirectory: ~Copyable {
  package let path: FilePath
  private let lock: Int32
  private var isKept = false

  /// - Parameter parent: where to make it; `$TMPDIR` or `/tmp` when nil. The path is absolute if that is.
  package init(prefix: String = "reprise-", in parent: FilePath? = nil) throws {
    let parent = parent ?? TemporaryDirectory.parent
    while true {
      var template = parent.appending(prefix + "XXXXXX").withPlatformString { name in
        Array(UnsafeBufferPointer(start: name, count: strlen(name) + 1))
      }
      guard let made = mkdtemp(&template) else {
        throw Failure(errno: errno, "create a temporary directory in", parent)
      }
      let descriptor = open(made, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      // A file system that knows no locks has nothing removed from it either.
      if descriptor >= 0 { _ = flock(descriptor, LOCK_EX | LOCK_NB) }
      // Between the two calls it looked abandoned.
      if FileSystem.isDirectory(FilePath(platformString: made)) {
        path = FilePath(platformString: made)
        lock = descriptor
        return
      }
      close(descriptor)
    }
  }

  /// Keeps the directory when the scope ends, and says where it is. It is locked no more.
  package consuming func keep() -> FilePath {
    isKept = true
    return path
  }

  deinit {
    if !isKept { try? FileSystem.removeTree(path) }
    if lock >= 0 { close(lock) }
  }

  /// Removes directories that killed processes of this user left behind.
  ///
  /// - Parameter prefix: of their names, followed by the six characters that were made up. None of that name may have
  ///   been kept.
  /// - Returns: whether there was any.
  @discardableResult
  package static func removeAbandoned(prefix: String, in parent: FilePath? = nil) -> Bool {
    let parent = parent ?? TemporaryDirectory.parent
    var found = false
    for name in names(in: parent, prefix: prefix) {
      let path = parent.appending(name)
      let descriptor = path.withPlatformString {
        open($0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      }
      guard descriptor >= 0 else { continue }
      var status = stat()
      if fstat(descriptor, &status) == 0, status.st_uid == geteuid(),
        flock(descriptor, LOCK_EX | LOCK_NB) == 0
      {
        try? FileSystem.removeTree(path)
        found = true
      }
      close(descriptor)
    }
    return found
  }

  /// Names of a prefix and six characters more. A temporary folder holds thousands of others, of which no text is made.
  private static func names(in parent: FilePath, prefix: String) -> [String] {
    guard let handle = parent.withPlatformString({ opendir($0) }) else { return [] }
    defer { closedir(handle) }
    let wanted = Array(prefix.utf8)
    var names: [String] = []
    while let entry = readdir(handle) {
      withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        let name = bytes.prefix { $0 != 0 }
        guard name.count == wanted.count + 6, name.starts(with: wanted) else { return }
        names.append(String(decoding: name, as: UTF8.self))
      }
    }
    return names
  }

  /// An empty `$TMPDIR` is none: the directory would come to lie wherever the program was started.
  static var parent: FilePath {
    let named = getenv("TMPDIR").map { FilePath(platformString: $0) } ?? ""
    return named.isAbsolute ? named : "/tmp"
  }
}
