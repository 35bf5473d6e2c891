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

  /// Refuses what would be read as text and is none.
  ///
  /// - Parameter isPacked: whether the file's own first bytes say so; `head` is of what was packed then.
  static func refuseOthers(
    _ head: [UInt8], _ path: FilePath, isPacked: Bool
  ) throws(ParseFailure) {
    let name = path.lastComponent?.string.lowercased() ?? ""
    let packers = [(".gz", "gzip"), (".zst", "zstd")]
    if let (ending, packer) = packers.first(where: { name.hasSuffix($0.0) }), !isPacked,
      !head.isEmpty
    {
      throw ParseFailure(
        "its name says that \(packer) packed it, and it holds something else",
        hint: "if it is plain text, name it without `\(ending)`; else pack it again: \(packer) FILE"
      )
    }
    let isOldWorkbook = head.starts(with: [0xD0, 0xCF, 0x11, 0xE0])
    if name.hasSuffix(".xlsx") || isOldWorkbook {
      throw ParseFailure(
        "a workbook of Excel, which is not read", hint: "save the sheet as CSV")
    }
    if head.starts(with: [0x50, 0x4B, 3, 4]), !name.hasSuffix(".npz") {
      throw ParseFailure("a ZIP archive, and no table", hint: "unpack it: unzip FILE")
    }
  }

  /// The first bytes of a file.
  static func head(of path: FilePath) throws -> [UInt8] {
    try FileFeed(path).head(headSize)
  }
}
