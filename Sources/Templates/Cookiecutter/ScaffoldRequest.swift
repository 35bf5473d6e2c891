import SystemPackage

/// What a person asks of a template.
package struct ScaffoldRequest: Sendable {
  package enum Replay: Sendable, Hashable {
    /// The answers that were given to this template the last time.
    case last
    /// The answers in a file.
    case file(String)
  }

  /// An abbreviation, a path, a zip file or a URL.
  package var template: String
  /// `key=value` of the command line, in its order.
  package var overrides = AnswerMap()
  package var checkout: String?
  /// Where in the repository the template lies.
  package var directory: String?
  package var asksNothing = false
  package var replay: Replay?
  package var overwrites = false
  package var skipsExistingFiles = false
  package var outputFolder = "."
  package var acceptsHooks = true
  package var keepsProjectOnFailure = false
  /// Whether `.reprise/scaffold.json` is written, by which the project can be updated.
  package var keepsState = true
  /// Whether everything is worked out and nothing written; no hook runs either.
  package var isDryRun = false
  /// Of encrypted zip files.
  package var password: String?
  /// Where relative paths start.
  package var workingFolder: FilePath
  package var variables: [String: String]

  package init(template: String, workingFolder: FilePath, variables: [String: String]) {
    self.template = template
    self.workingFolder = workingFolder
    self.variables = variables
  }
}

/// What became of a request.
package struct ScaffoldOutcome: Sendable {
  /// Where the project is, absolute.
  package var folder: FilePath
  package var project: RenderedProject
  package var source: TemplateSource
  package var answers: AnswerMap
  /// The hooks that ran, or under a dry run would have run.
  package var hooks: [HookScript]
  package var isDryRun: Bool
}
