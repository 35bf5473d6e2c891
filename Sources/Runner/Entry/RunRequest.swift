import Platform
import Records
import SystemPackage

/// What a person asked to run: the words of the command line, not yet checked.
package struct RunRequest: Sendable {
  /// A folder, a zip file or a git URL, each with an optional `#subfolder`.
  package var uri: String
  package var entryPoint: String
  /// Branch, tag or commit of a git project.
  package var version: String?
  /// In the order given; names are not repeated.
  package var parameters: [GivenParameter]
  /// What `--env-manager` said; nil lets the project decide.
  package var environmentManager: EnvironmentManager?
  /// Where `path` parameters that are URLs are downloaded to.
  package var storageFolder: FilePath?
  /// Ends the run after this time; nil takes the entry point's own.
  package var timeout: Duration?
  /// Our own variables, which the child inherits.
  package var variables: [String: String]
  /// The folder that relative paths start from.
  package var workingFolder: FilePath

  package init(
    uri: String, entryPoint: String = "main", version: String? = nil,
    parameters: [GivenParameter] = [], environmentManager: EnvironmentManager? = nil,
    storageFolder: FilePath? = nil, timeout: Duration? = nil, variables: [String: String],
    workingFolder: FilePath
  ) {
    self.uri = uri
    self.entryPoint = entryPoint
    self.version = version
    self.parameters = parameters
    self.environmentManager = environmentManager
    self.storageFolder = storageFolder
    self.timeout = timeout
    self.variables = variables
    self.workingFolder = workingFolder
  }
}
