import CGit2
import Platform
import SystemPackage

extension Repository {
  /// How deep the folders of a commit may be nested.
  private static let deepest = 256

  /// All files of a commit, in the order of git's trees.
  ///
  /// - Parameter folder: only what is below this folder, and paths from there; nothing when it is no folder.
  package func files(at revision: String, in folder: [UInt8] = []) throws -> [TreeFile] {
    var root: OpaquePointer?
    var id = try tree(ofCommit: resolve(revision)).raw
    try LibGit2.check(git_tree_lookup(&root, handle, &id), "read the tree of `\(revision)`")
    defer { git_tree_free(root) }
    var files: [TreeFile] = []
    guard !folder.isEmpty else {
      try walk(root, [], depth: 0, &files)
      return files
    }
    var entry: OpaquePointer?
    let code = withPath(folder[...]) { git_tree_entry_bypath(&entry, root, $0) }
    defer { git_tree_entry_free(entry) }
    guard code == 0, git_tree_entry_type(entry) == GIT_OBJECT_TREE else { return [] }
    var below: OpaquePointer?
    try LibGit2.check(
      git_tree_lookup(&below, handle, git_tree_entry_id(entry)), "read a folder of `\(revision)`")
    defer { git_tree_free(below) }
    try walk(below, [], depth: 0, &files)
    return files
  }

  private func walk(
    _ tree: OpaquePointer?, _ prefix: [UInt8], depth: Int, _ files: inout [TreeFile]
  ) throws {
    guard depth < Self.deepest else {
      throw Failure(.unsupported, "the folders of a commit are nested more than 256 deep")
    }
    for place in 0..<git_tree_entrycount(tree) {
      guard let entry = git_tree_entry_byindex(tree, place), let name = git_tree_entry_name(entry),
        let object = git_tree_entry_id(entry)
      else { continue }
      let path = prefix + FilePath(platformString: name).pathBytes
      guard let kind = TreeFile.Kind(UInt32(git_tree_entry_filemode(entry).rawValue)) else {
        var below: OpaquePointer?
        try LibGit2.check(git_tree_lookup(&below, handle, object), "read a folder of a commit")
        defer { git_tree_free(below) }
        try walk(below, path + [UInt8(ascii: "/")], depth: depth + 1, &files)
        continue
      }
      files.append(TreeFile(path: path, kind: kind, object: ObjectID(object.pointee)))
    }
  }

  /// The file at a path of a commit; nil when nothing is there, or a folder.
  ///
  /// - Parameter commit: 40 hexadecimal digits.
  package func file(_ path: [UInt8], at commit: String) throws -> TreeFile? {
    var root: OpaquePointer?
    var id = try tree(ofCommit: commit).raw
    try LibGit2.check(git_tree_lookup(&root, handle, &id), "read the tree of `\(commit)`")
    defer { git_tree_free(root) }
    var entry: OpaquePointer?
    let code = withPath(path[...]) { git_tree_entry_bypath(&entry, root, $0) }
    defer { git_tree_entry_free(entry) }
    if code == GIT_ENOTFOUND.rawValue { return nil }
    try LibGit2.check(code, "read the tree of `\(commit)`")
    guard let object = git_tree_entry_id(entry),
      let kind = TreeFile.Kind(UInt32(git_tree_entry_filemode(entry).rawValue))
    else { return nil }
    return TreeFile(path: path, kind: kind, object: ObjectID(object.pointee))
  }

  /// The bytes of a file of a commit, as they are kept; where it leads, for a link; none for a submodule.
  package func content(of file: TreeFile) throws -> [UInt8] {
    guard file.kind != .submodule else { return [] }
    var blob: OpaquePointer?
    var id = file.object.raw
    try LibGit2.check(git_blob_lookup(&blob, handle, &id), "read a file of a commit")
    defer { git_blob_free(blob) }
    let size = Int(clamping: git_blob_rawsize(blob))
    return Array(UnsafeRawBufferPointer(start: git_blob_rawcontent(blob), count: size))
  }
}
