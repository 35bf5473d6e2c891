import Glibc
import Platform
import SystemPackage

/// What git has of a file that git-lfs keeps (git-lfs docs/spec.md, "The Pointer").
struct LargeFilePointer {
  /// 64 hexadecimal digits.
  var digest: String
  var size: Int64

  /// Nil when the content is no pointer.
  init?(_ content: [UInt8]) {
    guard content.count < 1024,
      content.starts(with: "version https://git-lfs.github.com/spec/".utf8)
    else { return nil }
    var digest: String?
    var size: Int64?
    for line in content.split(separator: 0x0A) {
      if line.starts(with: "oid sha256:".utf8) {
        let digits = line.dropFirst(11)
        let isName = digits.allSatisfy {
          (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
        }
        guard digits.count == 64, isName else { return nil }
        digest = String(decoding: digits, as: UTF8.self)
      } else if line.starts(with: "size ".utf8) {
        size = Int64(String(decoding: line.dropFirst(5), as: UTF8.self))
      }
    }
    guard let digest, let size, size >= 0 else { return nil }
    self.digest = digest
    self.size = size
  }
}

/// The folders on this machine where git-lfs keeps contents by their SHA-256: beside each store of objects.
struct LargeFileStore: Sendable {
  private let folders: [FilePath]

  init(_ repository: Repository) throws {
    var folders = try ObjectStores.of(repository).map {
      $0.removingLastComponent().pushing("lfs/objects")
    }
    if let named = repository.settings.path("lfs.storage") {
      let base = named.isAbsolute ? named : repository.commonDirectory.pushing(named)
      folders.insert(base.appending("objects"), at: 0)
    }
    self.folders = folders
  }

  /// Writes the content that a pointer names to a new file.
  ///
  /// - Parameter mode: of the new file.
  /// - Returns: false, and nothing is written, when no folder has it whole: it is hashed while it is copied.
  func write(_ pointer: LargeFilePointer, to path: FilePath, mode: mode_t) throws -> Bool {
    for folder in folders {
      let name = "\(pointer.digest.prefix(2))/\(pointer.digest.dropFirst(2).prefix(2))"
      let source = folder.pushing(FilePath(name)).appending(pointer.digest)
      guard try FileSystem.status(source)?.size == pointer.size else { continue }
      let output = path.withPlatformString {
        open($0, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
      }
      guard output >= 0 else { throw Failure(errno: errno, "write", path) }
      let isWhole: Bool
      do {
        defer { close(output) }
        isWhole = try copy(source, to: output, path) == pointer.digest
      } catch {
        try? FileSystem.remove(path)
        throw error
      }
      if isWhole { return true }
      try FileSystem.remove(path)
    }
    return false
  }

  /// - Returns: the SHA-256 of what was copied.
  private func copy(_ source: FilePath, to output: Int32, _ path: FilePath) throws -> String {
    let input = try FileSystem.openForReading(source)
    defer { try? input.close() }
    var hash = SHA256()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { buffer.deallocate() }
    while true {
      let count = try FileSystem.readOnce(input.rawValue, into: buffer, of: source)
      if count == 0 { return hash.finish().hex }
      let piece = UnsafeRawBufferPointer(rebasing: buffer[..<count])
      hash.update(piece)
      try FileSystem.writeAll(output, piece, to: path)
    }
  }
}
