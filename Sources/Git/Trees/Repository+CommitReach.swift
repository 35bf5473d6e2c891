import CGit2
import Platform
import SystemPackage

extension Repository {
  /// Whether a commit is here, what leads to it, and whether all of it is here.
  ///
  /// The cost is a walk of the history for each kind of name that is not right at the commit, and one look for each file.
  ///
  /// - Parameter commit: 40 hexadecimal digits; anything else is not there.
  package func reach(of commit: String) throws -> CommitReach {
    guard let id = ObjectID(digits: commit), size(of: id) != nil else {
      return CommitReach(isThere: false)
    }
    var raw = id.raw
    var handle: OpaquePointer?
    let code = git_commit_lookup(&handle, self.handle, &raw)
    git_commit_free(handle)
    guard code == 0 else { return CommitReach(isThere: false) }
    var walk = try ObjectWalk(self)
    let shallow = try shallowCommits()
    _ = try walk.history(of: id, boundary: [id])
    return CommitReach(
      isThere: true, isOnBranch: try leads(tips(under: "refs/heads/"), to: id, shallow),
      isTagged: try leads(tips(under: "refs/tags/"), to: id, shallow),
      isPushed: try leads(tips(under: "refs/remotes/"), to: id, shallow),
      isCut: try shallow.contains { try leads([id], to: $0, shallow) },
      missing: walk.missing.count)
  }

  /// The commits that the names under a prefix stand for, each once, in the order of the names.
  private func tips(under prefix: String) throws -> [ObjectID] {
    var list = git_strarray()
    try LibGit2.check(git_reference_list(&list, handle), "list the branches and tags")
    defer { git_strarray_dispose(&list) }
    var found: [ObjectID] = []
    var seen: Set<ObjectID> = []
    let names = (0..<list.count).compactMap { list.strings[$0].map { String(cString: $0) } }
    for name in names.sorted() where name.hasPrefix(prefix) {
      var id = git_oid()
      guard git_reference_name_to_id(&id, handle, name) == 0 else { continue }
      var object: OpaquePointer?
      guard git_object_lookup(&object, handle, &id, GIT_OBJECT_ANY) == 0 else { continue }
      defer { git_object_free(object) }
      var commit: OpaquePointer?
      guard git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0 else { continue }
      defer { git_object_free(commit) }
      guard let tip = git_object_id(commit).map({ ObjectID($0.pointee) }) else { continue }
      if seen.insert(tip).inserted { found.append(tip) }
    }
    return found
  }

  /// Whether a commit is one of some, or one of those that led to them.
  ///
  /// - Parameter shallow: the commits whose parents are not there.
  private func leads(
    _ tips: [ObjectID], to commit: ObjectID, _ shallow: Set<ObjectID>
  ) throws -> Bool {
    if tips.contains(commit) { return true }
    guard !tips.isEmpty else { return false }
    guard shallow.isEmpty else { return try walk(from: tips, to: commit, shallow) }
    var id = commit.raw
    let ids = tips.map(\.raw)
    return try LibGit2.check(
      git_graph_reachable_from_any(handle, &id, ids, ids.count), "compare commits") == 1
  }

  /// The same in a shallow clone, whose end libgit2 1.5 takes for a damage.
  private func walk(
    from tips: [ObjectID], to commit: ObjectID, _ shallow: Set<ObjectID>
  ) throws -> Bool {
    var pending = tips
    var seen = Set(tips)
    while let id = pending.popLast() {
      if id == commit { return true }
      if shallow.contains(id) { continue }
      var raw = id.raw
      var handle: OpaquePointer?
      try LibGit2.check(
        git_commit_lookup(&handle, self.handle, &raw), "read the commit \(id.hex)")
      defer { git_commit_free(handle) }
      for place in 0..<git_commit_parentcount(handle) {
        guard let parent = git_commit_parent_id(handle, place) else { continue }
        let next = ObjectID(parent.pointee)
        if seen.insert(next).inserted { pending.append(next) }
      }
    }
    return false
  }
}
