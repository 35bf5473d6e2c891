import CGit2
import Glibc

/// Where the index and the tree of HEAD differ.
///
/// Folders that the index knows to be unchanged since the commit are passed over, so a settled repository costs one
/// comparison of two names.
struct HeadComparison {
  struct Entry: Equatable {
    var mode: UInt32
    var object: ObjectID
  }

  /// By path: what HEAD holds there, nil for nothing. Every other path of the index is as in HEAD.
  private(set) var differences: [[UInt8]: Entry?] = [:]

  private let repository: Repository
  private let index: IndexFile

  /// - Parameter tree: the tree of HEAD; nil before the first commit.
  init(_ repository: Repository, _ index: IndexFile, tree: ObjectID?) throws {
    self.repository = repository
    self.index = index
    try compare(tree, 0..<index.entries.count, folder: [], index.cachedTrees)
  }

  private struct Child {
    var name: ArraySlice<UInt8>
    var range: Range<Int>
    var isFolder: Bool
  }

  private mutating func compare(
    _ tree: ObjectID?, _ range: Range<Int>, folder: [UInt8], _ cached: CachedTree?
  ) throws {
    if let tree, let cached, cached.object == tree, cached.entryCount == range.count { return }
    // A folder of a sparse index is one entry that holds the tree itself.
    if range.count == 1, index.name(index.entries[range.lowerBound]).count == folder.count,
      index.object(index.entries[range.lowerBound]) == tree
    {
      return
    }
    var wanted = try tree.map { try repository.treeEntries($0) } ?? [:]
    var i = range.lowerBound
    while i < range.upperBound {
      let full = index.name(index.entries[i])
      if let slash = full[folder.count...].firstIndex(of: UInt8(ascii: "/")) {
        let inner = Array(full[...slash])
        let end = inner.withUnsafeBytes {
          index.end(ofFolder: $0, from: i, to: range.upperBound)
        }
        let name = Array(full[folder.count..<slash])
        var subtree: ObjectID?
        if let entry = wanted[name], entry.mode == GitMode.folder {
          subtree = entry.object
          wanted[name] = nil
        }
        try compare(subtree, i..<end, folder: inner, cached?.folders[name])
        i = end
        continue
      }
      let entry = index.entries[i]
      let name = Array(full[folder.count...])
      var known: Entry?
      if let entry = wanted[name], entry.mode != GitMode.folder {
        known = entry
        wanted[name] = nil
      }
      let isSame =
        entry.stage == 0 && !entry.isIntentToAdd
        && known == Entry(mode: index.mode(entry), object: index.object(entry))
      let path = Array(full)
      if !isSame, differences[path] == nil { differences[path] = .some(known) }
      i += 1
      // The other sides of a conflict are the same path.
      while i < range.upperBound, entry.stage != 0, index.name(index.entries[i]).elementsEqual(path)
      {
        i += 1
      }
    }
    for (name, entry) in wanted { try reportRemoved(folder + name, entry, depth: 0) }
  }

  /// A file or folder of HEAD that the index does not hold.
  private mutating func reportRemoved(_ path: [UInt8], _ entry: Entry, depth: Int) throws {
    guard entry.mode == GitMode.folder else {
      differences[path] = .some(entry)
      return
    }
    guard depth < 2048 else { return }
    for (name, inner) in try repository.treeEntries(entry.object) {
      try reportRemoved(path + [UInt8(ascii: "/")] + name, inner, depth: depth + 1)
    }
  }
}

extension Repository {
  /// What a tree object holds, by the bytes of the names; modes as git writes them today.
  func treeEntries(_ id: ObjectID) throws -> [[UInt8]: HeadComparison.Entry] {
    var raw = id.raw
    var tree: OpaquePointer?
    try LibGit2.check(git_tree_lookup(&tree, handle, &raw), "read the tree \(id.hex)")
    defer { git_tree_free(tree) }
    var entries: [[UInt8]: HeadComparison.Entry] = [:]
    for place in 0..<git_tree_entrycount(tree) {
      guard let entry = git_tree_entry_byindex(tree, place), let name = git_tree_entry_name(entry),
        let object = git_tree_entry_id(entry)
      else { continue }
      let mode = UInt32(git_tree_entry_filemode(entry).rawValue)
      let bytes = Array(UnsafeRawBufferPointer(start: name, count: strlen(name)))
      entries[bytes] = HeadComparison.Entry(mode: mode, object: ObjectID(object.pointee))
    }
    return entries
  }

  /// The tree of a commit.
  func tree(ofCommit hex: String) throws -> ObjectID {
    var id = git_oid()
    try LibGit2.check(git_oid_fromstr(&id, hex), "read the name `\(hex)`")
    var commit: OpaquePointer?
    try LibGit2.check(git_commit_lookup(&commit, handle, &id), "read the commit \(hex)")
    defer { git_commit_free(commit) }
    guard let tree = git_commit_tree_id(commit) else {
      throw LibGit2.failure(GIT_ENOTFOUND.rawValue, "read the commit \(hex)")
    }
    return ObjectID(tree.pointee)
  }
}
