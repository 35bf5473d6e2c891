import CGit2
import Platform
import SystemPackage

extension Repository {
  /// Where the index is.
  package var indexFile: FilePath { indexPath }

  /// Notes conflicts in the index, so that `git status` shows them and `git mergetool` solves them.
  ///
  /// The versions become objects of the repository. What stood in the index for these paths is replaced.
  ///
  /// - Throws: ``Failure`` with `.unsupported` for a split or sparse index, which libgit2 1.5 cannot write.
  package func note(_ conflicts: [IndexConflict]) throws {
    guard !conflicts.isEmpty else { return }
    try withIndex { index in
      for conflict in conflicts {
        try withPath(conflict.path[...]) { path in
          // A file's settled entry, and that of a link in place of its folder.
          git_index_remove(index, path, 0)
          let sides = [conflict.base, conflict.ours, conflict.theirs]
          for (stage, side) in sides.enumerated() {
            guard let side else { continue }
            var entry = git_index_entry()
            entry.mode = side.mode
            entry.path = path
            entry.flags = UInt16(stage + 1) << 12
            try LibGit2.check(
              git_blob_create_from_buffer(&entry.id, handle, side.content, side.content.count),
              "keep a version of a file")
            try LibGit2.check(git_index_add(index, &entry), "note a conflict in the index")
          }
        }
      }
    }
  }

  /// The paths that the index holds in conflict, in order.
  package func conflictedPaths() throws -> [[UInt8]] {
    let index = try IndexFile(indexPath)
    var paths: [[UInt8]] = []
    for entry in index.entries where entry.stage != 0 {
      let path = Array(index.name(entry))
      if paths.last != path { paths.append(path) }
    }
    return paths
  }

  /// Settles conflicts with what is in the work tree, as `git add` does.
  package func settle(_ paths: [[UInt8]]) throws {
    guard !paths.isEmpty, let workTree else { return }
    try withIndex { index in
      for path in paths {
        try withPath(path[...]) { name in
          git_index_conflict_remove(index, name)
          guard FileSystem.exists(workTree.pushing(FilePath(pathBytes: path))) else { return }
          try LibGit2.check(git_index_add_bypath(index, name), "add a file to the index")
        }
      }
    }
  }

  /// Gives paths the entries that they had in an earlier copy of the index file.
  package func restore(_ paths: [[UInt8]], fromIndex copy: FilePath) throws {
    var old: OpaquePointer?
    try LibGit2.check(copy.withPlatformString { git_index_open(&old, $0) }, "open the old index")
    defer { git_index_free(old) }
    try withIndex { index in
      for path in paths {
        try withPath(path[...]) { name in
          git_index_conflict_remove(index, name)
          git_index_remove(index, name, 0)
          for stage in Int32(0)...3 {
            guard let entry = git_index_get_bypath(old, name, stage) else { continue }
            try LibGit2.check(git_index_add(index, entry), "give a file its old entry")
          }
        }
      }
    }
  }

  /// Changes the index and writes it; when the change fails it stays as it was.
  func withIndex(_ change: (OpaquePointer?) throws -> Void) throws {
    if try IndexFile(indexPath).isBeyondLibGit2 {
      throw Failure(
        .unsupported, "`\(indexPath)` is a split or sparse index, which cannot be written here",
        hint: "git update-index --no-split-index")
    }
    var index: OpaquePointer?
    if indexPath == gitDirectory.appending("index") {
      try LibGit2.check(git_repository_index(&index, handle), "open the index")
    } else {
      try LibGit2.check(
        indexPath.withPlatformString { git_index_open(&index, $0) }, "open the index")
      // Only the repository's own index can read files of the work tree.
      try LibGit2.check(git_repository_set_index(handle, index), "use another index")
    }
    defer { git_index_free(index) }
    // What another program wrote in the meantime counts, not what this handle read before.
    try LibGit2.check(git_index_read(index, 1), "read the index")
    try change(index)
    try LibGit2.check(git_index_write(index), "write the index")
  }
}
