import Platform
import SystemPackage

/// A path whose content a pointer names.
package struct TrackedPath: Sendable, Hashable {
  /// The `.dvc` file, or `dvc.lock`, from the project's root.
  package var pointer: String
  /// The data, from the project's root.
  package var path: String
  package var output: PointerOutput

  /// Whether a path is this one or in it.
  func holds(_ other: String) -> Bool { other == path || other.hasPrefix(path + "/") }
}
