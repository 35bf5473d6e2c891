import Glibc
import Platform
import SystemPackage

/// The folder of a work tree, in which files are written and removed without following any link.
final class WorkTreeFolder {
  let path: FilePath
  private let root: Int32
  private static let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC

  init(_ path: FilePath) throws {
    self.path = path
    root = path.withPlatformString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard root >= 0 else { throw Failure(errno: errno, "open", path) }
  }

  deinit { close(root) }

  /// Calls with the open folder that a path stands in, and the path's last name.
  ///
  /// - Parameter making: whether folders that are missing are made.
  private func inFolder<T>(
    of path: [UInt8], making: Bool, _ body: (Int32, ArraySlice<UInt8>) throws -> T
  ) throws -> T {
    let names = path.split(separator: UInt8(ascii: "/"))
    var current = fcntl(root, F_DUPFD_CLOEXEC, 0)
    defer { close(current) }
    for name in names.dropLast() {
      if making, withPath(name, { mkdirat(current, $0, 0o777) }) != 0, errno != EEXIST {
        throw Failure(errno: errno, "create the folder of", FilePath(pathBytes: path))
      }
      let next = withPath(name) { openat(current, $0, Self.flags) }
      guard next >= 0 else {
        throw Failure(errno: errno, "open the folder of", FilePath(pathBytes: path))
      }
      close(current)
      current = next
    }
    return try body(current, names.last ?? [])
  }

  /// What stands at a path; nil when nothing does.
  func status(_ path: [UInt8]) throws -> stat? {
    do {
      return try inFolder(of: path, making: false) { folder, name in
        var status = stat()
        let code = withPath(name) { fstatat(folder, $0, &status, AT_SYMLINK_NOFOLLOW) }
        return code == 0 ? status : nil
      }
    } catch let failure as Failure where failure.code == .notFound { return nil }
  }

  /// Removes a file or a link, and the folders that are empty then.
  func remove(_ path: [UInt8]) throws {
    try inFolder(of: path, making: false) { folder, name in
      guard withPath(name, { unlinkat(folder, $0, 0) }) == 0 || errno == ENOENT else {
        throw Failure(errno: errno, "remove", FilePath(pathBytes: path))
      }
    }
    var parent = path[...]
    while let slash = parent.lastIndex(of: UInt8(ascii: "/")) {
      parent = parent[..<slash]
      let isGone = try inFolder(of: Array(parent), making: false) { folder, name in
        withPath(name) { unlinkat(folder, $0, AT_REMOVEDIR) } == 0
      }
      if !isGone { return }
    }
  }

  /// Makes the folders above a path.
  func makeFolder(of path: [UInt8]) throws { try inFolder(of: path, making: true) { _, _ in } }

  /// Writes a file that is not there; folders are made.
  func write(_ bytes: [UInt8], to path: [UInt8], mode: mode_t) throws {
    try inFolder(of: path, making: true) { folder, name in
      let descriptor = withPath(name) {
        openat(folder, $0, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
      }
      let shown = FilePath(pathBytes: path)
      guard descriptor >= 0 else { throw Failure(errno: errno, "write", shown) }
      defer { close(descriptor) }
      try FileSystem.writeAll(descriptor, bytes, to: shown)
    }
  }

  /// Makes a link that is not there; folders are made.
  func link(to target: [UInt8], at path: [UInt8]) throws {
    try inFolder(of: path, making: true) { folder, name in
      let code = withPath(target[...]) { target in
        withPath(name) { symlinkat(target, folder, $0) }
      }
      guard code == 0 else {
        throw Failure(errno: errno, "make the link", FilePath(pathBytes: path))
      }
    }
  }
}
