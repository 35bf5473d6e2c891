import ArgumentParser
import Checks
import Formats
import Git
import Glibc
import Platform
import Synchronization
import SystemPackage
import Templates

/// One call of `reprise new`, on a thread that may wait for answers.
struct NewRun: Sendable {
  /// Stands for an exit status when the help page is wanted.
  static let wantsHelp: Int32 = -1

  private let template: String?
  private let values: [String]
  private let options: NewOptions
  private let folder: String?
  private let console: Console

  init(command: NewCommand, console: Console) {
    template = command.template
    values = command.values
    options = command.options
    folder = command.folder
    self.console = console
  }

  /// Does it, and gives the exit status. Failures are told here, because cookiecutter's have the status 1.
  func perform() throws -> Int32 {
    do {
      return try attempt()
    } catch is Declined {
      return 0
    } catch is Aborted {
      console.note("\nAborted!")
      return 1
    } catch let failure as ScaffoldFailure {
      return tell(failure.failure, peerText: failure.peerText)
    } catch let failure as Failure {
      return tell(failure, peerText: nil)
    }
  }

  private func tell(_ failure: Failure, peerText: String?) -> Int32 {
    // Scripts read cookiecutter's words on standard output. Its messages begin with a capital letter, ours do not.
    let isPeers = failure.message.first?.isUppercase ?? false
    if !console.printsJSON, !Terminal.isTerminal(1),
      let text = peerText ?? (isPeers ? failure.message : nil)
    {
      console.print(text)
    }
    console.report(failure)
    return failure.code == .interrupted ? failure.code.exitCode : 1
  }

  private func attempt() throws -> Int32 {
    let current = try FileSystem.workingDirectory()
    let place = Place(
      folder: try FileSystem.absolute(FilePath(folder ?? "."), in: current),
      variables: ProcessVariables.all())
    if options.showsVersion {
      console.print("reprise \(Program.version), by the rules of cookiecutter 2.7.1")
      return 0
    }
    if options.listInstalled { return try listInstalled(place) }
    guard let template, !template.isEmpty, template.lowercased() != "help" else {
      return Self.wantsHelp
    }
    let isPerson = Terminal.isTerminal(0) && Terminal.isTerminal(2)
    if isPerson {
      return try make(template, place, TerminalAsker(console: console), isPerson: true)
    }
    let asker = PlainAsker(
      width: [0, 1, 2].lazy.compactMap { Terminal.width($0) }.first ?? 80, read: LineInput.next,
      write: { [console] in console.write(Array($0.utf8)) })
    return try make(template, place, asker, isPerson: false)
  }

  private func make(
    _ template: String, _ place: Place, _ asker: some Asker, isPerson: Bool
  ) throws -> Int32 {
    var asker = asker
    var acceptsHooks = options.acceptHooks != .no
    if options.acceptHooks == .ask { acceptsHooks = try confirmHooks() }
    let configuration = try UserConfiguration.load(
      file: options.configFile, ignoringFiles: options.defaultConfig, variables: place.variables,
      in: place.folder)
    let request = try options.request(
      template, values, acceptsHooks: acceptsHooks, in: place)
    let log = DebugLog(file: options.debugFile, console: options.verbose ? console : nil)
    try log.note("template \(template)")
    var scaffold = Scaffold(request, configuration: configuration, asker: asker) { [console] in
      console.note($0)
    }
    let isCancelled = CancelFlag()
    Interruption.onNext { signal in
      if LineInput.isWaiting { _exit(128 + signal) }
      isCancelled.set()
    }
    scaffold.isCancelled = { isCancelled.isSet }
    if isPerson, options.acceptHooks == nil, !options.noInput, !options.dryRun {
      let trust = HookTrust(console: console, variables: place.variables)
      scaffold.trusts = { try trust.allows($0, $1, asker: &asker) }
    }
    let outcome = try scaffold.make()
    try log.note("project \(outcome.folder)")
    let page = NewPage(outcome, console: console, place: place)
    console.show(page.json) { outcome.isDryRun ? page.plan : "" }
    if !outcome.isDryRun {
      let isUnderGit = try beginRepository(outcome)
      console.note(
        page.ending + (isUnderGit ? "\ngit: a new repository, whose commits are checked" : ""))
    }
    return 0
  }

  /// Where a template asks for it by `__git__`, a repository whose commits are checked. In one that is there already that is
  /// its owner's to decide.
  private func beginRepository(_ outcome: ScaffoldOutcome) throws -> Bool {
    guard outcome.answers["__git__"]?.string == "True",
      try Repository.discover(from: outcome.folder) == nil
    else { return false }
    let repository = try Repository.create(in: outcome.folder)
    let program = FileSystem.realPath("/proc/self/exe") ?? "reprise"
    let hooks = GitHooks(repository, program: program)
    for kind in GitHooks.Kind.allCases { _ = try hooks.install(kind) }
    return true
  }

  /// As click asks it: no is the default.
  private func confirmHooks() throws -> Bool {
    while true {
      console.write(Array("Do you want to execute hooks? [y/N]: ".utf8))
      guard let line = try LineInput.next() else { throw Aborted() }
      switch line.lowercased().filter({ !$0.isWhitespace }) {
      case "y", "yes": return true
      case "", "n", "no": return false
      default: console.print("Error: invalid input")
      }
    }
  }

  private func listInstalled(_ place: Place) throws -> Int32 {
    let configuration = try UserConfiguration.load(
      file: options.configFile, ignoringFiles: options.defaultConfig, variables: place.variables,
      in: place.folder)
    let folder = try FileSystem.absolute(
      FilePath(configuration.templatesFolder), in: place.folder)
    guard FileSystem.exists(folder) else {
      console.print(
        "Error: Cannot list installed templates. Folder does not exist: \(configuration.templatesFolder)"
      )
      return 255
    }
    let names = try FileSystem.names(in: folder).filter {
      FileSystem.exists(folder.appending($0).appending("cookiecutter.json"))
    }
    console.show(.array(names.map { .string($0) })) {
      (["\(names.count) installed templates: "] + names.map { " * \($0)" }).joined(separator: "\n")
    }
    return 0
  }
}

/// Set once, by a signal.
final class CancelFlag: Sendable {
  private let flag = Atomic<Bool>(false)
  var isSet: Bool { flag.load(ordering: .relaxed) }
  func set() { flag.store(true, ordering: .relaxed) }
}

/// What `--verbose` and `--debug-file` show.
struct DebugLog {
  let file: String?
  let console: Console?

  func note(_ line: String) throws {
    console?.note("DEBUG reprise.new: \(line)")
    guard let file else { return }
    let descriptor = try FileSystem.openForWriting(FilePath(file), appending: true)
    defer { try? descriptor.close() }
    try FileSystem.writeAll(
      descriptor.rawValue, Array("DEBUG reprise.new: \(line)\n".utf8), to: FilePath(file))
  }
}
