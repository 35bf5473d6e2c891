import CFiles
import Glibc
import SystemPackage

/// A folder that can be worked in by paths from strangers: none leads out of it.
///
/// A path is a list of names below the folder. No link is followed, wherever on the way it stands and whoever puts it
/// there meanwhile: the kernel resolves a path in one call (`openat2` with `RESOLVE_BENEATH` and
/// `RESOLVE_NO_SYMLINKS`), or each name is opened in the folder before it with `O_NOFOLLOW` when the kernel does not
/// know that call. Only regular files and folders are read, written, listed; links and special files are refused.
///
/// - Throws: ``Failure`` with code `.invalid` for a name that is none (`..`, a slash, NUL), `.notFound`,
///   `.permission` for a link on the way, `.unsupported` for a special file, and `.conflict` for a folder where a file
///   is wanted or the other way round.
package final class ConfinedFolder: Sendable {
  /// How a path is resolved.
  package enum Resolution: Sendable, CaseIterable {
    /// By `openat2`, in one call.
    case kernel
    /// Name by name.
    case stepwise
  }

  /// Where the folder is.
  package let path: FilePath
  package let resolution: Resolution
  private let root: Int32

  /// - Parameter resolution: nil takes the kernel's, where it has one.
  package init(_ path: FilePath, resolution: Resolution? = nil) throws {
    root = path.withPlatformString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard root >= 0 else { throw Failure(errno: errno, "open", path) }
    self.path = path
    self.resolution = resolution ?? ConfinedFolder.resolution(in: root)
  }

  deinit { close(root) }

  /// A filter of system calls may refuse `openat2` with any number.
  private static func resolution(in root: Int32) -> Resolution {
    let descriptor = reprise_open_beneath(root, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return .stepwise }
    close(descriptor)
    return .kernel
  }

  /// Opens a folder below this one, or itself for no names.
  func openFolder(_ names: ArraySlice<String>) throws -> Int32 {
    try ConfinedFolder.check(names)
    let joined = names.joined(separator: "/")
    guard !names.isEmpty, resolution == .kernel, joined.utf8.count < 4000 else {
      return try openStepwise(names)
    }
    while true {
      let descriptor = reprise_open_beneath(root, joined, ConfinedFolder.folderFlags)
      if descriptor >= 0 { return descriptor }
      // The kernel says the same of a file and of a link at the end; name by name it is told which.
      if errno == ENOTDIR { return try openStepwise(names) }
      // A rename anywhere on the machine can make the kernel unsure.
      guard errno == EAGAIN else { throw refusal(errno, names) }
    }
  }

  /// Opens a folder, and makes those on the way that are missing.
  func openFolderMaking(_ names: ArraySlice<String>) throws -> Int32 {
    do { return try openFolder(names) } catch let failure as Failure where failure.code == .notFound
    {
      return try openStepwise(names, making: true)
    }
  }

  private func openStepwise(_ names: ArraySlice<String>, making: Bool = false) throws -> Int32 {
    var current = fcntl(root, F_DUPFD_CLOEXEC, 0)
    guard current >= 0 else { throw refusal(errno, names) }
    for (index, name) in zip(names.indices, names) {
      if making, mkdirat(current, name, 0o777) != 0, errno != EEXIST {
        defer { close(current) }
        throw refusal(errno, names[...index])
      }
      let next = openat(current, name, ConfinedFolder.folderFlags)
      let number = next < 0 ? ConfinedFolder.reason(errno, name, in: current) : 0
      close(current)
      guard next >= 0 else { throw refusal(number, names[...index]) }
      current = next
    }
    return current
  }

  /// `O_DIRECTORY | O_NOFOLLOW` says the same of a file and of a link.
  private static func reason(_ number: Int32, _ name: String, in folder: Int32) -> Int32 {
    var s = stat()
    guard number == ENOTDIR, fstatat(folder, name, &s, AT_SYMLINK_NOFOLLOW) == 0 else {
      return number
    }
    return s.st_mode & S_IFMT == S_IFLNK ? ELOOP : ENOTDIR
  }

  private static let folderFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC

  /// Names that a folder can hold; the file system's limits are its own to tell.
  static func check(_ names: ArraySlice<String>) throws {
    for name in names {
      let isName =
        !name.isEmpty && name != "." && name != ".."
        && !name.utf8.contains { $0 == UInt8(ascii: "/") || $0 == 0 }
      guard isName else { throw Failure(.invalid, "`\(name)` is not a name of a file") }
    }
  }

  /// What a failed call means for the path that was asked for.
  func refusal(_ number: Int32, _ names: ArraySlice<String>) -> Failure {
    let shown = FilePath(names.joined(separator: "/"))
    return switch number {
    case ELOOP, EXDEV: ConfinedFolder.link(shown)
    case ENOTDIR: Failure(.conflict, "`\(shown)` is not a folder, or stands below a file")
    case EISDIR: Failure(.conflict, "`\(shown)` is a folder")
    case ENAMETOOLONG: Failure(.invalid, "a name in `\(shown)` is too long")
    case ENXIO: ConfinedFolder.special(shown)
    default: Failure(errno: number, "open", shown)
    }
  }

  static func link(_ shown: FilePath) -> Failure {
    Failure(.permission, "`\(shown)` is a link, or leads through one")
  }

  static func special(_ shown: FilePath) -> Failure {
    Failure(.unsupported, "`\(shown)` is neither a file nor a folder")
  }

  /// What stands at a name in an open folder; nil when nothing does.
  func status(_ name: String, in folder: Int32, _ names: ArraySlice<String>) throws -> FileStatus? {
    var s = stat()
    guard fstatat(folder, name, &s, AT_SYMLINK_NOFOLLOW) == 0 else {
      if errno == ENOENT { return nil }
      throw refusal(errno, names)
    }
    return FileStatus(s)
  }
}
