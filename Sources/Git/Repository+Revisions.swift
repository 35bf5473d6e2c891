import CGit2
import Glibc
import Platform

extension Repository {
  /// The commit that a revision names: a branch, a tag, the start of a commit's name, or any expression of
  /// gitrevisions(7) that libgit2 knows.
  ///
  /// - Throws: ``Failure`` with `.notFound`, and the branches and tags that come nearest as the hint; `.invalid` when a
  ///   short name stands for more than one commit.
  package func resolve(_ revision: String) throws -> String {
    guard !revision.isEmpty else { throw Failure(.invalid, "an empty text names no commit") }
    var object: OpaquePointer?
    let code = git_revparse_single(&object, handle, revision)
    defer { git_object_free(object) }
    switch code {
    case GIT_ENOTFOUND.rawValue, GIT_EINVALIDSPEC.rawValue:
      throw Failure(
        .notFound, "no commit, branch or tag named `\(revision)`", hint: try nearestHint(revision))
    case GIT_EAMBIGUOUS.rawValue:
      throw Failure(
        .invalid, "`\(revision)` stands for more than one commit",
        hint: "give more of its digits")
    default: try LibGit2.check(code, "find the commit `\(revision)`")
    }
    var commit: OpaquePointer?
    defer { git_object_free(commit) }
    guard git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0, let id = git_object_id(commit)
    else { throw Failure(.invalid, "`\(revision)` does not name a commit") }
    return ObjectID(id.pointee).hex
  }

  /// What a person may have meant by a name that does not exist; nil without any branch or tag.
  func nearestHint(_ name: String) throws -> String? {
    let names = try branchesAndTags()
    if let near = nearestName(to: name, among: names) { return "did you mean `\(near)`?" }
    guard !names.isEmpty else { return nil }
    let shown = names.prefix(8).joined(separator: ", ")
    return "there are: \(shown)" + (names.count > 8 ? ", and \(names.count - 8) more" : "")
  }

  /// The short names of all branches, of remotes too, and tags; branches first, each kind in order.
  func branchesAndTags() throws -> [String] {
    var list = git_strarray()
    try LibGit2.check(git_reference_list(&list, handle), "list the branches and tags")
    defer { git_strarray_dispose(&list) }
    var groups: [[String]] = [[], [], []]
    let prefixes = ["refs/heads/", "refs/tags/", "refs/remotes/"]
    for place in 0..<list.count {
      guard let pointer = list.strings[place] else { continue }
      let name = String(cString: pointer)
      for (group, prefix) in prefixes.enumerated() where name.hasPrefix(prefix) {
        groups[group].append(String(name.dropFirst(prefix.utf8.count)))
      }
    }
    return groups.flatMap { $0.sorted() }
  }

  /// What changed between two commits, as `git diff` prints it; a binary file is only named.
  ///
  /// - Parameters:
  ///   - paths: only these files, and all under these folders; everything when empty.
  package func diff(
    from commitA: String, to commitB: String, paths: [String] = []
  ) throws -> [UInt8] {
    let old = try openTree(commitA)
    defer { git_tree_free(old) }
    let new = try openTree(commitB)
    defer { git_tree_free(new) }
    var options = git_diff_options()
    git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION))
    options.flags |= GIT_DIFF_DISABLE_PATHSPEC_MATCH.rawValue
    var diff: OpaquePointer?
    defer { git_diff_free(diff) }
    try LibGit2.withStringArray(paths) { array in
      options.pathspec = array
      try LibGit2.check(
        git_diff_tree_to_tree(&diff, handle, old, new, &options), "compare two commits")
    }
    try LibGit2.check(git_diff_find_similar(diff, nil), "find what was renamed")
    var buffer = git_buf()
    try LibGit2.check(git_diff_to_buf(&buffer, diff, GIT_DIFF_FORMAT_PATCH), "write the diff")
    defer { git_buf_dispose(&buffer) }
    return Array(UnsafeRawBufferPointer(start: buffer.ptr, count: buffer.size))
  }

  private func openTree(_ revision: String) throws -> OpaquePointer? {
    var id = try tree(ofCommit: resolve(revision)).raw
    var tree: OpaquePointer?
    try LibGit2.check(git_tree_lookup(&tree, handle, &id), "read the tree of `\(revision)`")
    return tree
  }
}

extension LibGit2 {
  /// Calls with strings in the form that libgit2 takes lists in.
  static func withStringArray<Result>(
    _ strings: [String], _ body: (git_strarray) throws -> Result
  ) rethrows -> Result {
    try withCStrings(strings) { pointers in
      var mutable = pointers.map { UnsafeMutablePointer(mutating: $0) }
      return try mutable.withUnsafeMutableBufferPointer {
        try body(git_strarray(strings: $0.baseAddress, count: strings.count))
      }
    }
  }
}
