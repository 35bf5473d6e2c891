import CGit2
import Platform
import SystemPackage

/// Puts together what the scan of the work tree and the comparison with HEAD found, path by path.
struct ChangeCollector {
  private let repository: Repository
  private let index: IndexFile
  private let reader: WorkTreeReader
  private let limits: ChangeLimits
  private var writer = PatchWriter()
  private(set) var result = WorkTreeChanges(isDirty: false, patch: [], files: [], leftOut: [])

  init(
    _ repository: Repository, _ index: IndexFile, _ reader: WorkTreeReader, _ limits: ChangeLimits
  ) {
    self.repository = repository
    self.index = index
    self.reader = reader
    self.limits = limits
  }

  /// Everything that was found, once all paths were added.
  mutating func finish() -> WorkTreeChanges {
    result.patch = writer.bytes
    return result
  }

  /// - Parameters:
  ///   - finding: what the scan says; nil when the path is as in the index, or in neither.
  ///   - staged: what HEAD holds there, when the index holds something else.
  mutating func add(
    _ path: [UInt8], _ finding: WorkTreeScan.Finding?, staged: HeadComparison.Entry??
  ) throws {
    let entry = index.find(path).map { index.entries[$0] }
    let recorded = entry.flatMap { entry -> HeadComparison.Entry? in
      guard entry.stage == 0, !entry.isIntentToAdd else { return nil }
      return HeadComparison.Entry(mode: index.mode(entry), object: index.object(entry))
    }
    let old: HeadComparison.Entry?
    switch staged {
    case .some(let head):
      old = head
      result.isDirty = true
    case .none: old = recorded
    }
    if old?.mode == GitMode.submodule || recorded?.mode == GitMode.submodule {
      try addSubmodule(path, finding, old: old, recorded: recorded)
      if old?.mode != GitMode.submodule, let old { try write(path, from: old, to: nil) }
      guard finding == .suspect || finding == .untracked else { return }
      try compareFile(path, old: nil, recorded: nil, mode: GitMode.file, size: 0)
      return
    }
    switch finding {
    case .repository:
      result.isDirty = true
      let commit = try? nested(path)?.head().commit
      leaveOut(path, nil, .repository(commit: commit ?? nil))
      if let old { try write(path, from: old, to: nil) }
    case .missing:
      result.isDirty = true
      if let old { try write(path, from: old, to: nil) }
    case .untracked, .suspect:
      if finding == .untracked { result.isDirty = true }
      let size = entry.map { Int64(index.recordedStat($0).size) } ?? 0
      let mode = entry.map { index.mode($0) } ?? old?.mode ?? GitMode.file
      try compareFile(path, old: old, recorded: recorded, mode: mode, size: size)
    case nil, .submodule:
      if let recorded {
        if recorded != old { try writeStored(path, from: old, to: recorded) }
      } else if let old, reader.isFile(path) {
        // Taken out of the index, and ignored now: it is there all the same.
        try compareFile(path, old: old, recorded: nil, mode: old.mode, size: 0)
      } else if let old {
        try write(path, from: old, to: nil)
      }
    }
  }

  /// A file whose content decides.
  private mutating func compareFile(
    _ path: [UInt8], old: HeadComparison.Entry?, recorded: HeadComparison.Entry?, mode: UInt32,
    size: Int64
  ) throws {
    switch reader.read(path, recorded: mode) {
    case .content(let side):
      note(side, recorded)
      try write(path, from: old, to: side)
    case .pointer(let side, let size):
      note(side, recorded)
      guard old != HeadComparison.Entry(mode: side.mode, object: side.object) else { return }
      try write(path, from: old, to: side)
      leaveOut(path, size, .largeFileStorage)
    case .tooLarge(let mode, let actual):
      // Touched and the same is nothing to tell; hashing takes the time of one read.
      if let known = recorded ?? old,
        recorded == nil || UInt32(truncatingIfNeeded: actual) == UInt32(truncatingIfNeeded: size),
        let object = reader.hash(path)
      {
        let now = HeadComparison.Entry(mode: mode, object: object)
        if now != known { result.isDirty = true }
        if now == old { return }
      } else {
        result.isDirty = true
      }
      leaveOut(path, actual, .tooLarge)
    case .unreadable(let reason):
      result.isDirty = true
      leaveOut(path, nil, .unreadable(reason))
    case .filtered(let name):
      result.isDirty = true
      leaveOut(path, nil, .filtered(name))
    }
  }

