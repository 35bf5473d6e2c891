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
        reprise hooks run pre-commit
        reprise hooks uninstall
      """,
    subcommands: [HooksInstall.self, HooksUninstall.self, HooksRun.self])
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

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
    let git = try repository(Place(global))
    let program = FileSystem.realPath("/proc/self/exe") ?? "reprise"
    let hooks = GitHooks(git, program: program)
    for kind in kinds.isEmpty ? GitHooks.Kind.allCases : kinds {
      switch try hooks.install(kind) {
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

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
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

/// `reprise hooks run`.
struct HooksRun: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Do what a hook does.",
    discussion: """
      `pre-commit` checks what is staged, `commit-msg` the message in a file, `pre-push` the names of branches and the \
      messages of commits that git tells of on standard input.

      Example: reprise hooks run pre-commit
      """)

  @Argument(help: "pre-commit, commit-msg or pre-push.")
  var kind: GitHooks.Kind

  @Argument(help: "What git gives the hook.")
  var arguments: [String] = []

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
    let place = try CheckPlace(global)
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
      guard let git = place.git else { return }
      findings = try PushCheck(selection, git).findings(
        String(decoding: StandardInput.readAll(), as: UTF8.self).split(separator: "\n").map(
          String.init))
    }
    let page = CheckText(console: console, language: language)
    if !findings.isEmpty { console.print(page.text(findings)) }
    let isBroken = findings.contains { $0.severity >= selection.failsOn }
    if !findings.isEmpty { console.note("\n" + page.summary(findings, files: files)) }
    if isBroken { throw ExitCode(Failure.Code.no.exitCode) }
  }
}
