import Glibc
import Platform
import SystemPackage

/// A file that has no name until it is whole, so that nothing is left of it when the process dies.
///
/// Where the file system cannot make a file without a name, it has a temporary one as DVC makes them,
/// `.<22 characters>.tmp`, which DVC and ``FolderStore`` pass over.
struct ArrivingFile: ~Copyable {
  let descriptor: Int32
  private let target: FilePath
  private var temporary: FilePath?

  /// Makes the file beside what it is to become, and the folders above it.
  init(_ target: FilePath) throws {
    self.target = target
    let folder = target.removingLastComponent()
    do {
      (descriptor, temporary) = try Self.make(in: folder)
    } catch let failure as Failure where failure.code == .notFound {
      try FileSystem.createDirectory(folder)
      (descriptor, temporary) = try Self.make(in: folder)
    }
  }

  deinit {
    close(descriptor)
    if let temporary { try? FileSystem.remove(temporary) }
  }

  /// Gives it its name and the mode of a trusted object, 0444.
  ///
  /// - Parameter replacing: whether it takes the place of what is there.
  mutating func appear(replacing: Bool) throws {
    guard fchmod(descriptor, 0o444) == 0 else { throw Failure(errno: errno, "write", target) }
    if temporary == nil {
      if link(to: target) { return }
      if errno == EEXIST, !replacing { return }
      guard errno == EEXIST else { throw Failure(errno: errno, "create", target) }
      let beside = Self.temporaryName(in: target.removingLastComponent())
      guard link(to: beside) else { throw Failure(errno: errno, "create", target) }
      temporary = beside
    }
    guard let temporary else { return }
    if !replacing, FileSystem.exists(target) { return }
    guard rename(temporary.string, target.string) == 0 else {
      throw Failure(errno: errno, "create", target)
    }
    self.temporary = nil
  }

  private func link(to path: FilePath) -> Bool {
    linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, path.string, AT_SYMLINK_FOLLOW) == 0
  }

  private static let canBeNamed = access("/proc/self/fd", X_OK) == 0

  private static func make(in folder: FilePath) throws -> (Int32, FilePath?) {
    if canBeNamed {
      let descriptor = open(folder.string, O_RDWR | O_CLOEXEC | UnnamedFile.flag, 0o600)
      if descriptor >= 0 { return (descriptor, nil) }
      guard [EOPNOTSUPP, EISDIR, EINVAL].contains(errno) else {
        throw Failure(errno: errno, "write into", folder)
      }
    }
    let path = temporaryName(in: folder)
    let descriptor = open(path.string, O_RDWR | O_CLOEXEC | O_CREAT | O_EXCL, 0o600)
    guard descriptor >= 0 else { throw Failure(errno: errno, "write into", folder) }
    return (descriptor, path)
  }

  private static func temporaryName(in folder: FilePath) -> FilePath {
    folder.appending(TemporaryName.make())
  }
}
