import Formats
import Platform
import SystemPackage

/// What a file's first bytes and its name say about how a table stands in it.
enum TableFormat: Sendable, Hashable {
  case sqlite, parquet
  /// NumPy's arrays, one and several, and MNIST's.
  case array, arrays, idx
  case jsonLines
  /// Delimited text; tabs as its name says.
  case text(isTabbed: Bool)

  /// How many bytes are looked at.
  static let headSize = SQLiteFile.magic.count

  /// A file that is read in pieces, from where its values lie; nil for any other.
  static func database(_ head: [UInt8]) -> TableFormat? {
    if head.starts(with: SQLiteFile.magic) { return .sqlite }
    return head.starts(with: ParquetFile.magic) ? .parquet : nil
  }

  /// What bytes are that come one after the other, unpacked.
  ///
  /// - Parameter name: of the file, lower case, without the ending of what packed it.
  init(_ head: [UInt8], name: String) {
    if head.starts(with: [0x93]) {
      self = .array
    } else if head.starts(with: [0, 0]), name.contains("idx") {
      self = .idx
    } else if name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") {
      self = .jsonLines
    } else if name.hasSuffix(".npz"), head.starts(with: Array("PK".utf8)) {
      self = .arrays
    } else {
      self = .text(isTabbed: name.hasSuffix(".tsv") || name.hasSuffix(".tab"))
    }
  }

  /// A file's name as ``init(_:name:)`` takes it.
  static func name(of path: FilePath, isPacked: Bool) -> String {
    let name = path.lastComponent?.string.lowercased() ?? ""
    guard isPacked, let ending = [".gz", ".zst"].first(where: name.hasSuffix) else { return name }
    return String(name.dropLast(ending.count))
  }

  /// The first bytes of a file.
  static func head(of path: FilePath) throws -> [UInt8] {
    try FileFeed(path).head(headSize)
  }
}
