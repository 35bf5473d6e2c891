import ArgumentParser
import Checks
import Formats
import Git
import Platform
import SystemPackage

extension GitHooks.Kind: ExpressibleByArgument {}

/// `reprise hooks`: checks before git commits and pushes.
struct HooksCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hooks",
    abstract: "Check before git commits and pushes.",
    discussion: """
      The hooks look at what git would commit, never at the files on disk: nothing is stashed, and nothing is changed.

        reprise hooks install
        reprise hooks install --tests
        reprise hooks install --notebooks
        reprise hooks run pre-commit
        reprise hooks uninstall
      """,
    subcommands: [
      HooksInstall.self, HooksUninstall.self, HooksStatus.self, HooksRun.self,
    ])
}

/// The repository that hooks belong to.
private func repository(_ place: Place) throws -> Repository {
  guard let git = try Repository.discover(from: place.folder) else {
    throw Failure(.notFound, "`\(place.folder)` is in no git repository", hint: "git init")
  }
  return git
}

/// `reprise hooks install`.
struct HooksInstall: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install", abstract: "Put the hooks in place; those that are there run first.",
    discussion: "Example: reprise hooks install pre-commit commit-msg")

  @Argument(help: "pre-commit, commit-msg, pre-push; all when none is named.")
  var kinds: [GitHooks.Kind] = []

  @Flag(help: "Before commits also do the tests of data and models that a commit touches.")
  var tests = false

  @Flag(help: "In place of hooks, have git strip, compare and merge notebooks cell by cell.")
  var notebooks = false

  @OptionGroup var scope: NotebookScope

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
    if notebooks { return try NotebookDriversPage(scope, global).install() }
    let git = try repository(Place(global))
    let program = FileSystem.realPath("/proc/self/exe") ?? "reprise"
    let hooks = GitHooks(git, program: program)
    for kind in kinds.isEmpty ? GitHooks.Kind.allCases : kinds {
      switch try hooks.install(kind, testing: tests) {
      case .same: global.console.print("\(kind.rawValue): is in place")
      case .chained:
        global.console.print("\(kind.rawValue): installed; the one that was there runs first")
      default: global.console.print("\(kind.rawValue): installed")
      }
    }
  }
}

/// `reprise hooks uninstall`.
struct HooksUninstall: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "uninstall", abstract: "Take the hooks away; what was there before comes back.",
    discussion: "Example: reprise hooks uninstall")

  @Argument(help: "pre-commit, commit-msg, pre-push; all when none is named.")
  var kinds: [GitHooks.Kind] = []

  @Flag(help: "In place of hooks, take away what git does with notebooks.")
  var notebooks = false

  @OptionGroup var scope: NotebookScope

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
    if notebooks { return try NotebookDriversPage(scope, global).uninstall() }
    let hooks = GitHooks(try repository(Place(global)), program: "reprise")
    for kind in kinds.isEmpty ? GitHooks.Kind.allCases : kinds {
      switch try hooks.uninstall(kind) {
      case .restored: global.console.print("\(kind.rawValue): what was there before is back")
      case .removed: global.console.print("\(kind.rawValue): removed")
      default: global.console.print("\(kind.rawValue): there is none of ours")
      }
    }
  }
}

/// `reprise hooks status`.
struct HooksStatus: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Tell what git does with notebooks.",
    discussion: """
      The exit status is 1 when the drivers for notebooks are not installed.

      Example: reprise hooks status
      """)

  @OptionGroup var scope: NotebookScope

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
    try NotebookDriversPage(scope, global).status(isSilent: false)
  }
}

