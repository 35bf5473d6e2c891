import SystemPackage

/// What a path of the work tree holds just now, as a version of tracked data.
package struct DataReading: Sendable, Hashable {
  /// Whose data it is, and the content that its pointer names.
  package var tracked: TrackedPath
  /// What was read, from the project's root: the tracked path itself, or something in it.
  package var path: FilePath
  /// The name of the content that is there.
  package var object: ObjectName
  /// Bytes of all files.
  package var size: Int64
  package var fileCount: Int
  /// Whether that is something else than what the pointer names.
  package var isModified: Bool
  /// The last commit that changed the pointer; nil when the pointer of the work tree is not the one of HEAD.
  package var commit: String?
  /// Which version it is when it is not the one that the pointer names, as far as that can be told.
  package var earlier: Earlier?

  /// A version that an earlier commit names.
  package struct Earlier: Sendable, Hashable {
    /// The content of the whole tracked path.
    package var object: ObjectName
    /// The newest commit that made the pointer name it.
    package var commit: String
  }
}
