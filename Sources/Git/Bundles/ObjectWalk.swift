import CGit2
import Platform
import SystemPackage

/// Goes through what commits hold, each object once, in an order that the commits alone decide.
struct ObjectWalk {
  /// An object, and the last part of the path it was found at.
  typealias Visit = (_ object: ObjectID, _ name: [UInt8]) throws -> Void

  private let repository: Repository
  private let objects: OpaquePointer
  private let isStopped: () -> Bool
  private let visit: Visit
  private var seen: Set<ObjectID> = []
  /// The objects that are not there, with the paths they were looked for at.
  private(set) var missing: [(object: ObjectID, path: [UInt8])] = []

  init(
    _ repository: Repository, isStopped: @escaping () -> Bool = { false },
    visit: @escaping Visit = { _, _ in }
  ) throws {
    self.repository = repository
    self.isStopped = isStopped
    self.visit = visit
    var objects: OpaquePointer?
    try LibGit2.check(git_repository_odb(&objects, repository.handle), "open the objects")
    guard let objects else { throw Failure(.bug, "libgit2 has no objects") }
    // The repository keeps them open.
    git_odb_free(objects)
    self.objects = objects
  }

  /// Visits a commit, its tree, and the commits that led to it.
  ///
  /// - Parameter boundary: the commits whose parents are left out.
  /// - Returns: the commits of the boundary that were met.
  mutating func history(of commit: ObjectID, boundary: Set<ObjectID>) throws -> Set<ObjectID> {
    var pending = [commit]
    var met: Set<ObjectID> = []
    while let id = pending.popLast() {
      guard seen.insert(id).inserted else { continue }
      guard exists(id) else {
        missing.append((id, []))
        continue
      }
      try visit(id, [])
      let parents = try self.commit(id)
      if boundary.contains(id) { met.insert(id) } else { pending += parents.reversed() }
    }
    return met
  }

  /// Visits the tree of a commit; its parents.
  private mutating func commit(_ id: ObjectID) throws -> [ObjectID] {
    if isStopped() { throw CancellationError() }
    var raw = id.raw
    var commit: OpaquePointer?
    try LibGit2.check(
      git_commit_lookup(&commit, repository.handle, &raw), "read the commit \(id.hex)")
    defer { git_commit_free(commit) }
    guard let tree = git_commit_tree_id(commit) else {
      throw LibGit2.failure(-1, "read the tree of the commit \(id.hex)")
    }
    try self.tree(ObjectID(tree.pointee), [], depth: 0)
    return (0..<git_commit_parentcount(commit)).compactMap {
      git_commit_parent_id(commit, $0).map { ObjectID($0.pointee) }
    }
  }

  /// Visits a tree and all below it; submodules are not in it.
  private mutating func tree(_ id: ObjectID, _ path: [UInt8], depth: Int) throws {
    guard seen.insert(id).inserted else { return }
    guard depth < 256 else {
      throw Failure(.unsupported, "the folders of a commit are nested more than 256 deep")
    }
    guard exists(id) else {
      missing.append((id, path))
      return
    }
    var raw = id.raw
    var tree: OpaquePointer?
    try LibGit2.check(git_tree_lookup(&tree, repository.handle, &raw), "read the tree \(id.hex)")
    defer { git_tree_free(tree) }
    try visit(id, Array(path[((path.lastIndex(of: 0x2F) ?? -1) + 1)...]))
    for place in 0..<git_tree_entrycount(tree) {
      guard let entry = git_tree_entry_byindex(tree, place), let text = git_tree_entry_name(entry),
        let object = git_tree_entry_id(entry)
      else { continue }
      let mode = UInt32(git_tree_entry_filemode(entry).rawValue)
      guard mode != GitMode.submodule else { continue }
      let inner = ObjectID(object.pointee)
      guard !seen.contains(inner) else { continue }
      let name = FilePath(platformString: text).pathBytes
      let below = path.isEmpty ? name : path + [0x2F] + name
      if mode == GitMode.folder {
        try self.tree(inner, below, depth: depth + 1)
      } else {
        seen.insert(inner)
        if exists(inner) { try visit(inner, name) } else { missing.append((inner, below)) }
      }
    }
  }

  /// Looks at what is known of the disk: another look for each object that is gone would take minutes.
  private func exists(_ id: ObjectID) -> Bool {
    var raw = id.raw
    return git_odb_exists_ext(objects, &raw, GIT_ODB_LOOKUP_NO_REFRESH.rawValue) == 1
  }
}
