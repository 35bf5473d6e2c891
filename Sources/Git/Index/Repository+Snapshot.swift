import CGit2
import Glibc
import Platform
import Synchronization
import SystemPackage

extension Repository {
  /// The files that the index holds as the next commit would, in their order; submodules as such.
  ///
  /// Left out are files that a sparse checkout leaves out, and names without a content (`git add --intent-to-add`).
  ///
  /// - Throws: ``Failure`` with `.conflict` while a merge is to be finished.
  package func snapshotFiles() throws -> [TreeFile] {
    let index = try IndexFile(indexPath)
    var files: [TreeFile] = []
    for entry in index.entries {
      guard entry.stage == 0 else {
        throw Failure(
          .conflict, "a merge is not finished: git's index holds several versions of a file",
          hint: "git status")
      }
      guard !entry.isSkipped, !entry.isIntentToAdd, let kind = TreeFile.Kind(index.mode(entry))
      else { continue }
      files.append(
        TreeFile(path: Array(index.name(entry)), kind: kind, object: index.object(entry)))
    }
    return files
  }

  /// Writes files of the index into a folder, which becomes a work tree of this repository that nothing else knows of.
  ///
  /// The bytes are those that git keeps: no filter makes other ones of them, as those of large files would. `git` finds
  /// branches and objects in the work tree as here, but an index of its own: what is added there is added nowhere else.
  ///
  /// - Parameters:
  ///   - tree: an empty folder.
  ///   - directory: where the work tree's `HEAD` and index are kept; not there yet.
  ///   - isStopped: is asked now and then; the rest is not written when it says so.
  package func writeSnapshot(
    of files: [TreeFile], to tree: FilePath, directory: FilePath,
    isStopped: @escaping @Sendable () -> Bool
  ) throws {
    for file in files where !SnapshotWriter.isSafe(file.path) {
      throw Failure(
        .corrupt,
        "git's index holds the path `\(String(decoding: file.path, as: UTF8.self))`, which leads out of the work tree"
      )
    }
    let stats = try SnapshotWriter(files: files, tree: tree, isStopped: isStopped)
      .write(from: gitDirectory)
    try FileSystem.createDirectory(directory)
    for name in Self.stateFiles {
      let path = gitDirectory.appending(name)
      guard FileSystem.isFile(path) else { continue }
      try FileSystem.write(
        FileSystem.read(path), to: directory.appending(name), mode: 0o644, durable: false)
    }
    let common = FileSystem.realPath(commonDirectory) ?? commonDirectory
    let link = tree.appending(".git")
    let small: [(FilePath, String)] = [
      (directory.appending("commondir"), common.string),
      (directory.appending("gitdir"), link.string), (link, "gitdir: " + directory.string),
    ]
    for (path, text) in small {
      try FileSystem.write(Array((text + "\n").utf8), to: path, mode: 0o644, durable: false)
    }
    try SnapshotWriter.writeIndex(files, stats, to: directory.appending("index"))
  }

  /// Whether git is about to commit some paths only (`git commit PATH`): what is staged now is gone after the commit.
  package var isCommittingPart: Bool {
    indexPath.lastComponent?.string.hasPrefix("next-index-") ?? false
  }

  /// What says where a repository stands, and belongs to one work tree.
  private static let stateFiles = [
    "HEAD", "MERGE_HEAD", "MERGE_MSG", "MERGE_MODE", "CHERRY_PICK_HEAD", "REVERT_HEAD", "ORIG_HEAD",
    "SQUASH_MSG", "COMMIT_EDITMSG",
  ]

  /// The name that git gives to bytes of a file: equal to ``TreeFile/contentName`` when the bytes are.
  package static func contentName(of bytes: [UInt8]) throws -> String {
    try LibGit2.start()
    var id = git_oid()
    _ = try bytes.withUnsafeBytes { bytes in
      try LibGit2.check(
        git_odb_hash(&id, bytes.baseAddress, bytes.count, GIT_OBJECT_BLOB), "name a file")
    }
    return ObjectID(id).hex
  }
}
