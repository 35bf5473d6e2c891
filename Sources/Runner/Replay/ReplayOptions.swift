import Platform
import SystemPackage

/// What a person asks of a replay.
package struct ReplayOptions: Sendable {
  /// Which state of the code or of the data.
  package enum Revision: Sendable, Hashable {
    case recorded
    /// A branch, a tag or a commit; what was not committed is left out.
    case named(String)

    package init(_ text: String) { self = text == "recorded" ? .recorded : .named(text) }
  }

  /// Parameters that get another value than the recorded one.
  package var parameters: [GivenParameter] = []
  package var code = Revision.recorded
  package var data = Revision.recorded
  /// Where the clean place is made; nil: with other temporary folders.
  package var parent: FilePath?
  /// Whether the clean place stays.
  package var isKept = false
  /// Whether the packages of this machine are used as they are, in place of those recorded.
  package var usesCurrentEnvironment = false
  /// Numbers are equal within this part of the larger one.
  package var tolerance = 1e-9
  /// Our own variables, and where the command was started.
  package var variables: [String: String]
  package var workingFolder: FilePath

  package init(variables: [String: String], workingFolder: FilePath) {
    self.variables = variables
    self.workingFolder = workingFolder
  }
}
