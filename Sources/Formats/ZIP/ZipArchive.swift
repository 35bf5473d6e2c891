import Platform
import SystemPackage

/// A zip archive that is read: stored and deflated entries, zip64, names in UTF-8 or code page 437.
///
/// Everything in it is foreign: no number is used before it is compared with the file's length, and names become paths
/// only in ``extract(to:limits:)``. ``ZipWriter`` writes such archives.
package final class ZipArchive {
  /// In the order of the archive's directory.
  package let entries: [ZipEntry]
  /// What encrypted entries are read with.
  package var password: [UInt8]?
  /// For messages: the file's name.
  let name: String
  let source: ByteSource

  /// Opens an archive; its contents are read when they are wanted.
  ///
  /// - Throws: ``Failure`` with `.parse` for what is not a zip archive, is split or broken, or has too many entries.
  package convenience init(_ path: FilePath, limits: ZipLimits = ZipLimits()) throws {
    try self.init(ByteSource(path), name: path.string, limits)
  }

  /// Opens an archive in memory.
  package convenience init(
    _ bytes: [UInt8], name: String = "archive", limits: ZipLimits = ZipLimits()
  ) throws {
    try self.init(ByteSource(bytes), name: name, limits)
  }

  private init(_ source: ByteSource, name: String, _ limits: ZipLimits) throws {
    self.source = source
    self.name = name
    do {
      entries = try ZipDirectory(source, limit: limits.entries).entries
    } catch let failure as ParseFailure {
      throw failure.failure(in: name)
    }
  }

  /// The content of an entry.
  ///
  /// - Parameter limit: more than this many bytes is a failure.
  /// - Throws: ``Failure`` with `.parse` when the content is damaged, encrypted, or packed in a way that is not
  ///   supported.
  package func content(of entry: ZipEntry, limit: Int = 1 << 30) throws -> [UInt8] {
    guard entry.size <= UInt64(limit) else {
      throw Failure(
        .invalid, "`\(entry.name)` is larger than \(ByteCount(Int64(limit)))",
        at: SourceLocation(file: name))
    }
    var bytes: [UInt8] = []
    try unpack(entry) { bytes.append(contentsOf: $0) }
    return bytes
  }

  /// Gives the content of an entry in pieces; the last check is made after the last piece.
  package func unpack(
    _ entry: ZipEntry, _ receive: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    do {
      try ZipContent(source: source, entry: entry, password: password).unpack(receive)
    } catch let failure as ParseFailure {
      throw failure.failure(in: name)
    }
  }
}
