import CGit2
import Platform
import SystemPackage

/// Goes through all commits and trees that can be reached, each once.
struct HistoryWalk {
  private let repository: Repository
  private let isWanted: ([UInt8]) -> Bool
  private let isShallow: Bool
  private var seen: Set<ObjectID> = []
  private var commits: [ObjectID] = []
  private(set) var found: [TreeFile] = []

  init(_ repository: Repository, isWanted: @escaping ([UInt8]) -> Bool) {
    self.repository = repository
    self.isWanted = isWanted
    isShallow = git_repository_is_shallow(repository.handle) == 1
  }

  mutating func start(_ name: String) throws {
    var id = git_oid()
    guard git_oid_fromstr(&id, name) == 0 else { return }
    var object: OpaquePointer?
    // A log may name what was thrown away long ago.
    guard git_object_lookup(&object, repository.handle, &id, GIT_OBJECT_ANY) == 0 else { return }
    defer { git_object_free(object) }
    var target: OpaquePointer?
    for kind in [GIT_OBJECT_COMMIT, GIT_OBJECT_TREE]
    where git_object_peel(&target, object, kind) == 0 {
      defer { git_object_free(target) }
      guard let id = git_object_id(target) else { return }
      if kind == GIT_OBJECT_TREE {
        try tree(ObjectID(id.pointee), [], depth: 0)
      } else if seen.insert(ObjectID(id.pointee)).inserted {
        commits.append(ObjectID(id.pointee))
      }
      return
    }
  }

  mutating func run() throws {
    while let id = commits.popLast() {
      var raw = id.raw
      var commit: OpaquePointer?
      let code = git_commit_lookup(&commit, repository.handle, &raw)
      if code == GIT_ENOTFOUND.rawValue, isShallow { continue }
      try LibGit2.check(code, "read the commit \(id.hex)")
      defer { git_commit_free(commit) }
      if let top = git_commit_tree_id(commit) {
        try tree(ObjectID(top.pointee), [], depth: 0)
      }
      for place in 0..<git_commit_parentcount(commit) {
        guard let parent = git_commit_parent_id(commit, place) else { continue }
        if seen.insert(ObjectID(parent.pointee)).inserted {
          commits.append(ObjectID(parent.pointee))
        }
      }
    }
  }

  private mutating func tree(_ id: ObjectID, _ prefix: [UInt8], depth: Int) throws {
    guard seen.insert(id).inserted else { return }
    guard depth < 256 else {
      throw Failure(.unsupported, "the folders of a commit are nested more than 256 deep")
    }
    var raw = id.raw
    var tree: OpaquePointer?
    try LibGit2.check(git_tree_lookup(&tree, repository.handle, &raw), "read the tree \(id.hex)")
    defer { git_tree_free(tree) }
    for place in 0..<git_tree_entrycount(tree) {
      guard let entry = git_tree_entry_byindex(tree, place), let name = git_tree_entry_name(entry),
        let object = git_tree_entry_id(entry)
      else { continue }
      let mode = UInt32(git_tree_entry_filemode(entry).rawValue)
      let kind = TreeFile.Kind(mode)
      let bytes = FilePath(platformString: name).pathBytes
      if kind == nil {
        try self.tree(
          ObjectID(object.pointee), prefix + bytes + [UInt8(ascii: "/")], depth: depth + 1)
      } else if let kind, kind == .file || kind == .program, isWanted(bytes),
        seen.insert(ObjectID(object.pointee)).inserted
      {
        found.append(
          TreeFile(path: prefix + bytes, kind: kind, object: ObjectID(object.pointee)))
      }
    }
  }
}
