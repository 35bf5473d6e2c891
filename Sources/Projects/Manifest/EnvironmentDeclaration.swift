import Platform

/// The environment that an MLproject names; which file that is on the disk is ``Project/environment``.
package enum EnvironmentDeclaration: Sendable, Hashable {
  /// `python_env: FILE`.
  case python(file: String, SourceLocation)
  /// `conda_env: FILE`.
  case conda(file: String, SourceLocation)
  case docker(DockerEnvironment, SourceLocation)
}
