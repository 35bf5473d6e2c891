import Platform

/// One entry of `outs` in a `.dvc` file or `dvc.lock`: a path and which content belongs there.
package struct PointerOutput: Sendable, Hashable {
  /// Relative to the pointer's folder, or to its `wdir`.
  package var path: String
  /// Nil when no content is named, as while an import is only declared.
  package var object: ObjectName?
  /// Bytes of all files together.
  package var size: Int64?
  /// Of a folder.
  package var fileCount: Int?
  /// Of a single file.
  package var isExecutable = false
  package var description: String?
  /// `cache: false`: git keeps the file itself.
  package var isCached = true
  /// `push: false`.
  package var isPushed = true
  /// The remote that it is pushed to, when not the default.
  package var remote: String?
  /// The object that holds what DVC does not record of a folder; in `meta.reprise`.
  package var extras: MD5Digest?
  /// The SHA-256 of a single file, or of the object that names those of a folder's files; in `meta.reprise`, where the md5
  /// stands that it belongs to.
  package var strong: StrongDigest?

  package init(path: String, object: ObjectName? = nil) {
    self.path = path
    self.object = object
  }
}