  private mutating func note(_ side: PatchWriter.Side, _ recorded: HeadComparison.Entry?) {
    if recorded != HeadComparison.Entry(mode: side.mode, object: side.object) {
      result.isDirty = true
    }
  }

  private mutating func addSubmodule(
    _ path: [UInt8], _ finding: WorkTreeScan.Finding?, old: HeadComparison.Entry?,
    recorded: HeadComparison.Entry?
  ) throws {
    guard recorded?.mode == GitMode.submodule, finding != .missing else {
      result.isDirty = true
      leaveOut(path, nil, .submodule(commit: nil, isDirty: false))
      return
    }
    // A folder without a repository is a submodule that was never fetched: nothing is wrong with it.
    guard let inner = try? nested(path) else {
      if recorded != old {
        leaveOut(path, nil, .submodule(commit: recorded?.object.hex, isDirty: false))
      }
      return
    }
    let commit = try? inner.head().commit
    let none = ChangeLimits(file: ByteCount(0), total: ByteCount(0), files: 0)
    let isChanged = (try? inner.changes(limits: none, excluding: []).isDirty) ?? false
    if commit != recorded?.object.hex || isChanged { result.isDirty = true }
    if commit != old?.object.hex || isChanged {
      leaveOut(path, nil, .submodule(commit: commit ?? nil, isDirty: isChanged))
    }
  }

  private func nested(_ path: [UInt8]) throws -> Repository? {
    guard let workTree = repository.workTree else { return nil }
    return try Repository.open(FilePath(pathBytes: workTree.pathBytes + [UInt8(ascii: "/")] + path))
  }

  // MARK: Writing

  private mutating func writeStored(
    _ path: [UInt8], from old: HeadComparison.Entry?, to new: HeadComparison.Entry
  ) throws {
    guard let size = repository.size(of: new.object), size <= limits.file.bytes else {
      leaveOut(path, repository.size(of: new.object), .tooLarge)
      return
    }
    let content = try repository.content(of: new.object)
    try write(
      path, from: old,
      to: PatchWriter.Side(mode: new.mode, object: new.object, content: content))
  }

  private mutating func write(
    _ path: [UInt8], from old: HeadComparison.Entry?, to new: PatchWriter.Side?
  ) throws {
    if let old, let new, old.mode == new.mode, old.object == new.object { return }
    let newSize = new.map { Int64($0.content.count) }
    guard result.files.count < limits.files else {
      leaveOut(path, newSize, .overTotal)
      return
    }
    var before: PatchWriter.Side?
    if let old {
      let size = repository.size(of: old.object)
      guard let size, size <= limits.file.bytes else {
        leaveOut(
          path, newSize ?? size,
          size == nil ? .unreadable("git does not have what it was") : .tooLarge)
        return
      }
      let content = try repository.content(of: old.object)
      before = PatchWriter.Side(mode: old.mode, object: old.object, content: content)
    }
    let start = writer.bytes.count
    try writer.append(path, from: before, to: new)
    guard Int64(writer.bytes.count) <= limits.total.bytes else {
      writer.truncate(to: start)
      leaveOut(path, newSize ?? before.map { Int64($0.content.count) }, .overTotal)
      return
    }
    result.files.append(FilePath(pathBytes: path))
  }

  private mutating func leaveOut(
    _ path: [UInt8], _ size: Int64?, _ reason: WorkTreeChanges.Reason
  ) {
    result.leftOut.append(
      WorkTreeChanges.LeftOut(
        path: FilePath(pathBytes: path), size: size.map { ByteCount($0) }, reason: reason))
  }
}

extension Repository {
  /// The size of an object in bytes; nil when the repository does not have it.
  func size(of object: ObjectID) -> Int64? {
    var database: OpaquePointer?
    guard git_repository_odb(&database, handle) == 0 else { return nil }
    defer { git_odb_free(database) }
    var size = 0
    var kind = GIT_OBJECT_ANY
    var id = object.raw
    guard git_odb_read_header(&size, &kind, database, &id) == 0 else { return nil }
    return Int64(size)
  }

  /// The bytes of a blob.
  func content(of object: ObjectID) throws -> [UInt8] {
    var blob: OpaquePointer?
    var id = object.raw
    try LibGit2.check(git_blob_lookup(&blob, handle, &id), "read the object \(object.hex)")
    defer { git_blob_free(blob) }
    let size = Int(git_blob_rawsize(blob))
    return Array(UnsafeRawBufferPointer(start: git_blob_rawcontent(blob), count: size))
  }
}
