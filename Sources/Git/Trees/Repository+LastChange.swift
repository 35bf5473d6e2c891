import CGit2
import Platform
import SystemPackage

/// Which commit changed a file last, as it was from some HEAD.
package struct LastChange: Sendable, Hashable {
  /// 40 hexadecimal digits, as is ``head``.
  package var commit: String
  package var head: String
  /// How many commits lie between them, on the way that was taken now.
  package var distance: Int

  package init(commit: String, head: String, distance: Int = 0) {
    self.commit = commit
    self.head = head
    self.distance = distance
  }
}

extension Repository {
  /// The last commit that changed a file, when the file has some bytes at HEAD; nil when it has others there, or is not
  /// there.
  ///
  /// As `git log -1 -- PATH` finds it: at a merge the way goes on along the first parent that has the file as it is. Where
  /// history was cut off (a shallow clone) that is the oldest commit there is. Costs about two look-ups for each commit
  /// since then.
  ///
  /// - Parameters:
  ///   - path: from the top of the work tree, with slashes.
  ///   - bytes: the file of the work tree, whose line ends are converted as git would.
  ///   - known: an earlier answer for the path; where its HEAD lies on the way, the way is not gone again.
  package func lastChange(
    of path: [UInt8], holding bytes: [UInt8], known: LastChange? = nil
  ) throws -> LastChange? {
    guard let head = try head().commit else { return nil }
    var id = git_oid()
    try LibGit2.check(git_oid_fromstr(&id, head), "read the name of a commit")
    var step = try Step(handle, &id, path)
    guard let object = step.object, try isContent(bytes, of: path, object) else { return nil }
    let familiar = known.flatMap { ObjectID(hex: $0.head) }
    var distance = 0
    while step.commit != familiar, let earlier = step.parent(handle, path, having: object) {
      step = earlier
      distance += 1
    }
    let commit = step.commit == familiar ? known?.commit : nil
    return LastChange(commit: commit ?? step.commit.hex, head: head, distance: distance)
  }

  /// The newest commit on the way back from HEAD that gave a file a content of some kind; nil when there is none.
  ///
  /// - Parameters:
  ///   - path: from the top of the repository, with slashes.
  ///   - limit: how many commits are looked at; about ten microseconds each.
  ///   - isWanted: asked once for each content that the file had, the newest first.
  package func change(
    of path: [UInt8], limit: Int, where isWanted: ([UInt8]) throws -> Bool
  ) throws -> String? {
    guard let head = try head().commit else { return nil }
    var id = git_oid()
    try LibGit2.check(git_oid_fromstr(&id, head), "read the name of a commit")
    // The newest first; of those of one second, the one that was reached first. libgit2's own walk by time reads all of
    // the history before it gives the first, and mixes up those of one second.
    var open = [try Step(handle, &id, path)]
    var reached: Set<ObjectID> = [open[0].commit]
    var seen: Set<ObjectID> = []
    for _ in 0..<limit {
      guard let newest = open.map(\.time).max(),
        let place = open.firstIndex(where: { $0.time == newest })
      else { break }
      var step = open.remove(at: place)
      if let object = step.object, seen.insert(object).inserted {
        let file = TreeFile(path: path, kind: .file, object: object)
        if try isWanted(content(of: file)) {
          while let earlier = step.parent(handle, path, having: object) { step = earlier }
          return step.commit.hex
        }
      }
      open += step.parents.compactMap { id in
        var id = id
        guard reached.insert(ObjectID(id)).inserted else { return nil }
        return try? Step(handle, &id, path, known: step)
      }
    }
    return nil
  }

  private func isContent(_ bytes: [UInt8], of path: [UInt8], _ object: ObjectID) throws -> Bool {
    var id = git_oid()
    let code = bytes.withUnsafeBytes {
      git_odb_hash(&id, $0.baseAddress, $0.count, GIT_OBJECT_BLOB)
    }
    try LibGit2.check(code, "hash a file")
    if ObjectID(id) == object { return true }
    // The way into the repository may convert line ends.
    var blob: OpaquePointer?
    var raw = object.raw
    guard bytes.contains(UInt8(ascii: "\r")), git_blob_lookup(&blob, handle, &raw) == 0 else {
      return false
    }
    defer { git_blob_free(blob) }
    let size = Int(clamping: git_blob_rawsize(blob))
    let kept = UnsafeRawBufferPointer(start: git_blob_rawcontent(blob), count: size)
    return kept.elementsEqual(bytes.filter { $0 != UInt8(ascii: "\r") })
  }
}

extension ObjectID {
  fileprivate init?(hex: String) {
    var id = git_oid()
    guard hex.utf8.count == 40, git_oid_fromstr(&id, hex) == 0 else { return nil }
    self.init(id)
  }
}

/// A commit on the way back, and which content a path has there.
private struct Step {
  let commit: ObjectID
  let tree: ObjectID
  /// Nil when nothing is at the path.
  let object: ObjectID?
  let parents: [git_oid]
  /// In seconds since 1970.
  let time: Int64

  /// - Parameter known: one with the same tree has the same content.
  init(
    _ repository: OpaquePointer, _ id: inout git_oid, _ path: [UInt8], known: Step? = nil
  ) throws {
    var handle: OpaquePointer?
    try LibGit2.check(git_commit_lookup(&handle, repository, &id), "read a commit")
    defer { git_commit_free(handle) }
    commit = ObjectID(id)
    time = git_commit_time(handle)
    guard let top = git_commit_tree_id(handle) else {
      throw LibGit2.failure(-1, "read the tree of a commit")
    }
    tree = ObjectID(top.pointee)
    parents = (0..<git_commit_parentcount(handle)).compactMap {
      git_commit_parent_id(handle, $0)?.pointee
    }
    if let known, known.tree == tree {
      object = known.object
      return
    }
    var root: OpaquePointer?
    try LibGit2.check(git_commit_tree(&root, handle), "read the tree of a commit")
    defer { git_tree_free(root) }
    var entry: OpaquePointer?
    let code = withPath(path[...]) { git_tree_entry_bypath(&entry, root, $0) }
    defer { git_tree_entry_free(entry) }
    if code == GIT_ENOTFOUND.rawValue {
      object = nil
      return
    }
    try LibGit2.check(code, "read a commit")
    object = git_tree_entry_id(entry).map { ObjectID($0.pointee) }
  }

  /// The first parent that has the same content at the path; nil when none has, or none is there.
  func parent(
    _ repository: OpaquePointer, _ path: [UInt8], having object: ObjectID
  ) -> Step? {
    for var id in parents {
      let step = try? Step(repository, &id, path, known: self)
      if let step, step.object == object { return step }
    }
    return nil
  }
}
