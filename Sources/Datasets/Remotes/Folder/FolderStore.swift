import Glibc
import Platform
import SystemPackage

/// A folder of this machine, or one that is mounted, as DVC's local remotes are: objects are files of mode 0444.
package struct FolderStore: ObjectStore {
  package let folder: FilePath

  /// - Parameter folder: absolute; it need not be there yet.
  package init(_ folder: FilePath) { self.folder = folder }

  package var shown: String { folder.string }

  package func size(of key: String) throws -> Int64? {
    let status = try FileSystem.status(path(of: key))
    return status?.kind == .file ? status?.size : nil
  }

  package func upload(_ file: FilePath, to key: String, _ transfer: TransferContext) throws {
    let target = try path(of: key)
    let source = try FileSystem.openForReading(file)
    defer { try? source.close() }
    var arriving = try ArrivingFile(target)
    try FileCopy(from: source.rawValue, file, to: arriving.descriptor, target).run { count in
      transfer.moved(count)
      try transfer.check()
    }
    try arriving.appear(replacing: transfer.replaces)
  }

  package func download(_ key: String, to file: FilePath, _ transfer: TransferContext) throws {
    let path = try path(of: key)
    let source = path.withPlatformString { open($0, O_RDONLY | O_CLOEXEC) }
    guard source >= 0 else { throw missing(key, path, errno) }
    defer { close(source) }
    let target = file.withPlatformString {
      open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    }
    guard target >= 0 else { throw Failure(errno: errno, "create", file) }
    do {
      try FileCopy(from: source, path, to: target, file).run { count in
        transfer.moved(count)
        try transfer.check()
      }
    } catch {
      close(target)
      try? FileSystem.remove(file)
      throw error
    }
    // A disk of the network may say only now that it is full.
    guard close(target) == 0 else {
      let number = errno
      try? FileSystem.remove(file)
      throw Failure(errno: number, "write", file)
    }
  }

  package func remove(_ key: String) throws {
    let path = try path(of: key)
    guard path.withPlatformString({ unlink($0) }) != 0 else { return }
    guard errno != ENOENT, errno != ENOTDIR else { return }
    throw Failure(errno: errno, "remove", path)
  }

  private func path(of key: String) throws -> FilePath {
    try ObjectKey.check(key)
    return folder.appending(key)
  }

  private func missing(_ key: String, _ path: FilePath, _ number: Int32) -> Failure {
    guard number == ENOENT || number == ENOTDIR else {
      return Failure(errno: number, "read", path)
    }
    guard FileSystem.isDirectory(folder) else {
      return Failure(
        .notFound, "the remote's folder `\(folder)` is not there",
        hint: "is its disk mounted? nothing has been pushed to it otherwise")
    }
    return Failure(.notFound, "`\(key)` is not in `\(folder)`")
  }
}
