import Formats
import Glibc
import Platform
import Records
import SystemPackage

/// The archive of a run that was unpacked and checked as a whole: everything in it is what its manifest says.
struct BundleArchive {
  let manifest: BundleManifest
  let record: BundleRecord
  /// Where it is unpacked.
  let root: FilePath

  /// Whether a path names a file that means to be an archive.
  static func isArchive(_ path: FilePath) -> Bool {
    guard FileSystem.isFile(path) else { return false }
    if path.extension?.lowercased() == "zip" { return true }
    guard let file = try? FileSystem.openForReading(path) else { return false }
    defer { try? file.close() }
    var head = [UInt8](repeating: 0, count: 4)
    let count = head.withUnsafeMutableBytes { read(file.rawValue, $0.baseAddress, 4) }
    return count == 4 && head.starts(with: [0x50, 0x4B])
  }

  /// Unpacks an archive, whoever made it, into a new folder.
  ///
  /// - Parameters:
  ///   - folder: not there; what a failed call leaves in it is the caller's to remove.
  ///   - hear: is told how many more bytes were unpacked.
  /// - Throws: ``Failure`` with the file as its place: `.parse` for what is no such archive, is damaged, lies about what
  ///   it holds, or asks for too much.
  init(
    _ file: FilePath, into folder: FilePath, limits: ZipLimits = BundleArchive.limits,
    hear: (Int) throws -> Void = { _ in }
  ) throws {
    let zip = try ZipArchive(file, limits: limits)
    let entries = try zip.files(limits: limits)
    func refuse(_ failure: ParseFailure) -> Failure { failure.failure(in: file.string) }
    guard let own = entries.first(where: { $0.name == BundleLayout.manifest }) else {
      throw refuse(
        ParseFailure(
          "it is no archive of a run: it has no `\(BundleLayout.manifest)`",
          hint: "`reprise export RUN -o run.zip` makes one"))
    }
    do {
      manifest = try BundleManifest(
        JSONValue(parsing: zip.content(of: own, limit: BundleArchive.largestText)))
      try Self.compare(entries.filter { $0.name != own.name }, with: manifest.members)
    } catch let failure as ParseFailure { throw refuse(failure) }
    root = folder
    try FileSystem.createDirectory(root)
    try Self.checkRoom(entries, in: root)
    let members = Dictionary(manifest.members.map { ($0.path, $0) }) { first, _ in first }
    for entry in entries {
      guard let member = members[entry.name] else { continue }
      let digest = try Self.unpack(entry, of: zip, into: root, hear)
      guard digest == member.digest else {
        throw refuse(ParseFailure("`\(entry.name)` is not what its manifest says"))
      }
    }
    do {
      record = try BundleRecord(
        JSONValue(
          parsing: FileSystem.read(
            root.pushing(FilePath(BundleLayout.run)), limit: BundleArchive.largestText)))
      guard record.run.id == manifest.run else {
        throw ParseFailure("its manifest and its record are of different runs")
      }
    } catch let failure as ParseFailure { throw refuse(failure) }
  }

  /// A run may have made much; what the disk has no room for is refused by itself. No member that we write shrinks by more
  /// than the ratio.
  static let limits = ZipLimits(entries: 2_000_000, total: ByteCount(1 << 44))
  /// Of the manifest and of the record, in bytes.
  private static let largestText = 1 << 28

  /// The manifest must name every member, and nothing else.
  private static func compare(
    _ entries: [ZipEntry], with members: [BundleManifest.Member]
  ) throws(ParseFailure) {
    var sizes: [String: Int64] = [:]
    for member in members {
      guard sizes.updateValue(member.size, forKey: member.path) == nil else {
        throw ParseFailure("its manifest names `\(member.path)` twice")
      }
      if let digest = BundleLayout.digest(ofObject: member.path), digest != member.digest {
        throw ParseFailure("`\(member.path)` has the name of another content")
      }
    }
    for entry in entries {
      guard BundleLayout.knows(entry.name) else {
        throw ParseFailure("`\(entry.name)` does not belong into an archive of a run")
      }
      guard let size = sizes.removeValue(forKey: entry.name) else {
        throw ParseFailure("`\(entry.name)` is not in its manifest")
      }
      guard size == Int64(clamping: entry.size) else {
        throw ParseFailure("`\(entry.name)` has another size than its manifest says")
      }
    }
    if let first = sizes.keys.min() { throw ParseFailure("`\(first)` is missing in it") }
    for name in [BundleLayout.run, BundleLayout.metrics]
    where !members.contains(where: { $0.path == name }) {
      throw ParseFailure("`\(name)` is missing in it")
    }
  }

  private static func checkRoom(_ entries: [ZipEntry], in folder: FilePath) throws {
    var room = statvfs()
    guard folder.withPlatformString({ statvfs($0, &room) }) == 0 else { return }
    let (free, overflows) = UInt64(room.f_bavail).multipliedReportingOverflow(
      by: UInt64(room.f_frsize))
    let size = entries.reduce(UInt64(0)) { $0 &+ $1.size }
    guard overflows || size < free else {
      throw Failure(
        .noSpace,
        "the archive unpacks to \(ByteCount(Int64(clamping: size))), and the disk has \(ByteCount(Int64(clamping: free))) free"
      )
    }
  }

  /// - Returns: SHA-256 of the content, hexadecimal.
  private static func unpack(
    _ entry: ZipEntry, of zip: ZipArchive, into root: FilePath, _ hear: (Int) throws -> Void
  ) throws -> String {
    let path = root.pushing(FilePath(entry.name))
    try FileSystem.createDirectory(path.removingLastComponent())
    let mode: mode_t = (entry.mode ?? 0) & 0o100 == 0 ? 0o644 : 0o755
    let descriptor = path.withPlatformString {
      Glibc.open($0, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    }
    guard descriptor >= 0 else { throw Failure(errno: errno, "write", path) }
    defer { close(descriptor) }
    var hash = SHA256()
    try zip.unpack(entry) { piece in
      try Task.checkCancellation()
      hash.update(piece)
      try FileSystem.writeAll(descriptor, piece, to: path)
      try hear(piece.count)
    }
    return hash.finish().hex
  }
}
