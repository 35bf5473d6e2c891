import Checks
import Git
import Platform
import SystemPackage

/// The hooks of a repository's `.pre-commit-config.yaml`, as `reprise hooks run` runs them.
struct ConfiguredHooks {
  let kind: GitHooks.Kind
  let console: Console
  let variables: [String: String]
  private let workplace: HookWorkplace
  private let config: PreCommitConfig
  let plan: HookPlan

  /// Nil without a configuration, inside of a hook that we run, and where pre-commit calls us or its own hook runs before
  /// ours: it runs them itself.
  ///
  /// - Throws: ``Failure`` with the place of what is wrong in the configuration.
  init?(_ kind: GitHooks.Kind, _ git: Repository?, _ place: Place, _ console: Console) throws {
    guard let git, git.workTree != nil, place.variables["REPRISE_HOOKS"] == nil,
      place.variables["PRE_COMMIT"] != "1",
      !GitHooks(git, program: "reprise").isBehindPreCommit(kind)
    else { return nil }
    self.kind = kind
    self.console = console
    variables = place.variables
    let top = git.workTree.flatMap(FileSystem.realPath) ?? place.folder
    let isKept = try git.firstTracked(Array(PreCommitConfig.fileName.utf8)) != nil
    guard isKept || FileSystem.isFile(top.appending(PreCommitConfig.fileName)) else { return nil }
    workplace = try HookWorkplace(git)
    guard let bytes = try workplace.configuration() else { return nil }
    config = try PreCommitConfig(parsing: bytes, expressions: .ofTemplates)
    plan = HookPlan(config, stage: kind.rawValue)
  }

  /// Runs the hooks of the stage.
  ///
  /// - Parameters:
  ///   - arguments: what git gave the hook.
  ///   - lines: what git wrote to it.
  ///   - fix: whether changes that hooks make are taken over.
  /// - Returns: whether all passed.
  func run(
    _ git: Repository, _ place: Place, arguments: [String], lines: [String], fix: Bool
  ) async throws -> Bool {
    for warning in config.warnings { console.warn(warning) }
    tellLeftOut()
    guard !plan.hooks.isEmpty, let stage = try stage(git, place, arguments, lines) else {
      return true
    }
    for name in stage.unnameable {
      console.warn(Failure(.unsupported, "no hook is given `\(name)`: its name is not UTF-8"))
    }
    let fix = fix && !git.isCommittingPart
    let page = HookPage(plan.hooks, console)
    let run = try HookRun(
      config, stage, workplace, variables: variables, expressions: .ofTemplates, mends: fix)
    var changed: [String] = []
    let hasPassed = try await run.run(
      plan.hooks,
      listener: HookRun.Listener(begins: page.begin) { hook, result in
        changed += result.changed.filter { !changed.contains($0) }
        page.end(hook, result)
      })
    if fix {
      try mend()
    } else if !changed.isEmpty {
      console.note(
        "what the hooks changed was not kept: `reprise hooks run \(kind.rawValue) --fix` stages it")
    }
    return hasPassed
  }

  private func stage(
    _ git: Repository, _ place: Place, _ arguments: [String], _ lines: [String]
  ) throws -> HookStage? {
    switch kind {
    case .preCommit: return try .preCommit(git, workplace.files)
    case .commitMessage:
      guard let name = arguments.first else { return nil }
      return .commitMessage(name, try FileSystem.absolute(FilePath(name), in: place.folder))
    case .prePush:
      return try .prePush(git, workplace.files, arguments: arguments, lines: lines)
    }
  }

  /// One line for all hooks that are not run and that nothing of ours stands in for.
  private func tellLeftOut() {
    let left = plan.left.map(\.id)
    guard !left.isEmpty else { return }
    console.note(
      "not run, because they need pre-commit: \(left.joined(separator: ", ")) (`pre-commit run ID`)"
    )
  }

  private func mend() throws {
    let result = try HookMending(workplace).run()
    if !result.staged.isEmpty {
      console.note("staged what the hooks changed: \(result.staged.joined(separator: ", "))")
    }
    for path in result.left {
      console.warn(
        Failure(
          .conflict,
          "`\(path)` was changed in git's index only: the file on disk has other changes there",
          hint: "git diff \(path)"))
    }
    for path in result.refused {
      console.warn(
        Failure(
          .unsupported, "a hook removed `\(path)`, or made no file of it, which is not taken over",
          hint: "do it by hand if it is meant"))
    }
  }
}
