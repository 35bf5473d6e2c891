import Platform
import Records
import SystemPackage

/// The files that a run left, where this server keeps them. Those of a run that keeps them elsewhere are not opened: the place
/// is a client's word.
struct ArtifactFolder: Sendable {
  private let folder: ConfinedFolder
  /// The run's own folder below it.
  private let base: [String]

  /// Nil when the run's artifacts are elsewhere.
  init?(of run: Run, in store: RecordStore) {
    let root = store.folder.appending("artifacts")
    let own = root.string + "/"
    let rest: Substring
    if run.artifactURI.hasPrefix(own) {
      rest = run.artifactURI.dropFirst(own.count)
    } else if run.artifactURI.hasPrefix(Tracking.proxyScheme) {
      rest = run.artifactURI.dropFirst(Tracking.proxyScheme.count)
    } else {
      return nil
    }
    base = rest.split(separator: "/").map(String.init)
    guard let folder = try? ConfinedFolder(root) else { return nil }
    self.folder = folder
  }

  struct Entry: Sendable, Hashable {
    /// Below the run's folder, `/` between the parts.
    var path: String
    var isFolder: Bool
    /// Bytes; 0 for a folder.
    var size: Int64

    var name: String { path.split(separator: "/").last.map(String.init) ?? path }
  }

  /// Folders and what is in them, one after the other, names in the order of their bytes.
  ///
  /// - Parameter limit: no more than these; whoever shows them says when there are more.
  func entries(limit: Int) throws -> [Entry] {
    var entries: [Entry] = []
    func walk(_ names: [String], _ prefix: String) throws {
      for entry in try folder.list(base + names) where entries.count < limit {
        entries.append(
          Entry(path: prefix + entry.name, isFolder: entry.isDirectory, size: entry.size))
        if entry.isDirectory, names.count < 32 {
          try walk(names + [entry.name], prefix + entry.name + "/")
        }
      }
    }
    guard try folder.status(base)?.kind == .directory else { return [] }
    try walk([], "")
    return entries
  }

  /// Whether a path is a file.
  func isFile(_ names: [String]) throws -> Bool {
    try !names.isEmpty && folder.status(base + names)?.kind == .file
  }

  /// - Throws: ``Failure`` with `.notFound` for what is not there; others for paths that lead out and for what is no file.
  func file(_ names: [String]) throws -> ConfinedFile { try folder.openFile(base + names) }

  /// The size of a file in bytes; nil when it is not there.
  func size(of path: String) -> Int64? {
    try? file(path.split(separator: "/").map(String.init)).status.size
  }

  /// The bytes of a stretch of a file; nil when it is not there.
  func bytes(of path: String, _ range: Range<Int64>) throws -> [UInt8]? {
    let names = path.split(separator: "/").map(String.init)
    guard try isFile(names) else { return nil }
    return try file(names).bytes(range)
  }

  /// The beginning of a text; nil when it is not there.
  func text(_ path: String, limit: Int64) -> String? {
    (try? bytes(of: path, 0..<limit)).flatMap { $0 }.map { String(decoding: $0, as: UTF8.self) }
  }
}

extension ConfinedFile {
  /// The bytes of a stretch; fewer where the file ends before.
  func bytes(_ range: Range<Int64>) throws -> [UInt8] {
    let range = range.clamped(to: 0..<max(0, status.size))
    return try [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
      count = try read(into: UnsafeMutableRawBufferPointer(buffer), at: range.lowerBound)
    }
  }
}
