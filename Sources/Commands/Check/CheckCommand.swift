import ArgumentParser
import Checks
import Formats
import Git
import Platform
import SystemPackage

/// `reprise check`: where a project breaks its conventions.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Find where a project breaks its conventions.",
    discussion: """
      Python style and mistakes, imports, docstrings, what goes wrong in machine learning code, notebooks, layout, secrets \
      and manifests, in one report. Without paths the whole project is looked at, but for what git ignores.

        reprise check
        reprise check src --select ml,E,F --fix
        reprise check --staged
        reprise check --explain ml.global-seed

      The exit status is 1 when something is found that is an error (see `fail-on` in reprise.yml), 2 when the check \
      itself could not be made.
      """)

  @Argument(help: "Files and folders.", completion: .file())
  var paths: [String] = []

  @Flag(help: "Look at what git would commit, not at the files on disk.")
  var staged = false

  @Option(help: ArgumentHelp("Look at files that changed since a revision.", valueName: "rev"))
  var since: String?

  @Flag(
    help: ArgumentHelp(
      "What the change did not touch is told for information only. The change is what is staged, or what came since a revision, or since the last commit."
    ))
  var changedLines = false

  @Flag(help: "Look at the whole project, which is what happens without paths.")
  var all = false

  @Flag(help: "Mend what can be mended without changing what the code does.")
  var fix = false

  @Flag(help: "With --fix, mend also where what the code does may change.")
  var unsafe = false

  @Option(
    help: ArgumentHelp("Only these rules or codes: `ml,E5,F401`; `ALL` for all.", valueName: "ids"))
  var select: [String] = []

  @Option(help: ArgumentHelp("Not these rules or codes.", valueName: "ids"))
  var ignore: [String] = []

  @Option(
    help: ArgumentHelp(
      "text, json, jsonl, sarif, github, gitlab, junit or html.", valueName: "format"))
  var format: CheckFormat?

  @Flag(help: "Take out of the baseline what is mended.")
  var updateBaseline = false

  @Flag(help: "With --update-baseline, live with all that is found now.")
  var acceptNew = false

  @Flag(
    help:
      "Live with the secrets that are found now: their salted digests go to .reprise/allowed-secrets."
  )
  var allowSecrets = false

  @Flag(help: "Tell also what the baseline lives with.")
  var noBaseline = false

  @Flag(help: "Look at every file, whatever is known of it.")
  var noCache = false

  @Flag(help: "One line a finding.")
  var concise = false

  @Flag(help: "Look again whenever a file changes, until Ctrl-C.")
  var watch = false

  @Flag(help: "Count by rule, in place of the findings.")
  var stats = false

  @Option(help: ArgumentHelp("Tell all about a rule.", valueName: "id"))
  var explain: String?

  @Option(help: ArgumentHelp("The language of messages: en or ko.", valueName: "language"))
  var lang: MessageLanguage?

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
    guard watch else { return try await check() }
    while true {
      let watch = try CheckWatch(CheckPlace(global), isStaged: staged)
      if Terminal.isTerminal(1), format ?? .text == .text {
        // The screen, and what has rolled off it.
        global.console.write(Array("\u{1B}[2J\u{1B}[3J\u{1B}[H".utf8))
      }
      do { try await check() } catch let failure as Failure {
        global.console.report(failure)
      } catch is ExitCode {}
      try await watch.change()
    }
  }

  private func check() async throws {
    let place = try CheckPlace(global)
    let console = global.console
    let library = try place.library()
    let language = place.language(lang)
    if let explain {
      guard let rule = library[explain] ?? library.rules.first(where: { $0.isNamed(explain) })
      else {
        throw Failure(
          .notFound, "no rule is called `\(explain)`", hint: "`reprise rules list` names them all")
      }
      return console.print(RulePage.text(rule, console, language))
    }
    let selection = try RuleSelection(
      library, place.settings, select: Self.names(select), ignore: Self.names(ignore),
      language: language)
    // Before the first commit everything is new.
    let isCommitted = try changedLines && !staged && place.git?.head().commit != nil
    let revision = since ?? (isCommitted ? "HEAD" : nil)
    var sources = try CheckSources(place, paths: paths, staged: staged, since: revision)
    if allowSecrets { return try allow(sources, selection, place, console) }
    if fix, staged, let git = place.git {
      try mendStaged(sources, selection, console, git)
      sources = try sources.again(place, paths)
    } else if fix {
      try await mend(sources, selection, console)
    }
    let list = sources.list
    let cache =
      noCache
      ? nil : CheckCache(place.root, key: "\(Program.version) \(selection.digest)")
    var result = try await ParallelWork.onDeepThread { CheckRun(selection, cache: cache).run(list) }
    let projects = ProjectChecker(selection)
    if projects.hasRules {
      let project = try sources.project(place, isStaged: staged)
      result.findings += projects.findings(in: project)
      result.findings.sort(by: Finding.isBefore)
    }
    if changedLines { result.findings = try sources.loweringOld(result.findings, place) }
    for failure in result.failures { console.warn(failure) }
    let baseline = try Baseline(of: place.root)
    if updateBaseline {
      try renew(baseline, result.findings, place, console)
      return
    }
    if !noBaseline { result.findings = baseline.newOnes(of: result.findings) }
    try show(result, library, console, language)
    let isBroken = result.findings.contains { $0.severity >= selection.failsOn }
    if isBroken || !result.failures.isEmpty {
      throw ExitCode(
        result.failures.isEmpty ? Failure.Code.no.exitCode : Failure.Code.io.exitCode)
    }
  }

  private func allow(
    _ sources: CheckSources, _ selection: RuleSelection, _ place: CheckPlace, _ console: Console
  ) throws {
    let checker = FileChecker(selection)
    var list = place.settings.allowedSecrets
    var count = 0
    for source in sources.list {
      let file = CheckedFile(path: source.path, bytes: try source.read())
      for (rule, secret) in checker.secrets(in: file)
      where list.allow(secret, of: rule, in: source.path) { count += 1 }
    }
    if count > 0 { try list.write(to: place.root) }
    console.note(
      "\(count == 1 ? "1 secret is" : "\(count) secrets are") allowed from now on, by \(SecretAllowList.file)"
    )
  }

  private func renew(
    _ baseline: Baseline, _ findings: [Finding], _ place: CheckPlace, _ console: Console
  ) throws {
    guard paths.isEmpty, !staged, since == nil, select.isEmpty, ignore.isEmpty else {
      throw Failure(
        .invalid, "a baseline is of the whole project: without paths, --staged, --since or --select"
      )
    }
    let next = acceptNew ? Baseline(accepting: findings) : baseline.shrunk(to: findings)
    try next.write(to: place.root)
    let count = next.counts.values.reduce(0, +)
    console.note("the baseline lives with \(count) findings")
    let rest = next.newOnes(of: findings).count
    if rest > 0 { console.note("\(rest) more are not in it; `--accept-new` takes them in") }
  }

  /// `E,F401` and repeated options.
  private static func names(_ options: [String]) -> [String] {
    options.flatMap { $0.split(separator: ",") }.map { String($0.trimmingSpaces()) }
      .filter { !$0.isEmpty }
  }

  private func mend(
    _ sources: CheckSources, _ selection: RuleSelection, _ console: Console
  ) async throws {
    let list = sources.list
    let isUnsafeToo = unsafe
    let root = sources.root
    let mended = try await ParallelWork.onDeepThread {
      try CheckMending(selection, isUnsafeToo: isUnsafeToo).run(list, in: root)
    }
    if mended.fixes > 0 {
      console.note(
        "mended \(mended.fixes) in \(mended.files == 1 ? "1 file" : "\(mended.files) files")")
    }
  }

  private func mendStaged(
    _ sources: CheckSources, _ selection: RuleSelection, _ console: Console, _ git: Repository
  ) throws {
    let mending = StagedMending(CheckMending(selection, isUnsafeToo: unsafe))
    let result = try mending.run(sources.staged, git, root: sources.root)
    if result.fixes > 0 {
      let files = result.mended.count == 1 ? "1 staged file" : "\(result.mended.count) staged files"
      console.note("mended \(result.fixes) in \(files)")
    }
    for path in result.left {
      console.warn(
        Failure(
          .conflict,
          "`\(path)` was mended in git's index only: the file on disk has other changes there",
          hint: "git diff \(path)"))
    }
  }

  private func show(
    _ result: CheckRun.Result, _ library: RuleLibrary, _ console: Console,
    _ language: MessageLanguage
  ) throws {
    let findings = result.findings
    switch format ?? (global.printsJSON ? .json : .text) {
    case .text:
      let page = CheckText(console: console, language: language, isConcise: concise)
      let text = stats ? page.statistics(findings) : page.text(findings)
      if !text.isEmpty { console.print(text) }
      console.note(
        (text.isEmpty || concise ? "" : "\n") + page.summary(findings, files: result.files))
    case .json:
      console.print(
        JSONValue.array(findings.map(FindingReport.json)).text(.indented, sortingKeys: true))
    case .jsonl: console.write(FindingReport.jsonLines(findings))
    case .sarif:
      console.print(
        SARIFReport.json(findings, rules: library.rules, version: Program.version)
          .text(.indented))
    case .github: console.write(Array(FindingReport.github(findings).utf8))
    case .gitlab: console.print(FindingReport.gitlab(findings).text(.indented))
    case .junit: console.write(Array(JUnitReport.text(findings, files: result.files).utf8))
    case .html:
      console.write(
        Array(
          HTMLReport.text(findings, rules: library.rules, files: result.files, language: language)
            .utf8))
    }
  }
}

extension StringProtocol {
  fileprivate func trimmingSpaces() -> SubSequence {
    var text = self[...]
    while text.first?.isWhitespace == true { text = text.dropFirst() }
    while text.last?.isWhitespace == true { text = text.dropLast() }
    return text
  }
}
