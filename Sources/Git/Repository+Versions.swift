import CGit2
import Platform

extension Repository {
  /// What changed between two states of the code, uncommitted changes included, as `git diff` prints it.
  ///
  /// The patches are applied in memory: nothing is written, neither to the work tree nor to the repository.
  ///
  /// - Throws: ``Failure`` when a commit is not there, or a patch does not fit its commit.
  package func diff(from first: CodeVersion, to second: CodeVersion) throws -> [UInt8] {
    if first.patch.isEmpty, second.patch.isEmpty {
      return try diff(from: first.commit, to: second.commit)
    }
    // A handle of its own: new objects go into memory and are gone with it.
    let scratch = try Repository.open(gitDirectory)
    try scratch.keepNewObjectsInMemory()
    let old = try scratch.index(of: first)
    defer { git_index_free(old) }
    let new = try scratch.index(of: second)
    defer { git_index_free(new) }
    var options = git_diff_options()
    git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION))
    var diff: OpaquePointer?
    defer { git_diff_free(diff) }
    try LibGit2.check(
      git_diff_index_to_index(&diff, scratch.handle, old, new, &options), "compare two states")
    try LibGit2.check(git_diff_find_similar(diff, nil), "find what was renamed")
    var buffer = git_buf()
    try LibGit2.check(git_diff_to_buf(&buffer, diff, GIT_DIFF_FORMAT_PATCH), "write the diff")
    defer { git_buf_dispose(&buffer) }
    return Array(UnsafeRawBufferPointer(start: buffer.ptr, count: buffer.size))
  }

  private func keepNewObjectsInMemory() throws {
    var objects: OpaquePointer?
    try LibGit2.check(git_repository_odb(&objects, handle), "open the objects")
    defer { git_odb_free(objects) }
    var memory: OpaquePointer?
    try LibGit2.check(git_mempack_new(&memory), "keep objects in memory")
    // Above the repository's own, so that it is written to first.
    try LibGit2.check(git_odb_add_backend(objects, memory, 1000), "keep objects in memory")
  }

  /// The tree of a state as an index in memory.
  private func index(of version: CodeVersion) throws -> OpaquePointer? {
    var id = try tree(ofCommit: resolve(version.commit)).raw
    var tree: OpaquePointer?
    try LibGit2.check(
      git_tree_lookup(&tree, handle, &id), "read the tree of `\(version.commit)`")
    defer { git_tree_free(tree) }
    var index: OpaquePointer?
    guard !version.patch.isEmpty else {
      try LibGit2.check(git_index_new(&index), "make an index")
      try LibGit2.check(git_index_read_tree(index, tree), "read the tree of `\(version.commit)`")
      return index
    }
    var patch: OpaquePointer?
    try version.patch.withUnsafeBytes { bytes in
      let text = bytes.bindMemory(to: CChar.self)
      try LibGit2.check(
        git_diff_from_buffer(&patch, text.baseAddress, text.count), "read the uncommitted changes")
    }
    defer { git_diff_free(patch) }
    var options = git_apply_options()
    git_apply_options_init(&options, UInt32(GIT_APPLY_OPTIONS_VERSION))
    try LibGit2.check(
      git_apply_to_tree(&index, handle, tree, patch, &options),
      "apply the uncommitted changes to `\(version.commit.prefix(12))`")
    return index
  }
}
