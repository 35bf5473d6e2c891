import Platform
import SystemPackage

/// A path whose content a pointer names.
package struct TrackedPath: Sendable, Hashable {
  /// The `.dvc` file, or `dvc.lock`, from the project's root.
  package var pointer: FilePath
  /// The data, from the project's root.
  package var path: FilePath
  package var output: PointerOutput

  /// Whether a path is this one or in it.
  package func holds(_ other: FilePath) -> Bool { other.starts(with: path) }
}