/// `reprise hooks run`.
struct HooksRun: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Do what a hook does.",
    discussion: """
      `pre-commit` checks what is staged, `commit-msg` the message in a file, `pre-push` the names of branches and the \
      messages of commits that git tells of on standard input. Then the hooks of `.pre-commit-config.yaml` that need no \
      environment of their own (languages system, script, pygrep and fail) run in a copy of what is staged.

        reprise hooks run pre-commit
        reprise hooks run pre-commit --fix
        reprise hooks run --list
      """)

  @Argument(help: "pre-commit, commit-msg or pre-push.")
  var kind = GitHooks.Kind.preCommit

  @Argument(help: "What git gives the hook.")
  var arguments: [String] = []

  @Flag(help: "With pre-commit, also do the tests of data and models that the commit touches.")
  var tests = false

  @Flag(help: "Stage what the hooks of `.pre-commit-config.yaml` change.")
  var fix = false

  @Flag(help: "Say which hooks of `.pre-commit-config.yaml` are run, and why others are not.")
  var list = false

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
    let place = try CheckPlace(global)
    let console = global.console
    if list {
      let configured = try ConfiguredHooks(kind, place.git, place.place, console)
      let page = HookList(plan: configured?.plan ?? HookPlan.none)
      return console.show(page.json) { page.text(console) }
    }
    let lines =
      kind == .prePush
      ? try String(decoding: StandardInput.readAll(), as: UTF8.self).split(separator: "\n").map(
        String.init) : []
    let hasPassed = try await runConfigured(
      place.place, lines, fix: fix || place.settings.fixesHooks)
    // What the hooks mended is looked at as they left it.
    let isBroken = try check(place, lines)
    let isGood = kind == .preCommit && tests ? try await test(place) : true
    if isBroken || !hasPassed || !isGood { throw ExitCode(Failure.Code.no.exitCode) }
  }

  /// Does the tests that the commit touches; whether they pass.
  private func test(_ place: CheckPlace) async throws -> Bool {
    guard TestProject.root(above: place.root) != nil else { return true }
    let project = try TestProject(Place(folder: place.root, variables: place.place.variables))
    let staged = try StagedSuites(root: project.root, variables: place.place.variables)
    let files = try staged.touched(project.suites(named: []))
    guard !files.isEmpty else { return true }
    let console = global.console
    let report = try await project.test(files) { console.warn($0) }
    if report.exitCode != 0 {
      console.print(TestText(console, isVerbose: false).text(report))
      for failure in report.failures { console.warn(failure.failure) }
    }
    return report.exitCode == 0
  }

  /// Our own look; whether something was found that counts.
  private func check(_ place: CheckPlace, _ lines: [String]) throws -> Bool {
    let console = global.console
    let language = place.language(nil)
    let selection = try RuleSelection(place.library(), place.settings, language: language)
    var findings: [Finding] = []
    var files = 0
    switch kind {
    case .preCommit:
      let sources = try CheckSources(place, paths: [], staged: true, since: nil)
      let result = CheckRun(selection).run(sources.list)
      if let failure = result.failures.first { throw failure }
      findings = result.findings
      let projects = ProjectChecker(selection)
      if projects.hasRules {
        findings += projects.findings(in: try sources.project(place, isStaged: true))
      }
      files = result.files
      let branch = try place.git?.head().branch
      findings += try CommitCheck(selection).findings(branch: branch, isCommitting: true)
    case .commitMessage:
      guard let file = arguments.first else {
        throw Failure(.invalid, "`commit-msg` needs the file with the message")
      }
      let path = try FileSystem.absolute(FilePath(file), in: place.place.folder)
      findings = try CommitCheck(selection).findings(
        message: try FileSystem.read(path, limit: 1 << 24), path: file, isFile: true)
    case .prePush:
      guard let git = place.git else { return false }
      findings = try PushCheck(selection, git).findings(lines)
    }
    let page = CheckText(console: console, language: language)
    if !findings.isEmpty { console.print(page.text(findings)) }
    if !findings.isEmpty { console.note("\n" + page.summary(findings, files: files)) }
    return findings.contains { $0.severity >= selection.failsOn }
  }

  /// The hooks of `.pre-commit-config.yaml`; an interrupt ends them with all that they started.
  private func runConfigured(
    _ place: Place, _ lines: [String], fix: Bool
  ) async throws -> Bool {
    let (kind, console, arguments) = (kind, global.console, arguments)
    let task = Task {
      guard let git = try Repository.discover(from: place.folder),
        let configured = try ConfiguredHooks(kind, git, place, console)
      else { return true }
      return try await configured.run(git, place, arguments: arguments, lines: lines, fix: fix)
    }
    Interruption.onNext { _ in task.cancel() }
    defer { Interruption.release() }
    return try await task.value
  }
}
