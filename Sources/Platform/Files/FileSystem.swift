import Glibc
import SystemPackage

/// The file operations that the program is built from. Every one names the path in its ``Failure``.
package enum FileSystem {
  /// What `stat` says of a path, following links; nil when nothing is there.
  package static func status(_ path: FilePath) throws -> FileStatus? {
    try FileStatus.read(path, followingLinks: true)
  }

  /// What `lstat` says of a path: of the link itself, when it is one; nil when nothing is there.
  package static func linkStatus(_ path: FilePath) throws -> FileStatus? {
    try FileStatus.read(path, followingLinks: false)
  }

  /// Whether anything is there, a broken link included.
  package static func exists(_ path: FilePath) -> Bool {
    var s = stat()
    return path.withPlatformString { lstat($0, &s) } == 0
  }

  /// Whether a directory, or a link to one, is there.
  package static func isDirectory(_ path: FilePath) -> Bool {
    var s = stat()
    return path.withPlatformString { stat($0, &s) } == 0 && s.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether a regular file, or a link to one, is there.
  package static func isFile(_ path: FilePath) -> Bool {
    var s = stat()
    return path.withPlatformString { stat($0, &s) } == 0 && s.st_mode & S_IFMT == S_IFREG
  }

  /// Makes a directory and those above it; one that is there already is no failure.
  package static func createDirectory(_ path: FilePath) throws {
    if path.withPlatformString({ mkdir($0, 0o777) }) == 0 { return }
    let number = errno
    if number == EEXIST, isDirectory(path) { return }
    guard number == ENOENT, !path.removingLastComponent().isEmpty else {
      throw Failure(errno: number, "create directory", path)
    }
    try createDirectory(path.removingLastComponent())
    guard path.withPlatformString({ mkdir($0, 0o777) }) == 0 || errno == EEXIST else {
      throw Failure(errno: errno, "create directory", path)
    }
  }

  /// The names in a directory as text, in the order of their bytes; see ``components(in:)`` for names that are not UTF-8.
  package static func names(in directory: FilePath) throws -> [String] {
    try entries(in: directory).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The names in a directory, in the order of their bytes, so that no result depends on the file system's order.
  package static func components(in directory: FilePath) throws -> [FilePath.Component] {
    try entries(in: directory).compactMap { name in
      (name + [0]).withUnsafeBufferPointer { bytes in
        bytes.withMemoryRebound(to: CChar.self) { text in
          text.baseAddress.flatMap { FilePath.Component(platformString: $0) }
        }
      }
    }
  }

  /// Without `.` and `..`. As bytes: a path is checked part by part when it is made, which is slow for a large directory.
  private static func entries(in directory: FilePath) throws -> [[UInt8]] {
    guard let handle = directory.withPlatformString({ opendir($0) }) else {
      throw Failure(errno: errno, "list", directory)
    }
    defer { closedir(handle) }
    var names: [[UInt8]] = []
    errno = 0
    while let entry = readdir(handle) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name != Array(".".utf8), name != Array("..".utf8) { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw Failure(errno: errno, "list", directory) }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Removes a file, a link, or an empty directory; nothing there is no failure.
  package static func remove(_ path: FilePath) throws {
    guard path.withPlatformString({ Glibc.remove($0) }) != 0, errno != ENOENT else { return }
    throw Failure(errno: errno, "remove", path)
  }

  /// Removes whatever is there, directories with all they hold. Links are removed, not followed.
  package static func removeTree(_ path: FilePath) throws {
    guard let status = try linkStatus(path) else { return }
    if status.kind == .directory {
      // A directory without its owner's write bit could not be emptied.
      if status.mode & 0o700 != 0o700 {
        _ = path.withPlatformString { chmod($0, status.mode | 0o700) }
      }
      for name in try components(in: path) { try removeTree(path.appending(name)) }
    }
    try remove(path)
  }

  /// Renames; the target is replaced in one step when it is a file.
  package static func rename(_ source: FilePath, to target: FilePath) throws {
    let result = source.withPlatformString { old in
      target.withPlatformString { new in Glibc.rename(old, new) }
    }
    guard result == 0 else {
      throw Failure(errno: errno, "rename `\(source)` to", target)
    }
  }

  /// The path with every link resolved; nil when it does not exist.
  package static func realPath(_ path: FilePath) -> FilePath? {
    guard let pointer = path.withPlatformString({ realpath($0, nil) }) else { return nil }
    defer { free(pointer) }
    return FilePath(platformString: pointer)
  }

  /// The process's working directory, links resolved.
  package static func workingDirectory() throws -> FilePath {
    guard let pointer = getcwd(nil, 0) else {
      throw Failure(errno: errno, "find", "the current directory")
    }
    defer { free(pointer) }
    return FilePath(platformString: pointer)
  }

  /// An absolute path, `.` and `..` taken out of the text, links not resolved.
  package static func absolute(_ path: FilePath, in base: FilePath? = nil) throws -> FilePath {
    if path.isAbsolute { return path.lexicallyNormalized() }
    return try (base ?? workingDirectory()).pushing(path).lexicallyNormalized()
  }
}
