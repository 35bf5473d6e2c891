import Glibc
import SystemPackage

extension ConfinedFolder {
  /// Begins to write a file; folders on the way are made.
  package func upload(_ names: [String]) throws -> ConfinedUpload {
    guard let name = names.last else { throw Failure(.conflict, "`.` is a folder") }
    try ConfinedFolder.check(names[...])
    guard !name.hasPrefix(ConfinedUpload.prefix) else {
      throw Failure(.invalid, "names that begin with `\(ConfinedUpload.prefix)` are our own")
    }
    let folder = try openFolderMaking(names.dropLast())
    do {
      if let found = try status(name, in: folder, names[...]) { try requireFile(found, names) }
      if name.utf8.count > Int(NAME_MAX) { throw refusal(ENAMETOOLONG, names[...]) }
    } catch {
      close(folder)
      throw error
    }
    return try ConfinedUpload(name, in: folder, shown: FilePath(names.joined(separator: "/")))
  }

  /// Makes a folder and those on the way; one that is there is no failure.
  package func makeFolder(_ names: [String]) throws {
    close(try openFolderMaking(names[...]))
  }

  /// Removes a file, or a folder with all it holds. Links inside are removed, never followed.
  ///
  /// - Returns: whether anything was there.
  @discardableResult
  package func remove(_ names: [String]) throws -> Bool {
    guard let name = names.last else {
      throw Failure(.invalid, "the folder itself is not removed")
    }
    try ConfinedFolder.check(names[...])
    do {
      let folder = try openFolder(names.dropLast())
      defer { close(folder) }
      return try remove(name, in: folder, names[...])
    } catch let failure as Failure where failure.code == .notFound { return false }
  }

  private func remove(_ name: String, in folder: Int32, _ names: ArraySlice<String>) throws -> Bool
  {
    if unlinkat(folder, name, 0) == 0 { return true }
    switch errno {
    case ENOENT: return false
    case EISDIR, EPERM: break
    case let number: throw refusal(number, names)
    }
    try empty(name, in: folder, names)
    guard unlinkat(folder, name, AT_REMOVEDIR) == 0 || errno == ENOENT else {
      throw refusal(errno, names)
    }
    return true
  }

  /// Removes all that a folder holds. A folder is opened again for each that it holds, so that no depth runs out of
  /// descriptors.
  private func empty(_ name: String, in folder: Int32, _ names: ArraySlice<String>) throws {
    var path: [[UInt8]] = []
    while true {
      let current = try openBytes(path, below: name, in: folder, names)
      defer { close(current) }
      var deeper: [UInt8]?
      for child in try ConfinedFolder.names(in: current) {
        let done = ConfinedFolder.withName(child) { unlinkat(current, $0, 0) } == 0
        if done || errno == ENOENT { continue }
        guard errno == EISDIR || errno == EPERM else { throw refusal(errno, names) }
        if ConfinedFolder.withName(child, { unlinkat(current, $0, AT_REMOVEDIR) }) == 0 { continue }
        guard errno == ENOTEMPTY || errno == EEXIST else { throw refusal(errno, names) }
        deeper = child
        break
      }
      if let deeper {
        path.append(deeper)
      } else if path.popLast() == nil {
        return
      }
    }
  }

  private func openBytes(
    _ path: [[UInt8]], below name: String, in folder: Int32, _ names: ArraySlice<String>
  ) throws -> Int32 {
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    var current = openat(folder, name, flags)
    for step in path where current >= 0 {
      let next = ConfinedFolder.withName(step) { openat(current, $0, flags) }
      let number = errno
      close(current)
      errno = number
      current = next
    }
    guard current >= 0 else { throw refusal(errno, names) }
    return current
  }

  private static func withName<T>(_ name: [UInt8], _ body: (UnsafePointer<CChar>) -> T) -> T {
    (name.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer {
      guard let start = $0.baseAddress else { preconditionFailure("a name ends with NUL") }
      return body(start)
    }
  }
}
