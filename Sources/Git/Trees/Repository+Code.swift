import CGit2
import Glibc
import Platform
import SystemPackage

extension Repository {
  /// The files of a folder that git knows or would: tracked ones, and untracked ones that are not ignored, as they are in
  /// the work tree now. What is committed makes no difference, nor do times: a content has its name however it got there.
  ///
  /// Costs an `lstat` for each file of the work tree, and a read for each that the index does not vouch for.
  ///
  /// - Parameters:
  ///   - folder: below the work tree, links resolved.
  ///   - excluded: paths below the folder that are passed over with all that is under them.
  /// - Returns: the files, in the order of their paths' bytes, and why the content of some cannot be told.
  /// - Throws: ``Failure`` with `.unsupported` for a bare repository, and for an index that cannot be read.
  package func code(
    in folder: FilePath, excluding excluded: [FilePath]
  ) throws -> (files: [CodeFile], untold: [String]) {
    guard let workTree, let top = FileSystem.realPath(workTree) else {
      throw Failure(.unsupported, "the repository `\(gitDirectory)` is bare: it has no work tree")
    }
    var below = folder
    guard below.removePrefix(top) else {
      throw Failure(.invalid, "`\(folder)` does not lie in the repository at `\(top)`")
    }
    let prefix = below.isEmpty ? [] : below.pathBytes + [UInt8(ascii: "/")]
    let root = top.withPlatformString { Glibc.open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard root >= 0 else { throw Failure(errno: errno, "list", top) }
    defer { close(root) }
    let index = try IndexFile(indexPath)
    let settings = scanSettings
    let left = excluded.map { prefix + $0.pathBytes }
    let scan = try WorkTreeScan(
      index: index, root: root, settings: settings, excluded: left,
      ignoring: IgnoreFolder(root: ignoreRules(root)))
    var listing = CodeListing(
      self, WorkTreeReader(repository: self, root: root, settings: settings, limit: 1 << 24), top,
      prefix: prefix, excluded: left)
    for (path, finding) in scan.findings { listing.add(path, finding, index) }
    listing.addSettled(index)
    return (listing.files.sorted { $0.path.lexicographicallyPrecedes($1.path) }, listing.untold)
  }
}

/// Puts together what a scan of the work tree and the index say of a folder's files.
private struct CodeListing {
  private let repository: Repository
  private let reader: WorkTreeReader
  private let top: FilePath
  private let prefix: [UInt8]
  private let excluded: [[UInt8]]
  /// Paths of the index that are told, or gone.
  private var done: Set<[UInt8]> = []
  var files: [CodeFile] = []
  var untold: [String] = []

  init(
    _ repository: Repository, _ reader: WorkTreeReader, _ top: FilePath, prefix: [UInt8],
    excluded: [[UInt8]]
  ) {
    self.repository = repository
    self.reader = reader
    self.top = top
    self.prefix = prefix
    self.excluded = excluded
  }

  mutating func add(_ path: [UInt8], _ finding: WorkTreeScan.Finding, _ index: IndexFile) {
    guard path.starts(with: prefix), done.insert(path).inserted else { return }
    switch finding {
    case .missing: return
    case .submodule, .repository: addRepository(path, index)
    case .suspect, .untracked:
      let recorded = index.find(path).map { index.mode(index.entries[$0]) } ?? GitMode.file
      switch reader.read(path, recorded: recorded) {
      case .content(let side), .pointer(let side, _): append(path, side.mode, side.object.hex)
      case .tooLarge(let mode, _):
        guard let object = reader.hash(path) else { return tell(path, "cannot be read") }
        append(path, mode, object.hex)
      case .unreadable(let reason): tell(path, reason)
      case .filtered(let name): tell(path, "the filter `\(name)` could not be run")
      }
    }
  }

  /// The entries of the index of which the scan found nothing to say.
  mutating func addSettled(_ index: IndexFile) {
    for entry in index.entries where !entry.isSkipped {
      let name = index.name(entry)
      guard name.starts(with: prefix) else { continue }
      let path = Array(name)
      guard !done.contains(path), !isExcluded(path) else { continue }
      append(path, index.mode(entry), index.object(entry).hex)
    }
  }

  private mutating func addRepository(_ path: [UInt8], _ index: IndexFile) {
    let place = FilePath(pathBytes: top.pathBytes + [UInt8(ascii: "/")] + path)
    let known = index.find(path).map { index.object(index.entries[$0]).hex }
    guard let inner = try? Repository.open(place) else {
      // A submodule that was never fetched is an empty folder.
      return append(path, GitMode.submodule, known ?? "")
    }
    let none = ChangeLimits(file: ByteCount(0), total: ByteCount(0), files: 0)
    guard let commit = try? inner.head().commit,
      let changes = try? inner.changes(limits: none, excluding: []), !changes.isDirty
    else { return tell(path, "a repository of its own with changes that are not committed") }
    append(path, GitMode.submodule, commit)
  }

  private mutating func append(_ path: [UInt8], _ mode: UInt32, _ name: String) {
    guard let kind = TreeFile.Kind(mode) else { return }
    files.append(
      CodeFile(path: Array(path.dropFirst(prefix.count)), kind: kind, contentName: name))
  }

  private mutating func tell(_ path: [UInt8], _ reason: String) {
    untold.append("\(FilePath(pathBytes: path)): \(reason)")
  }

  private func isExcluded(_ path: [UInt8]) -> Bool {
    excluded.contains {
      path.starts(with: $0) && (path.count == $0.count || path[$0.count] == UInt8(ascii: "/"))
    }
  }
}
