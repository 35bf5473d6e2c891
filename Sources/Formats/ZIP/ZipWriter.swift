import Glibc
import Platform
import SystemPackage

/// Writes a zip archive (PKWARE's APPNOTE.TXT 6.3, sections 4.3 to 4.5) to a file, piece by piece.
///
/// The same members in the same order give the same bytes, with the same zlib: every member has the time 1980-01-01, the
/// first that the format knows, and of the file system's attributes only the permission bits. Contents are deflated, or
/// stored where that does not pay. Zip64 is used where sizes or counts ask for it, names are UTF-8.
package final class ZipWriter {
  /// What was written of one member.
  package struct Member: Sendable, Hashable {
    package var name: String
    /// Bytes, unpacked.
    package var size: Int64
    /// SHA-256 of the content, hexadecimal.
    package var digest: String
  }

  /// In the order in which they were added.
  package private(set) var members: [Member] = []
  private let output: ZipOutput
  private let hear: (Int) throws -> Void
  private var directory: [UInt8] = []
  private var names: Set<String> = []

  private init(_ output: ZipOutput, hear: @escaping (Int) throws -> Void) {
    self.output = output
    self.hear = hear
  }

  /// Writes a whole archive or nothing: a temporary sibling, synced, then renamed over the target.
  ///
  /// - Parameters:
  ///   - hear: is told how many more bytes were read; what it throws ends the work.
  ///   - body: adds the members.
  /// - Returns: the size of the archive.
  @discardableResult
  package static func write(
    to path: FilePath, hear: (Int) throws -> Void = { _ in }, _ body: (ZipWriter) throws -> Void
  ) throws -> ByteCount {
    guard try FileSystem.status(path)?.kind ?? .file == .file else {
      throw Failure(.invalid, "`\(path)` is no file, and an archive is written to one")
    }
    let target = FileSystem.realPath(path) ?? path
    let temporary = target.removingLastComponent().appending(
      ".tmp-\(getpid())-\(UInt32.random(in: .min ... .max))")
    do {
      let output = try ZipOutput(temporary, shown: path)
      try withoutActuallyEscaping(hear) { hear in
        let writer = ZipWriter(output, hear: hear)
        try body(writer)
        try writer.end()
      }
      try output.finish()
      try FileSystem.rename(temporary, to: target)
      return ByteCount(Int64(clamping: output.offset))
    } catch {
      try? FileSystem.remove(temporary)
      throw error
    }
  }

  /// Adds a member from memory.
  @discardableResult
  package func add(_ name: String, _ bytes: [UInt8], mode: UInt32 = 0o644) throws -> Member {
    try add(name, size: UInt64(bytes.count), mode: mode) { put in
      // No piece may be longer than zlib counts.
      for start in stride(from: 0, to: bytes.count, by: 1 << 18) {
        try bytes[start..<min(start + 1 << 18, bytes.count)].withUnsafeBytes(put)
      }
    }
  }

  /// Adds what a file holds, with its permission bits.
  ///
  /// - Throws: ``Failure`` with `.conflict` when it changes meanwhile.
  @discardableResult
  package func add(_ name: String, file: FilePath) throws -> Member {
    guard let status = try FileSystem.status(file), status.kind == .file else {
      throw Failure(.notFound, "there is no file `\(file)`")
    }
    let mode: UInt32 = status.isExecutable ? 0o755 : 0o644
    do {
      return try add(name, size: UInt64(clamping: status.size), mode: mode) { put in
        try FileSystem.read(file, inPiecesOf: 1 << 18, put)
      }
    } catch is ZipMember.Changed {
      throw Failure(.conflict, "`\(file)` changed while it was put into the archive")
    }
  }

  private func add(
    _ name: String, size: UInt64, mode: UInt32,
    _ pieces: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws -> Member {
    guard !name.isEmpty, name.utf8.count <= 0xFFFF else {
      throw Failure(.invalid, "`\(name.prefix(80))…` is too long a name for an archive")
    }
    guard names.insert(name).inserted else {
      throw Failure(.bug, "`\(name)` was added to the archive twice")
    }
    var header = ZipMember(name: name, size: size, mode: mode, offset: output.offset)
    try output.write(header.local)
    let start = output.offset
    let digest: String
    do {
      digest = try header.deflate(pieces, to: output, hear)
    } catch is ZipMember.DoesNotPay {
      try output.goBack(to: start)
      digest = try header.store(pieces, to: output, hear)
    }
    try output.write(header.local, at: header.offset)
    directory += header.central
    let member = Member(name: name, size: Int64(clamping: size), digest: digest)
    members.append(member)
    return member
  }

  /// Writes the directory behind the members.
  private func end() throws {
    let start = output.offset
    try output.write(directory)
    try output.write(
      ZipMember.end(count: members.count, size: UInt64(directory.count), start: start))
  }
}
