import CGit2
import Platform

/// The text of a change as `git diff --binary --full-index` writes it, for contents that no repository holds.
package enum Patch {
  /// - Parameters:
  ///   - path: with slashes.
  ///   - old: nil when the file comes.
  ///   - new: nil when it goes.
  package static func text(
    _ path: [UInt8], from old: IndexConflict.Side?, to new: IndexConflict.Side?
  ) throws -> [UInt8] {
    try LibGit2.start()
    var writer = PatchWriter()
    try writer.append(path, from: old.map(side), to: new.map(side))
    return writer.bytes
  }

  private static func side(_ side: IndexConflict.Side) throws -> PatchWriter.Side {
    var id = git_oid()
    try LibGit2.check(
      git_odb_hash(&id, side.content, side.content.count, GIT_OBJECT_BLOB), "name a content")
    return PatchWriter.Side(mode: side.mode, object: ObjectID(id), content: side.content)
  }
}
