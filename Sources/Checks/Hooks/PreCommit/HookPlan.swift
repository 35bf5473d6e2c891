import Platform

/// What becomes of each hook of a configuration at a stage.
package struct HookPlan: Sendable {
  package enum Decision: Sendable, Hashable {
    /// It is run here.
    case run
    /// It belongs to other stages.
    case otherStage
    /// Rules of ours look for the same.
    case covered(HookCoverage)
    /// It needs an environment that only pre-commit builds.
    case needsPreCommit
  }

  package struct Entry: Sendable, Hashable {
    package var hook: PreCommitHook
    package var decision: Decision
  }

  package var entries: [Entry]

  /// Of a repository without a configuration.
  package static let none = HookPlan(PreCommitConfig(), stage: "")

  /// - Parameter stage: as `stages` names it.
  package init(_ config: PreCommitConfig, stage: String) {
    entries = config.hooks.map { hook in
      let decision: Decision =
        if !hook.stages.contains(stage) {
          .otherStage
        } else if hook.runner != nil {
          .run
        } else if let coverage = HookCoverage.of(hook) {
          .covered(coverage)
        } else {
          .needsPreCommit
        }
      return Entry(hook: hook, decision: decision)
    }
  }

  /// The hooks that are run.
  package var hooks: [PreCommitHook] {
    entries.filter { $0.decision == .run }.map(\.hook)
  }

  /// The hooks that only pre-commit runs, of this stage.
  package var left: [PreCommitHook] {
    entries.filter { $0.decision == .needsPreCommit }.map(\.hook)
  }
}
