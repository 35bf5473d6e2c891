import Formats
import Platform

/// What an `MLproject` file says.
///
/// It means what it means to MLflow; our own keys stand under entry points and parameters, where MLflow ignores them.
package struct Manifest: Sendable, Hashable {
  /// Where the file is, for messages; nil when the project has none.
  package var file: String?
  package var name: String?
  /// In the order of the file.
  package var entryPoints: [EntryPoint]
  package var environment: EnvironmentDeclaration?
  /// Whether it describes a job for Databricks, which MLflow runs there and nowhere else.
  package var isDatabricksJob: Bool
  package var warnings: [Warning]

  package init(
    file: String? = nil, name: String? = nil, entryPoints: [EntryPoint] = [],
    environment: EnvironmentDeclaration? = nil, isDatabricksJob: Bool = false,
    warnings: [Warning] = []
  ) {
    self.file = file
    self.name = name
    self.entryPoints = entryPoints
    self.environment = environment
    self.isDatabricksJob = isDatabricksJob
    self.warnings = warnings
  }

  /// Reads the bytes of an MLproject file.
  ///
  /// - Parameter file: the name for messages.
  /// - Throws: ``Failure`` with place and hint; several as details of one. YAML errors come first and alone.
  package init(parsing bytes: [UInt8], file: String) throws(Failure) {
    var reader = ManifestReader(file: file)
    self = try reader.read(bytes)
  }
}
