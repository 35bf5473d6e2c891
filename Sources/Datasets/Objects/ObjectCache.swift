import Glibc
import Platform
import SystemPackage

/// The objects of a project on this machine, laid out as DVC's cache: an object appears by rename and is never changed.
package struct ObjectCache: Sendable {
  /// `.dvc/cache`, or `cache.dir`.
  package let folder: FilePath
  /// Whether others of the same group may write to it (`cache.shared = group`).
  package let isShared: Bool

  package init(_ folder: FilePath, isShared: Bool = false) {
    self.folder = folder
    self.isShared = isShared
  }

  package func path(_ name: ObjectName) -> FilePath {
    folder.pushing(FilePath(name.key))
  }

  /// Whether an object is there; its content is not looked at.
  package func contains(_ name: ObjectName) -> Bool { FileSystem.isFile(path(name)) }

  /// Whether an object of the right size is there: one that was cut off is to be written again.
  package func contains(_ name: ObjectName, size: Int64) -> Bool {
    var s = stat()
    return path(name).withPlatformString { stat($0, &s) } == 0
      && s.st_mode & S_IFMT == S_IFREG && Int64(s.st_size) == size
  }

  /// The bytes of a small object, whose name is checked against them.
  ///
  /// - Throws: ``Failure``: `.notFound` when it is not there, `.corrupt` when it holds something else.
  package func read(_ name: ObjectName) throws -> [UInt8] {
    let path = path(name)
    guard FileSystem.exists(path) else {
      throw Failure(
        .notFound, "the object `\(name.text)` is not in the cache", hint: "`reprise data fetch`")
    }
    let bytes = try FileSystem.read(path, limit: 1 << 32)
    let digest = name.family == .md5 ? MD5.digest(of: bytes) : LegacyDigest.digest(of: bytes)
    guard digest == name.digest else { throw damaged(name) }
    return bytes
  }

  func damaged(_ name: ObjectName) -> Failure {
    Failure(
      .corrupt, "the object `\(name.text)` in the cache does not hold what its name says",
      hint: "`reprise data verify --repair` fetches it again")
  }

  /// The size of an object in bytes; nil when it is not there.
  package func size(_ name: ObjectName) -> Int64? {
    (try? FileSystem.status(path(name)))?.size
  }

  /// The listing of a folder.
  package func listing(_ name: ObjectName) throws -> FileTable {
    try FolderListing.table(of: read(name), name: name.text)
  }

  /// Keeps contents from being removed by whoever collects what nothing names, until the value's scope ends; or, held
  /// exclusively, keeps others from adding any.
  func lock(exclusively: Bool) throws -> FileLock {
    let own = folder.appending("reprise")
    try makeFolder(own)
    let file = own.appending("lock")
    if isShared, !FileSystem.exists(file) {
      let made = file.withPlatformString { open($0, O_WRONLY | O_CREAT | O_CLOEXEC, 0o664) }
      if made >= 0 {
        // Whatever the umask says.
        fchmod(made, 0o664)
        close(made)
      }
    }
    return try FileLock(file, waiting: true, shared: !exclusively)
  }

  /// A place for files that are being written, on the disk of the objects. What a killed process left in another is
  /// removed.
  package func temporary() throws -> TemporaryDirectory {
    let parent = folder.appending("reprise").appending("tmp")
    try makeFolder(parent)
    TemporaryDirectory.removeAbandoned(prefix: "work-", in: parent)
    return try TemporaryDirectory(prefix: "work-", in: parent)
  }

  /// Gives a finished temporary file the name of its content. When the object is there already the file goes.
  func take(_ file: FilePath, as name: ObjectName) throws {
    let target = path(name)
    if rename(file, target) == 0 { return }
    guard errno == ENOENT else { throw Failure(errno: errno, "write", target) }
    try makeFolder(target.removingLastComponent())
    guard rename(file, target) == 0 else { throw Failure(errno: errno, "write", target) }
  }

  private func rename(_ file: FilePath, _ target: FilePath) -> Int32 {
    file.withPlatformString { from in target.withPlatformString { Glibc.rename(from, $0) } }
  }

  /// Makes a folder of the cache; in a shared one the group may write to it, and owns what comes into it.
  func makeFolder(_ path: FilePath) throws {
    guard isShared else { return try FileSystem.createDirectory(path) }
    guard !FileSystem.isDirectory(path) else { return }
    if path != folder { try makeFolder(path.removingLastComponent()) }
    try FileSystem.createDirectory(path)
    _ = path.withPlatformString { chmod($0, 0o2775) }
  }

  /// Keeps bytes as an object.
  func store(_ bytes: [UInt8], as name: ObjectName, in work: FilePath) throws {
    guard !contains(name, size: Int64(bytes.count)) else { return }
    let file = work.appending("object-\(name.digest.hex)")
    try writeObject(bytes, to: file)
    try take(file, as: name)
  }

  /// Writes a whole file as one that everybody may read, whatever the umask says.
  func writeObject(_ bytes: [UInt8], to file: FilePath) throws {
    try FileSystem.write(bytes, to: file, mode: 0o444, durable: false)
    _ = file.withPlatformString { chmod($0, 0o444) }
  }

  /// The names of all md5 objects that are there, without looking at each: one listing of each of the 256 folders.
  package func names(_ family: ObjectName.Family = .md5) throws -> Set<ObjectName> {
    var names: Set<ObjectName> = []
    let top = family == .md5 ? folder.pushing("files/md5") : folder
    guard FileSystem.isDirectory(top) else { return [] }
    for part in try FileSystem.names(in: top) where part.utf8.count == 2 {
      for rest in try FileSystem.names(in: top.appending(part)) {
        if let name = ObjectName(part + rest, family: family) { names.insert(name) }
      }
    }
    return names
  }
}
