import CGit2
import Platform

extension Repository {
  /// The best commit that two revisions both come from; nil when there is none.
  package func commonAncestor(of first: String, and second: String) throws -> String? {
    var ids = (git_oid(), git_oid())
    try LibGit2.check(git_oid_fromstr(&ids.0, resolve(first)), "read the name of a commit")
    try LibGit2.check(git_oid_fromstr(&ids.1, resolve(second)), "read the name of a commit")
    var base = git_oid()
    let code = git_merge_base(&base, handle, &ids.0, &ids.1)
    if code == GIT_ENOTFOUND.rawValue { return nil }
    try LibGit2.check(code, "compare two commits")
    return ObjectID(base).hex
  }

  /// The first commit, those it comes from before it, that leads to a revision and is in no branch of a remote as we know
  /// it; nil when there is none.
  package func firstCommit(of revision: String, missingOn remote: String) throws -> CommitSummary? {
    var walk: OpaquePointer?
    try LibGit2.check(git_revwalk_new(&walk, handle), "walk the commits")
    defer { git_revwalk_free(walk) }
    git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL.rawValue | GIT_SORT_REVERSE.rawValue)
    var id = git_oid()
    try LibGit2.check(git_oid_fromstr(&id, resolve(revision)), "read the name of a commit")
    try LibGit2.check(git_revwalk_push(walk, &id), "walk from `\(revision)`")
    // A name with a star is a pattern, and an address is no remote's name.
    if !remote.isEmpty, !remote.contains("*"), !remote.contains(":") {
      _ = git_revwalk_hide_glob(walk, "refs/remotes/\(remote)/*")
    }
    guard git_revwalk_next(&id, walk) == 0 else { return nil }
    return try history(of: ObjectID(id).hex, limit: 1).first
  }
}
