import Glibc
import SystemPackage

extension FileSystem {
  /// Copies a file, or a folder with all it holds. Links are copied as links. A file appears whole: a temporary sibling,
  /// then renamed.
  package static func copyTree(_ source: FilePath, to target: FilePath) throws {
    guard let status = try linkStatus(source) else {
      throw Failure(errno: ENOENT, "read", source)
    }
    switch status.kind {
    case .directory:
      try createDirectory(target)
      for name in try components(in: source) {
        try copyTree(source.appending(name), to: target.appending(name))
      }
    case .link:
      try createDirectory(target.removingLastComponent())
      try remove(target)
      guard symlink(try linkTarget(source).string, target.string) == 0 else {
        throw Failure(errno: errno, "create", target)
      }
    case .file: try copyFile(source, to: target, mode: status.mode)
    case .other:
      throw Failure(.invalid, "`\(source)` is neither a file nor a folder")
    }
  }

  /// What a symbolic link says.
  package static func linkTarget(_ path: FilePath) throws -> FilePath {
    var buffer = [CChar](repeating: 0, count: 4097)
    let count = readlink(path.string, &buffer, 4096)
    guard count >= 0 else { throw Failure(errno: errno, "read", path) }
    return FilePath(String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }

  private static func copyFile(_ source: FilePath, to target: FilePath, mode: UInt32) throws {
    try createDirectory(target.removingLastComponent())
    let temporary = target.removingLastComponent().appending(
      ".tmp-\(getpid())-\(UInt32.random(in: .min ... .max))")
    do {
      let input = try openForReading(source)
      defer { try? input.close() }
      let output = try openForWriting(temporary, mode: mode)
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
