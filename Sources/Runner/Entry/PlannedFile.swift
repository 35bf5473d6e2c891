import Platform
import SystemPackage

/// A file or folder that a run reads or writes.
package struct PlannedFile: Sendable, Hashable {
  /// As the MLproject has it, or the parameter's name and value.
  package var declared: String
  package var path: FilePath

  package init(declared: String, path: FilePath) {
    self.declared = declared
    self.path = path
  }
}
