import ArgumentParser
import Formats
import Notebooks
import Platform
import SystemPackage

/// `reprise notebook diff`: nbdiff's command line, and git's external diff.
struct NotebookDiff: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare notebooks cell by cell.",
    discussion: """
      Two files, or revisions of git: nothing compares the last commit with the files on disk, one revision that \
      revision with them, two revisions each other; paths behind revisions choose notebooks. Tables are compared \
      by cells, images by \
      their size and hash.

        reprise notebook diff a.ipynb b.ipynb
        reprise notebook diff HEAD~1 notebooks/explore.ipynb
        reprise notebook diff -s main feature

      The exit status is 0 when nothing differs, 1 when something does, 2 when the notebooks cannot be compared.
      """)

  @Argument(help: "Notebooks or revisions.", completion: .file())
  var arguments: [String] = []

  @Flag(
    name: [.customLong("sources"), .customShort("s")], help: "Compare sources alone (flags add up)."
  )
  var sources = false
  @Flag(name: [.customLong("outputs"), .customShort("o")], help: "Compare outputs.")
  var outputs = false
  @Flag(name: [.customLong("attachments"), .customShort("a")], help: "Compare attachments.")
  var attachments = false
  @Flag(name: [.customLong("metadata"), .customShort("m")], help: "Compare metadata.")
  var metadata = false
  @Flag(name: [.customLong("id"), .customShort("i")], help: "Compare ids.")
  var ids = false
  @Flag(name: [.customLong("details"), .customShort("d")], help: "Compare execution counts.")
  var details = false
  @Flag(name: [.customLong("ignore-sources"), .customShort("S")], help: "Leave sources out.")
  var noSources = false
  @Flag(name: [.customLong("ignore-outputs"), .customShort("O")], help: "Leave outputs out.")
  var noOutputs = false
  @Flag(
    name: [.customLong("ignore-attachments"), .customShort("A")], help: "Leave attachments out.")
  var noAttachments = false
  @Flag(name: [.customLong("ignore-metadata"), .customShort("M")], help: "Leave metadata out.")
  var noMetadata = false
  @Flag(name: [.customLong("ignore-id"), .customShort("I")], help: "Leave ids out.")
  var noIDs = false
  @Flag(
    name: [.customLong("ignore-details"), .customShort("D")], help: "Leave execution counts out.")
  var noDetails = false

  @Flag(
    help: "Work as git's external diff: the arguments are those that git gives, the status is 0.")
  var driver = false

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
    let place = try Place(global)
    // Of a path that is in conflict git gives the name alone.
    if driver, arguments.count == 1 {
      return global.console.print("* Unmerged path \(arguments[0])")
    }
    let pairs =
      try driver
      ? [NotebookPair(driver: arguments, place)]
      : NotebookPairs.find(arguments, place)
    var payload: [NotebookPair.Compared] = []
    for pair in pairs {
      let compared = try pair.compare(parts)
      if !compared.difference.isEmpty { payload.append(compared) }
    }
    let page = NotebookDiffText(global.console)
    global.console.show(.array(payload.map(\.json))) {
      payload.map(page.text).joined(separator: "\n\n")
    }
    if !payload.isEmpty, !driver { throw ExitCode(Failure.Code.no.exitCode) }
  }

  private var parts: NotebookDifference.Parts {
    let wanted: [(Bool, Bool, NotebookDifference.Parts)] = [
      (sources, noSources, .sources), (outputs, noOutputs, .outputs),
      (attachments, noAttachments, .attachments), (metadata, noMetadata, .metadata),
      (ids, noIDs, .ids), (details, noDetails, .details),
    ]
    let asked = wanted.reduce(into: NotebookDifference.Parts()) { if $1.0 { $0.insert($1.2) } }
    return wanted.reduce(into: asked.isEmpty ? .all : asked) { if $1.1 { $0.remove($1.2) } }
  }
}
