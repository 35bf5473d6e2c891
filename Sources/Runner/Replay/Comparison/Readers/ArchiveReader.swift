import Formats
import Platform

/// Zip archives member by member: NumPy's `.npz`, PyTorch's `.pt`, office documents, wheels. When and in what order they were
/// packed is passed over.
struct ArchiveReader: ContentReader {
  let contents: ContentComparison
  var name = "zip"

  func compare(_ old: [UInt8], _ new: [UInt8], into findings: inout Findings) throws {
    let (a, b) = (try ZipArchive(old), try ZipArchive(new))
    let (x, y) = (try Self.files(a), try Self.files(b))
    var members: [OutputVerdict] = []
    // All that comes out of an archive may not take more than a file may.
    var room = contents.limits.whole
    for name in Set(x.keys).union(y.keys).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      if findings.isCancelled() { throw CancellationError() }
      let shown = String(decoding: name, as: UTF8.self)
      guard let first = x[name], let second = y[name] else {
        members.append(.init(name: shown, kind: x[name] == nil ? .new : .missing, reader: "bytes"))
        continue
      }
      guard max(first.size, second.size) <= UInt64(room) else {
        throw ParseFailure("more than \(ByteCount(Int64(contents.limits.whole))) come out of it")
      }
      room -= Int(max(first.size, second.size))
      let (before, after) = (try a.content(of: first), try b.content(of: second))
      members.append(try contents.inside.compare(before, after, name: shown))
    }
    findings.members = members
  }

  /// By the bytes of their names.
  private static func files(_ archive: ZipArchive) throws -> [[UInt8]: ZipEntry] {
    var files: [[UInt8]: ZipEntry] = [:]
    for entry in archive.entries where entry.kind != .directory {
      guard files.updateValue(entry, forKey: Array(entry.name.utf8)) == nil else {
        throw ParseFailure("`\(entry.name)` stands in the archive twice")
      }
    }
    return files
  }
}

/// What gzip or zstd packed as a whole; the time in gzip's header is passed over.
struct PackedReader: ContentReader {
  let contents: ContentComparison
  /// The file's name without the ending that says how it is packed.
  let innerName: String

  var name: String { "packed" }

  func compare(_ old: [UInt8], _ new: [UInt8], into findings: inout Findings) throws {
    let limit = contents.limits.whole
    let a = try PackedText.unpack(old, limit: limit)
    let b = try PackedText.unpack(new, limit: limit)
    guard a != b else { return findings.allow { "the same content, packed differently" } }
    findings = try contents.inside.findings(a, b, findings, name: innerName)
  }
}
