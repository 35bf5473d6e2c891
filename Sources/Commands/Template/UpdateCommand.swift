import ArgumentParser
import Formats
import Git
import Platform
import SystemPackage
import Templates

/// `reprise update`: merges a later version of the project's template into it.
struct UpdateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Merge a later version of the project's template into it.",
    discussion: """
      Each file is merged from three versions: what the template made, what you made of it, and what the template makes \
      now. Where both changed the same lines, the file gets conflict markers and git shows the conflict.

        reprise update --dry-run            what would change, as a diff
        reprise update                      to the newest version
        reprise update --to v2.0            to a branch, tag or commit
        reprise update license=MIT          with another answer
        git mergetool && reprise update --continue
        reprise update --abort              every file as it was before

      The exit status is 0 when all is merged, 1 when conflicts are left to you, 2 when it cannot be done.
      """)

  @Option(help: ArgumentHelp("Go to this branch, tag or commit.", valueName: "ref"))
  var to: String?

  @Flag(name: .customLong("dry-run"), help: "Print what would change as a diff; change nothing.")
  var isDryRun = false

  @Flag(help: "Give every file its bytes from before the unfinished update.")
  var abort = false

  @Flag(name: .customLong("continue"), help: "Finish the update: its conflicts are solved.")
  var finishes = false

  @Flag(name: .customLong("no-input"), help: "Ask nothing; new questions take their defaults.")
  var asksNothing = false

  @Flag(help: "Run the programs that a copier template brings: tasks and migrations.")
  var trust = false

  @Argument(help: ArgumentHelp("Answers that change.", valueName: "key=value"))
  var answers: [String] = []

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if abort, finishes { throw ValidationError("--abort and --continue exclude each other") }
    if abort || finishes, to != nil || isDryRun || !answers.isEmpty {
      throw ValidationError("--abort and --continue take nothing else")
    }
  }

  mutating func run() async throws {
    let place = try TemplateProject(global)
    let console = global.console
    if abort {
      let count = try UpdateJournal.abort(in: place.folder)
      console.show(["restored": .int(Int64(count))]) { "restored \(count) files" }
      return
    }
    if finishes {
      try UpdateJournal.finish(in: place.folder)
      console.show(["finished": true]) { "the update is finished" }
      return
    }
    let given = try TemplateProject.given(answers)
    var updater = try updater(place)
    let migrations = try await updater.migrations(
      to: to, given: given, variables: place.variables)
    if isDryRun {
      if let migrations { console.note("note: \(migrations.count) migrations would run") }
      return try show(try await updater.prepare(to: to, given: given), console)
    }
    if let migrations {
      if !trust, let refusal = migrations.refusal { throw refusal }
      try updater.requireClean()
      try await migrations.run(.before, in: place.folder)
      // They may have changed the answers.
      updater = try self.updater(place)
    }
    let prepared = try await updater.prepare(to: to, given: given)
    let open = try updater.apply(prepared)
    UpdatePage(prepared, open: open, console: console).show()
    try await migrations?.run(.after, in: place.folder)
    if !open.isEmpty { throw ExitCode(Failure.Code.no.exitCode) }
  }

  private func updater(_ place: TemplateProject) throws -> Updater {
    var updater = try place.updater()
    updater.isTrusted = trust
    updater.asks = !asksNothing && !isDryRun && TemplateProject.hasPerson(global)
    return updater
  }

  private func show(_ prepared: Updater.Prepared, _ console: Console) throws {
    let page = UpdatePage(prepared, open: nil, console: console)
    if global.printsJSON {
      page.show()
    } else {
      console.write(try prepared.plan.diff())
      for line in page.conflictLines { console.note(line) }
      page.showNotes()
    }
    if !prepared.plan.conflicts.isEmpty { throw ExitCode(Failure.Code.no.exitCode) }
  }
}
