import Platform

/// Where each entry of an archive goes: decided for all of them before anything is written.
struct ZipExtraction {
  /// A file with the steps of its path, below the target.
  struct File {
    var path: [String]
    var entry: ZipEntry
    var mode: UInt32
  }

  private(set) var folders: Set<[String]> = []
  private(set) var files: [File] = []
  private(set) var links: [File] = []

  /// - Throws: ``ParseFailure`` that names the first entry that may not be written, or the limit that is passed.
  init(_ archive: ZipArchive, _ limits: ZipLimits) throws(ParseFailure) {
    try Self.checkSizes(archive, limits)
    var taken: [[String]: Bool] = [:]
    for entry in archive.entries {
      let path = try Self.safePath(entry.name)
      switch entry.kind {
      case .directory:
        guard taken[path] == nil else { throw Self.twice(entry.name) }
        addFolders(path)
      case .file, .link:
        guard !path.isEmpty, taken.updateValue(entry.kind == .link, forKey: path) == nil else {
          throw Self.twice(entry.name)
        }
        addFolders(Array(path.dropLast()))
        let file = File(path: path, entry: entry, mode: Self.mode(entry))
        if entry.kind == .link { links.append(file) } else { files.append(file) }
      case .other:
        throw ParseFailure("`\(entry.name)` in the archive is neither a file, a folder nor a link")
      }
    }
    // Nothing may be both, and nothing is written through a link.
    for file in files + links where folders.contains(file.path) {
      throw Self.twice(file.entry.name)
    }
  }

  private mutating func addFolders(_ path: [String]) {
    var path = path
    while !path.isEmpty, folders.insert(path).inserted { path.removeLast() }
  }

  private static func twice(_ name: String) -> ParseFailure {
    ParseFailure("`\(name)` stands twice in the archive")
  }

  /// What a name says as steps below a folder.
  static func safePath(_ name: String) throws(ParseFailure) -> [String] {
    func refuse(_ why: String) -> ParseFailure {
      ParseFailure("`\(name)` in the archive \(why), and is not extracted")
    }
    let bytes = Array(name.utf8)
    guard !bytes.contains(0) else { throw refuse("holds a NUL") }
    guard !bytes.contains(UInt8(ascii: "\\")) else { throw refuse("holds a backslash") }
    guard bytes.first != UInt8(ascii: "/") else { throw refuse("is an absolute path") }
    if bytes.count >= 2, bytes[1] == UInt8(ascii: ":"), bytes[0] | 0x20 >= UInt8(ascii: "a"),
      bytes[0] | 0x20 <= UInt8(ascii: "z")
    {
      throw refuse("names a drive")
    }
    var steps: [String] = []
    for step in bytes.split(separator: UInt8(ascii: "/")) {
      let text = String(decoding: step, as: UTF8.self)
      guard text != ".." else { throw refuse("leads out of the target by `..`") }
      if text != "." { steps.append(text) }
    }
    guard !steps.isEmpty || name == "./" else { throw refuse("has no name") }
    return steps
  }

  /// A link's target, when it stays inside whatever links it meets: `..` may only lead it, and not above the target.
  static func checkLink(_ file: File, target: [UInt8]) throws(ParseFailure) {
    let shown = String(decoding: target, as: UTF8.self)
    func refuse() -> ParseFailure {
      ParseFailure(
        "the link `\(file.entry.name)` in the archive leads out of it, to `\(shown)`, and is not extracted"
      )
    }
    guard !target.isEmpty, !target.contains(0), target[0] != UInt8(ascii: "/") else {
      throw refuse()
    }
    var depth = file.path.count - 1
    var hasName = false
    for step in target.split(separator: UInt8(ascii: "/")) {
      if step.elementsEqual("..".utf8) {
        depth -= 1
        guard !hasName, depth >= 0 else { throw refuse() }
      } else if !step.elementsEqual(".".utf8) {
        hasName = true
      }
    }
  }

  /// Never writable by others, always readable by us, no set-user bits.
  private static func mode(_ entry: ZipEntry) -> UInt32 {
    guard let mode = entry.mode, mode != 0 else { return 0o644 }
    return mode & 0o755 | 0o600
  }

  private static func checkSizes(_ archive: ZipArchive, _ limits: ZipLimits) throws(ParseFailure) {
    guard archive.entries.count <= limits.entries else {
      throw ParseFailure("the archive has more than \(limits.entries) entries")
    }
    var total: UInt64 = 0
    for entry in archive.entries {
      let (sum, overflows) = total.addingReportingOverflow(entry.size)
      total = overflows ? .max : sum
    }
    guard total <= UInt64(clamping: limits.total.bytes) else {
      throw ParseFailure("the archive unpacks to more than \(limits.total)")
    }
    let (allowed, overflows) = archive.source.count.multipliedReportingOverflow(
      by: UInt64(clamping: limits.ratio))
    guard overflows || total <= 64_000_000 || total <= allowed else {
      throw ParseFailure(
        "the archive unpacks to \(ByteCount(Int64(clamping: total))), more than \(limits.ratio) times its size"
      )
    }
  }
}
