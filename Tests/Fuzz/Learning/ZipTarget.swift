import Platform
import SystemPackage

@testable import Formats

extension FuzzTarget {
  /// Zip archives, read and extracted. Python's zipfile makes the inputs to start from, in `scripts/fuzz`.
  static let zipArchive = FuzzTarget(
    name: "zip", seeds: [],
    words: [
      "PK\u{1}\u{2}", "PK\u{3}\u{4}", "PK\u{5}\u{6}", "PK\u{6}\u{6}", "PK\u{6}\u{7}", "../", "/",
      "\u{0}",
    ]
  ) { bytes in
    let archive = try ZipArchive(bytes)
    for entry in archive.entries {
      guard let content = try? archive.content(of: entry, limit: 1 << 20) else { continue }
      require(content.count == Int(entry.size), "a content of another size than the entry says")
    }
    let target = workFolder.appending("out/archive")
    try FileSystem.removeTree(workFolder.appending("out"))
    defer { try? FileSystem.removeTree(workFolder.appending("out")) }
    try? archive.extract(
      to: target, limits: ZipLimits(entries: 100, total: ByteCount(1 << 20), ratio: 10))
    let beside = (try? FileSystem.names(in: workFolder.appending("out"))) ?? []
    require(beside.allSatisfy { $0 == "archive" }, "something was left beside the target")
  }
}
