import Glibc
import SystemPackage

extension ConfinedFolder {
  /// One name of a listing.
  package struct Entry: Sendable, Hashable {
    package var name: String
    package var isDirectory: Bool
    /// Bytes of a file; 0 for a folder.
    package var size: Int64
  }

  /// What stands at a path: a file, a folder, or something else; nil when nothing does.
  package func status(_ names: [String]) throws -> FileStatus? {
    guard let name = names.last else { return try FileStatus.read(path, followingLinks: true) }
    try ConfinedFolder.check(names[...])
    do {
      let folder = try openFolder(names.dropLast())
      defer { close(folder) }
      return try status(name, in: folder, names[...])
    } catch let failure as Failure where failure.code == .notFound { return nil }
  }

  /// Opens a regular file for reading.
  package func openFile(_ names: [String]) throws -> ConfinedFile {
    guard let name = names.last else { throw Failure(.conflict, "`.` is a folder") }
    try ConfinedFolder.check(names[...])
    let folder = try openFolder(names.dropLast())
    defer { close(folder) }
    // Looked at first, because opening a device or a named pipe does something already.
    guard let found = try status(name, in: folder, names[...]) else {
      throw refusal(ENOENT, names[...])
    }
    try requireFile(found, names)
    let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
    let descriptor = openat(folder, name, flags)
    guard descriptor >= 0 else { throw refusal(errno, names[...]) }
    let file = try ConfinedFile(descriptor, shown: FilePath(names.joined(separator: "/")))
    // Looked at again, because it may be another one by now.
    try requireFile(file.status, names)
    return file
  }

  /// The files and folders in a folder in the order of their bytes. Links, special files, uploads that still go on, and
  /// names that are not UTF-8 are left out.
  package func list(_ names: [String]) throws -> [Entry] {
    let folder = try openFolder(names[...])
    defer { close(folder) }
    var entries: [Entry] = []
    for name in try ConfinedFolder.names(in: folder) {
      guard let name = String(validating: name, as: UTF8.self),
        !name.hasPrefix(ConfinedUpload.prefix),
        let status = try status(name, in: folder, names[...])
      else { continue }
      switch status.kind {
      case .file: entries.append(Entry(name: name, isDirectory: false, size: status.size))
      case .directory: entries.append(Entry(name: name, isDirectory: true, size: 0))
      case .link, .other: continue
      }
    }
    return entries
  }

  /// The names in an open folder, in the order of their bytes.
  static func names(in folder: Int32) throws -> [[UInt8]] {
    // The stream closes its descriptor, and has a place in the folder of its own.
    let copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0, let stream = fdopendir(copy) else {
      let number = errno
      if copy >= 0 { close(copy) }
      throw Failure(errno: number, "list", ".")
    }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw Failure(errno: errno, "list", ".") }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }

  func requireFile(_ status: FileStatus, _ names: [String]) throws {
    switch status.kind {
    case .file: return
    case .directory: throw refusal(EISDIR, names[...])
    case .link: throw refusal(ELOOP, names[...])
    case .other: throw refusal(ENXIO, names[...])
    }
  }
}
