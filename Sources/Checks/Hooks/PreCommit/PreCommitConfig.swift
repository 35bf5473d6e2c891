import Formats
import Platform

/// What a repository's `.pre-commit-config.yaml` says, read as pre-commit 4.7 reads it.
package struct PreCommitConfig: Sendable {
  package static let fileName = ".pre-commit-config.yaml"

  package var hooks: [PreCommitHook] = []
  /// Only files that match are looked at by any hook.
  package var files = ""
  package var exclude = "^$"
  package var failFast = false
  /// What pre-commit would warn of: keys that it does not know, names that are going away.
  package var warnings: [Failure] = []

  /// Every stage, in the order of pre-commit.
  static let stages = [
    "commit-msg", "post-checkout", "post-commit", "post-merge", "post-rewrite", "pre-commit",
    "pre-merge-commit", "pre-push", "pre-rebase", "prepare-commit-msg", "manual",
  ]
  static let languages = [
    "conda", "coursier", "dart", "docker", "docker_image", "dotnet", "fail", "golang", "haskell",
    "julia", "lua", "node", "perl", "pygrep", "python", "r", "ruby", "rust", "swift", "unsupported",
    "unsupported_script",
  ]

  /// - Parameter file: names the text in messages.
  /// - Throws: ``Failure`` with the place of what pre-commit would refuse.
  package init(
    parsing bytes: [UInt8], file: String = fileName, expressions: PythonExpressions
  ) throws {
    do {
      guard let root = try YAMLNode(parsing: bytes) else {
        throw ParseFailure("it is empty", hint: "a configuration needs `repos:`")
      }
      var reader = PreCommitReader(file: file, expressions: expressions)
      self = try reader.config(root)
      warnings = reader.warnings
    } catch let failure as ParseFailure {
      throw failure.failure(in: file)
    }
  }

  /// For ``PreCommitReader``.
  init() {}
}
