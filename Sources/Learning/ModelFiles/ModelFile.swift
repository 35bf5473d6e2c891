import Formats
import Platform
import SystemPackage

/// Model files of every format that can be read.
package enum ModelFile {
  /// Reads a model.
  ///
  /// - Throws: ``Failure`` with code `.parse` for what is no JSON, `.unsupported` for a newer
  ///   version or an unknown kind, `.corrupt` for a file whose parts do not fit together.
  package static func read(_ path: FilePath) throws -> any Model {
    try LogisticModel(reading: path)
  }
}
