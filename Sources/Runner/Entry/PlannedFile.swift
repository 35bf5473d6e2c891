import Platform
import SystemPackage

/// A file or folder that a run reads or writes.
package struct PlannedFile: Sendable, Hashable {
  /// As the MLproject has it, or the parameter's name and value.
  package var declared: String
  package var path: FilePath
  /// What of it is read, with the file's name in front: `store.sqlite#table`; nil for all of it.
  package var place: FilePath?

  package init(declared: String, path: FilePath, place: FilePath? = nil) {
    self.declared = declared
    self.path = path
    self.place = place
  }
}
