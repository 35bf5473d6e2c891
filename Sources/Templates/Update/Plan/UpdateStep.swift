/// What an update does at one path, decided before anything is touched.
package struct UpdateStep: Sendable, Hashable {
  /// Where the result stands.
  package var path: TreePath
  package var action: UpdateAction
  /// Where the file stood before, when the template renamed it; nothing is left there.
  package var renamedFrom: TreePath?
  package var outcome: UpdateOutcome
  /// The versions that a person has to choose from; nil when nothing is left to decide.
  package var conflict: UpdateConflict?
  /// What is there now, for a diff; nil when nothing is.
  package var before: RenderedFile?

  /// Whether a file of the project is touched.
  package var changesFiles: Bool { outcome != .leave || renamedFrom != nil }
}

/// Why an update does what it does at a path.
package enum UpdateAction: String, Sendable, Hashable, CaseIterable {
  /// The project's file stays: the template did not change it, or both have it already.
  case keep
  /// The template has a new file.
  case add
  /// The template changed a file that the project left alone.
  case change
  /// Both changed the file, in different places.
  case merge
  /// Both changed the same lines; the file gets markers.
  case conflict
  /// The template dropped a file that the project left alone.
  case delete
  /// The template moved a file.
  case rename
  /// Only whether the file may be run changed.
  case mode
  /// Both changed a file that has no lines to merge; the project's stays.
  case binaryConflict = "binary_conflict"
  /// The project deleted the file; it stays deleted, whatever the template made of it.
  case staysDeleted = "stays_deleted"
  /// The template and the project both have a new file here, with different content.
  case bothAdded = "both_added"
  /// The template dropped a file that the project changed; it stays until a person decides.
  case deletedByTemplate = "deleted_by_template"
  /// Something else stands in the way: a folder where a file should be, or a file where its folder should be.
  case obstructed
}

/// What becomes of the file at a path.
package enum UpdateOutcome: Sendable, Hashable {
  case leave
  case write(RenderedFile)
  case remove
}

/// The three versions of a file that a person has to bring together.
package struct UpdateConflict: Sendable, Hashable {
  package var base: RenderedFile?
  package var ours: RenderedFile?
  package var theirs: RenderedFile?
  /// Whether the file got conflict markers; otherwise the project's version stays and the template's is put aside.
  package var hasMarkers: Bool
}
