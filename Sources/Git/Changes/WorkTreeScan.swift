import Glibc
import Platform
import SystemPackage

/// A look at every file of a work tree, compared with what the index remembers of it.
///
/// One `fstatat` per file is the cost that nobody gets round; everything else here is kept below it: no string is made
/// and no ignore file is read for a file that the index knows.
struct WorkTreeScan {
  /// What was found at a path.
  enum Finding {
    /// The index holds it, and nothing is there.
    case missing
    /// The index holds it with another kind, mode, size or time: the content decides.
    case suspect
    /// The folder of a submodule.
    case submodule
    /// The index does not hold it, and it is not ignored.
    case untracked
    /// An untracked folder with a repository of its own, which git does not look into.
    case repository
  }

  /// Every path that may not be as the index says; in no order.
  private(set) var findings: [(path: [UInt8], finding: Finding)] = []

  private let index: IndexFile
  private let root: Int32
  private let settings: Settings
  private let excluded: [[UInt8]]
  private var table = FolderTable()
  private var pending: [Folder] = []

  /// Which parts of `stat` count (git-config(1): `core.fileMode`, `core.trustctime`, …).
  struct Settings {
    var trustsModes = true
    var trustsChangeTime = true
    var isMinimal = false
    var hasLinks = true
  }

  private struct Folder {
    var rules: IgnoreFolder
    /// What the index holds under it.
    var range: Range<Int>
    var path: [UInt8] { rules.path }
  }

  /// - Parameters:
  ///   - root: a descriptor of the work tree's folder.
  ///   - excluded: paths that are passed over with all that is under them, without a slash at the end.
  init(
    index: IndexFile, root: Int32, settings: Settings, excluded: [[UInt8]],
    ignoring rules: IgnoreFolder
  ) throws {
    self.index = index
    self.root = root
    self.settings = settings
    self.excluded = excluded
    pending.append(Folder(rules: rules, range: 0..<index.entries.count))
    while let folder = pending.popLast() { try scan(folder) }
  }

  private mutating func scan(_ folder: Folder) throws {
    table.fill(index, folder.range, depth: folder.path.count)
    let excludedHere = excludedNames(in: folder.path)
    let descriptor = open(folder.path)
    if descriptor < 0 {
      let number = errno
      // An untracked folder that went away or may not be read holds nothing that we could keep.
      if folder.range.isEmpty { return }
      guard [ENOENT, ENOTDIR, ELOOP].contains(number) else {
        throw Failure(errno: number, "list", FilePath(pathBytes: folder.path))
      }
    } else if let stream = fdopendir(descriptor) {
      defer { closedir(stream) }
      while let entry = readdir(stream) {
        let start = UnsafeRawPointer(entry) + nameOffset
        let name = UnsafeRawBufferPointer(
          start: start, count: strlen(start.assumingMemoryBound(to: CChar.self)))
        if isSpecial(name) { continue }
        if !excludedHere.isEmpty, excludedHere.contains(where: { name.elementsEqual($0) }) {
          continue
        }
        try look(name, type: entry.pointee.d_type, in: folder, descriptor)
      }
    }
    for child in table.children where !child.isSeen {
      if !excludedHere.isEmpty, excludedHere.contains(where: { child.name.elementsEqual($0) }) {
        continue
      }
      reportMissing(child.first..<child.end)
    }
  }

  /// Where the name starts in a `dirent`; the field is declared with 256 bytes, but the record may be shorter.
  private let nameOffset = MemoryLayout<dirent>.offset(of: \.d_name)!

  private func open(_ folder: [UInt8]) -> Int32 {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW
    if folder.isEmpty { return openat(root, ".", flags) }
    return withPath(folder.dropLast()) { openat(root, $0, flags) }
  }

  private mutating func look(
    _ name: UnsafeRawBufferPointer, type: UInt8, in folder: Folder, _ descriptor: Int32
  ) throws {
    var status = stat()
    var isFolder = Int32(type) == Int32(DT_DIR)
    var hasStatus = false
    if Int32(type) == Int32(DT_UNKNOWN) {
      guard lookUp(name, in: descriptor, &status) else { return }
      hasStatus = true
      isFolder = status.st_mode & S_IFMT == S_IFDIR
    }
    if isFolder {
      if let place = table.find(name, isFolder: true) {
        table.markSeen(place)
        let child = table.children[place]
        try enter(name, child.first..<child.end, folder)
        return
      }
      if let place = table.find(name, isFolder: false) {
        let entry = table.children[place].first
        if index.mode(index.entries[entry]) == GitMode.submodule {
          table.markSeen(place)
          findings.append((folder.path + name, .submodule))
          return
        }
      }
      try foundUntracked(name, isFolder: true, folder)
      return
    }
    guard let place = table.find(name, isFolder: false) else {
      let isKept = hasStatus ? GitMode.of(status) != nil : [DT_REG, DT_LNK].contains(Int(type))
      if isKept { try foundUntracked(name, isFolder: false, folder) }
      return
    }
    let first = table.children[place].first
    let entry = index.entries[first]
    if !entry.isAssumedUnchanged || entry.stage != 0 {
      guard hasStatus || lookUp(name, in: descriptor, &status) else { return }
      // A fifo where a file was: the file is gone.
      guard GitMode.of(status) != nil else { return }
      if entry.stage != 0 || entry.isIntentToAdd || !isUnchanged(entry, status) {
        findings.append((folder.path + name, .suspect))
      }
    }
    table.markSeen(place)
  }

