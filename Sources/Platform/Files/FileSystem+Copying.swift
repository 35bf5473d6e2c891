import Glibc
import SystemPackage

extension FileSystem {
  /// Copies a file, or a folder with all it holds. Links are copied as links. A file appears whole: a temporary sibling,
  /// then renamed.
  ///
  /// - Throws: ``Failure``, with code `.invalid` for a folder that would be copied into itself.
  package static func copyTree(_ source: FilePath, to target: FilePath) throws {
    guard let status = try linkStatus(source) else {
      throw Failure(errno: ENOENT, "read", source)
    }
    if status.kind == .directory, isInside(target, source) {
      throw Failure(
        .invalid, "`\(source)` cannot be copied into itself",
        hint: "name the files and folders in it that are wanted")
    }
    try copy(source, status, to: target)
  }

  private static func copy(
    _ source: FilePath, _ status: FileStatus, to target: FilePath
  ) throws {
    switch status.kind {
    case .directory:
      try createDirectory(target)
      for name in try components(in: source) {
        let member = source.appending(name)
        guard let status = try linkStatus(member) else { continue }
        try copy(member, status, to: target.appending(name))
      }
    case .link:
      try createDirectory(target.removingLastComponent())
      try remove(target)
      let result = try linkTarget(source).withPlatformString { old in
        target.withPlatformString { new in symlink(old, new) }
      }
      guard result == 0 else { throw Failure(errno: errno, "create", target) }
    case .file: try copyFile(source, to: target, mode: status.mode)
    case .other:
      throw Failure(.invalid, "`\(source)` is neither a file nor a folder")
    }
  }

  /// Whether a path that may not be there yet lies in a folder, or is that folder, however it is written.
  private static func isInside(_ path: FilePath, _ folder: FilePath) -> Bool {
    guard let folder = realPath(folder) else { return false }
    var place = path
    while !place.isEmpty {
      if let real = realPath(place) { return real.starts(with: folder) }
      place = place.removingLastComponent()
    }
    return false
  }

  /// What a symbolic link says.
  package static func linkTarget(_ path: FilePath) throws -> FilePath {
    var buffer = [CChar](repeating: 0, count: 4097)
    let count = path.withPlatformString { readlink($0, &buffer, 4096) }
    guard count >= 0 else { throw Failure(errno: errno, "read", path) }
    return FilePath(platformString: buffer)
  }

  private static func copyFile(_ source: FilePath, to target: FilePath, mode: UInt32) throws {
    try createDirectory(target.removingLastComponent())
    let temporary = temporarySibling(of: target)
    do {
      let input = try openForReading(source)
      defer { try? input.close() }
      let output = try openForWriting(temporary, mode: mode, shown: target)
      do {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
        defer { buffer.deallocate() }
        while true {
          let count = try readOnce(input.rawValue, into: buffer, of: source)
          if count == 0 { break }
          try writeAll(
            output.rawValue, UnsafeRawBufferPointer(rebasing: buffer[..<count]), to: target)
        }
      } catch {
        try? output.close()
        throw error
      }
      try output.close()
      try rename(temporary, to: target)
    } catch {
      try? remove(temporary)
      throw error
    }
  }
}
