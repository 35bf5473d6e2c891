import CGit2
import Platform
import SystemPackage

/// A commit in a list of versions.
package struct CommitSummary: Sendable, Hashable {
  /// 40 hexadecimal digits.
  package var id: String
  /// When it was committed, in seconds since 1970.
  package var time: Int64
  /// The first line of the message.
  package var subject: String
  /// Who wrote it: a name.
  package var author: String
  /// 40 hexadecimal digits each, the first one's branch being the one that was merged into.
  package var parents: [String]
}

extension Repository {
  /// The commits that lead to a revision, newest first; a merge's side branches are included.
  ///
  /// - Parameter limit: how many at most.
  package func history(of revision: String, limit: Int = .max) throws -> [CommitSummary] {
    var walk: OpaquePointer?
    try LibGit2.check(git_revwalk_new(&walk, handle), "walk the commits")
    defer { git_revwalk_free(walk) }
    git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL.rawValue | GIT_SORT_TIME.rawValue)
    var id = git_oid()
    let start = try resolve(revision)
    try LibGit2.check(git_oid_fromstr(&id, start), "read the name of a commit")
    try LibGit2.check(git_revwalk_push(walk, &id), "walk from `\(revision)`")
    var commits: [CommitSummary] = []
    while commits.count < limit, git_revwalk_next(&id, walk) == 0 {
      commits.append(try summary(of: ObjectID(id)))
    }
    return commits
  }

  /// When a commit was made, in seconds since 1970.
  package func time(ofCommit commit: String) throws -> Int64 {
    var id = git_oid()
    try LibGit2.check(git_oid_fromstr(&id, commit), "read the name of a commit")
    return try summary(of: ObjectID(id)).time
  }

  private func summary(of id: ObjectID) throws -> CommitSummary {
    var commit: OpaquePointer?
    var raw = id.raw
    try LibGit2.check(git_commit_lookup(&commit, handle, &raw), "read a commit")
    defer { git_commit_free(commit) }
    return CommitSummary(
      id: id.hex, time: git_commit_time(commit),
      subject: git_commit_summary(commit).map { String(cString: $0) } ?? "",
      author: git_commit_author(commit)?.pointee.name.map { String(cString: $0) } ?? "",
      parents: (0..<git_commit_parentcount(commit)).compactMap { place in
        git_commit_parent_id(commit, place).map { ObjectID($0.pointee).hex }
      })
  }

  /// The whole message of a commit, as it is kept.
  package func message(of commit: String) throws -> [UInt8] {
    var id = git_oid()
    var object: OpaquePointer?
    try LibGit2.check(git_oid_fromstr(&id, resolve(commit)), "read the name of a commit")
    try LibGit2.check(git_commit_lookup(&object, handle, &id), "read a commit")
    defer { git_commit_free(object) }
    return git_commit_message(object).map { Array(String(cString: $0).utf8) } ?? []
  }

  /// Whether a commit is another, or one of those that led to it.
  package func isCommit(_ ancestor: String, reachableFrom descendant: String) throws -> Bool {
    var first = git_oid()
    var second = git_oid()
    let (a, b) = (try resolve(ancestor), try resolve(descendant))
    guard a != b else { return true }
    try LibGit2.check(git_oid_fromstr(&first, a), "read the name of a commit")
    try LibGit2.check(git_oid_fromstr(&second, b), "read the name of a commit")
    return try LibGit2.check(
      git_graph_descendant_of(handle, &second, &first), "compare two commits") == 1
  }

  /// The tags with the commits that they stand for, in the order of their names.
  package func tags() throws -> [(name: String, commit: String)] {
    var list = git_strarray()
    try LibGit2.check(git_tag_list(&list, handle), "list the tags")
    defer { git_strarray_dispose(&list) }
    var names: [String] = []
    for place in 0..<list.count {
      if let name = list.strings[place] { names.append(String(cString: name)) }
    }
    // A tag may stand for a file.
    return names.sorted().compactMap { name in
      (try? resolve("refs/tags/" + name)).map { (name, $0) }
    }
  }

  /// What `git describe --tags --always` says: `v1.2`, `v1.2-3-gabcdef1`, or a short name.
  package func describe(_ revision: String) throws -> String {
    var id = git_oid()
    try LibGit2.check(git_oid_fromstr(&id, resolve(revision)), "read the name of a commit")
    var commit: OpaquePointer?
    try LibGit2.check(git_object_lookup(&commit, handle, &id, GIT_OBJECT_COMMIT), "read a commit")
    defer { git_object_free(commit) }
    var options = git_describe_options()
    git_describe_options_init(&options, UInt32(GIT_DESCRIBE_OPTIONS_VERSION))
    options.describe_strategy = UInt32(GIT_DESCRIBE_TAGS.rawValue)
    options.show_commit_oid_as_fallback = 1
    var result: OpaquePointer?
    try LibGit2.check(git_describe_commit(&result, commit, &options), "describe a commit")
    defer { git_describe_result_free(result) }
    var buffer = git_buf()
    try LibGit2.check(git_describe_format(&buffer, result, nil), "describe a commit")
    defer { git_buf_dispose(&buffer) }
    return buffer.ptr.map { String(cString: $0) } ?? ""
  }
}
