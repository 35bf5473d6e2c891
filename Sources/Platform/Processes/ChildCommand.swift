import SystemPackage

/// A program to start: what, with which words, where, and with which variables.
package struct ChildCommand: Sendable, Hashable {
  /// The file that is executed; see ``ProgramPath/find(_:in:)`` for names without a slash.
  package var program: FilePath
  /// The words after the program's own name.
  package var arguments: [String]
  /// All variables of the child; nothing is inherited beside them.
  package var environment: [String: String]
  /// The working directory; ours when nil.
  package var directory: FilePath?
  /// Whether the child reads our standard input; otherwise, and when we are in the background of a terminal, it reads an
  /// empty one.
  package var inheritsInput: Bool

  package init(
    _ program: FilePath, _ arguments: [String] = [], environment: [String: String] = [:],
    directory: FilePath? = nil, inheritsInput: Bool = false
  ) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
    self.directory = directory
    self.inheritsInput = inheritsInput
  }
}
