import Platform

/// One hook of a `.pre-commit-config.yaml`, with what the file leaves out filled in.
package struct PreCommitHook: Sendable, Hashable {
  /// How many names of files a command gets.
  package enum Names: Sendable, Hashable {
    case all
    case none
    case atMost(Int)
  }

  /// The `repo` that it stands under: an address, `local` or `meta`.
  package var repository: String
  package var id: String
  package var name: String
  package var alias = ""
  /// Nil when only the repository says it.
  package var entry: String?
  /// As pre-commit 4.4 calls them (`unsupported` for `system`); nil when only the repository says it.
  package var language: String?
  package var arguments: [String] = []
  package var files = ""
  package var exclude = "^$"
  package var types = ["file"]
  package var typesOr: [String] = []
  package var excludeTypes: [String] = []
  package var alwaysRun = false
  package var failFast = false
  package var passedNames = Names.all
  package var logFile = ""
  package var requireSerial = false
  package var stages: [String] = []
  package var isVerbose = false
  /// Where it stands in the file.
  package var location: SourceLocation

  /// What is run here; everything else needs an environment that pre-commit builds.
  package enum Runner: Sendable, Hashable { case system, script, search, failure }

  /// Nil for a hook that is not run here.
  package var runner: Runner? {
    guard entry != nil, repository != "meta" else { return nil }
    switch language {
    case "unsupported": return .system
    case "unsupported_script": return repository == "local" ? .script : nil
    case "pygrep": return .search
    case "fail": return .failure
    default: return nil
    }
  }

  /// Whether a name of `SKIP` or of the command line is meant for it.
  package func isNamed(_ name: String) -> Bool { name == id || (!alias.isEmpty && name == alias) }
}
