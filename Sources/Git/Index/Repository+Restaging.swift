import CGit2
import Platform
import SystemPackage

extension Repository {
  /// Gives staged files other contents, straight into the index: the work tree is not looked at.
  ///
  /// - Parameter changes: with each file its new bytes.
  /// - Returns: the paths that got them; a file that the index holds otherwise by now is left as it is.
  /// - Throws: ``Failure`` with `.locked` while another program writes to it. Nothing is changed then.
  package func restage(_ changes: [(file: StagedFile, bytes: [UInt8])]) throws -> [[UInt8]] {
    try restage(
      changes.map { change in
        let file = change.file
        return (
          TreeFile(path: file.path, kind: file.kind, object: file.object), file.kind, change.bytes
        )
      })
  }

  /// The same for any files of the index, each with the kind that it is to have.
  package func restage(
    _ changes: [(file: TreeFile, kind: TreeFile.Kind, bytes: [UInt8])]
  ) throws -> [[UInt8]] {
    guard !changes.isEmpty else { return [] }
    var blobs: [git_oid] = []
    for change in changes {
      var id = git_oid()
      _ = try change.bytes.withUnsafeBytes { bytes in
        try LibGit2.check(
          git_blob_create_from_buffer(&id, handle, bytes.baseAddress, bytes.count), "keep a file")
      }
      blobs.append(id)
    }
    if try needsGitToWriteIndex { return try restageByGit(changes, blobs.map { ObjectID($0) }) }
    var done: [[UInt8]] = []
    try withIndex { index in
      for (change, blob) in zip(changes, blobs) {
        try withPath(change.file.path[...]) { name in
          guard let known = git_index_get_bypath(index, name, 0),
            ObjectID(known.pointee.id) == change.file.object
          else { return }
          var entry = known.pointee
          entry.id = blob
          entry.mode = change.kind.mode
          entry.file_size = 0
          // Without times git compares the content the next time it looks.
          entry.mtime = git_index_time()
          entry.ctime = git_index_time()
          try LibGit2.check(git_index_add(index, &entry), "stage a file")
          done.append(change.file.path)
        }
      }
    }
    return done
  }

  private func restageByGit(
    _ changes: [(file: TreeFile, kind: TreeFile.Kind, bytes: [UInt8])], _ blobs: [ObjectID]
  ) throws -> [[UInt8]] {
    let index = try IndexFile(indexPath)
    var known: [[UInt8]: ObjectID] = [:]
    for entry in index.entries where entry.stage == 0 {
      known[Array(index.name(entry))] = index.object(entry)
    }
    let current = zip(changes, blobs).filter { known[$0.0.file.path] == $0.0.file.object }
    try updateIndex(
      ["--index-info"],
      current.map { change, blob in
        Array("\(String(change.kind.mode, radix: 8)) \(blob.hex) 0\t".utf8) + change.file.path
      })
    return current.map(\.0.file.path)
  }

  /// Where git looks for hooks: `core.hooksPath`, from the work tree when it is relative, else `hooks` of the repository that
  /// all its work trees share.
  package var hooksFolder: FilePath {
    guard let own = settings.path("core.hookspath") else {
      return commonDirectory.appending("hooks")
    }
    return own.isAbsolute ? own : (workTree ?? gitDirectory).pushing(own)
  }
}