  /// Whether the index's record says that this is the very content it knows.
  private func isUnchanged(_ entry: IndexEntry, _ status: stat) -> Bool {
    let known = index.recordedStat(entry)
    guard UInt32(truncatingIfNeeded: status.st_size) == known.size,
      UInt32(truncatingIfNeeded: status.st_mtim.tv_sec) == known.modifiedSeconds
    else { return false }
    guard GitMode.of(status, recorded: known.mode, settings) == known.mode else { return false }
    let nanoseconds = UInt32(truncatingIfNeeded: status.st_mtim.tv_nsec)
    let isPrecise = known.modifiedNanoseconds != 0 && !settings.isMinimal
    if isPrecise, nanoseconds != known.modifiedNanoseconds { return false }
    if settings.trustsChangeTime, !settings.isMinimal {
      guard UInt32(truncatingIfNeeded: status.st_ctim.tv_sec) == known.changedSeconds else {
        return false
      }
    }
    if !settings.isMinimal, UInt32(truncatingIfNeeded: status.st_ino) != known.inode {
      return false
    }
    // Racy: a file of the index's own moment may have been written after it, with the same size and time.
    let written = index.modified
    if status.st_mtim.tv_sec != written.seconds { return status.st_mtim.tv_sec < written.seconds }
    return isPrecise && status.st_mtim.tv_nsec < written.nanoseconds
  }

  private mutating func enter(
    _ name: UnsafeRawBufferPointer, _ range: Range<Int>, _ folder: Folder
  ) throws {
    let path = folder.path + name + CollectionOfOne(UInt8(ascii: "/"))
    if range.count == 1,
      index.entries[range.lowerBound].nameEnd
        - index.entries[range.lowerBound].nameStart == path.count
    {
      throw Failure(
        .unsupported,
        "the index of this repository is sparse, and `\(FilePath(pathBytes: path))` is there",
        hint: "git sparse-checkout reapply --no-sparse-index")
    }
    pending.append(Folder(rules: IgnoreFolder(path, in: folder.rules), range: range))
  }

  private mutating func foundUntracked(
    _ name: UnsafeRawBufferPointer, isFolder: Bool, _ folder: Folder
  ) throws {
    let path = folder.path + name
    if folder.rules.ignores(path[...], isFolder: isFolder) { return }
    guard isFolder else {
      findings.append((path, .untracked))
      return
    }
    if isRepository(path) {
      findings.append((path, .repository))
      return
    }
    let inner = IgnoreFolder(path + [UInt8(ascii: "/")], in: folder.rules)
    pending.append(Folder(rules: inner, range: 0..<0))
  }

  /// Whether a folder has a repository of its own: a `.git` with a HEAD, or a file that points to one.
  private func isRepository(_ path: [UInt8]) -> Bool {
    var status = stat()
    let inner = path + Array("/.git".utf8)
    guard withPath(inner[...], { fstatat(root, $0, &status, 0) }) == 0 else { return false }
    if status.st_mode & S_IFMT == S_IFREG { return true }
    let head = inner + Array("/HEAD".utf8)
    return withPath(head[...]) { fstatat(root, $0, &status, AT_SYMLINK_NOFOLLOW) } == 0
  }

  private mutating func reportMissing(_ range: Range<Int>) {
    var last: UnsafeRawBufferPointer?
    for i in range {
      let entry = index.entries[i]
      if entry.isSkipped || (entry.isAssumedUnchanged && entry.stage == 0) { continue }
      let name = index.name(entry)
      if let last, last.elementsEqual(name) { continue }
      last = name
      if isExcluded(name) { continue }
      findings.append((Array(name), .missing))
    }
  }

  private func isExcluded(_ name: UnsafeRawBufferPointer) -> Bool {
    excluded.contains { prefix in
      name.starts(with: prefix)
        && (name.count == prefix.count || name[prefix.count] == UInt8(ascii: "/"))
    }
  }

  /// The names right in a folder that are excluded.
  private func excludedNames(in folder: [UInt8]) -> [ArraySlice<UInt8>] {
    excluded.compactMap { path in
      guard path.count > folder.count, path.starts(with: folder) else { return nil }
      let rest = path[folder.count...]
      return rest.contains(UInt8(ascii: "/")) ? nil : rest
    }
  }

  private func isSpecial(_ name: UnsafeRawBufferPointer) -> Bool {
    guard name.count > 0, name[0] == UInt8(ascii: ".") else { return false }
    switch name.count {
    case 1: return true
    case 2: return name[1] == UInt8(ascii: ".")
    case 4: return name.elementsEqual(".git".utf8)
    default: return false
    }
  }

  private func lookUp(
    _ name: UnsafeRawBufferPointer, in descriptor: Int32, _ status: inout stat
  ) -> Bool {
    // The name comes from a dirent, which ends with NUL.
    guard let base = name.baseAddress else { return false }
    return fstatat(
      descriptor, base.assumingMemoryBound(to: CChar.self), &status, AT_SYMLINK_NOFOLLOW) == 0
  }
}
