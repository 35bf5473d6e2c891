import Platform
import SystemPackage

/// Brings versions of versioned data.
///
/// Nothing here reads `.dvc` files: the floor above brings what does.
package protocol DataSupply: Sendable {
  /// Puts what pointers name where a replay reads it.
  ///
  /// - Parameters:
  ///   - paths: of the inputs, in the clean place.
  ///   - project: the project's folder there.
  ///   - folders: of the person's own tree, whose cache and remotes count; the likeliest first.
  /// - Returns: the paths that are versioned.
  /// - Throws: ``Failure``, which names the places where contents were looked for.
  func place(
    _ paths: [FilePath], inTreeOf project: FilePath, of folders: [FilePath]
  ) throws -> [FilePath]

  /// The remote that the data of a tree is pushed to and pulled from, its address in full and without secrets.
  ///
  /// - Parameter folders: of the person's own tree; the likeliest first.
  /// - Returns: nil when there is none.
  func remote(of folders: [FilePath]) -> BundleManifest.Remote?
}
