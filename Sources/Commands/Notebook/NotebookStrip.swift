import ArgumentParser
import Checks
import Notebooks
import Platform
import SystemPackage

/// `reprise notebook strip`: nbstripout's command line.
struct NotebookStrip: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "strip",
    abstract: "Take outputs, execution counts and editors' notes out of notebooks.",
    discussion: """
      The files are changed in place, and only the bytes that go. Without files standard input is stripped to standard \
      output, which is how git's filter works. The options are those of nbstripout; `filter.nbstripout.extrakeys` and \
      `filter.nbstripout.keepmetadatakeys` of git's configuration count.

        reprise notebook strip notebooks/*.ipynb
        reprise notebook strip --verify notebooks/*.ipynb
        cat a.ipynb | reprise notebook strip > b.ipynb
      """)

  @Argument(help: "Notebooks; of other names with --force only.", completion: .file())
  var files: [String] = []

  @Flag(help: "Only tell which files would change.") var dryRun = false
  @Flag(help: "As --dry-run, and exit with 1 when a file would change.") var verify = false
  @Flag(name: [.customLong("textconv"), .customShort("t")], help: "Print to standard output.")
  var textconv = false
  @Flag(help: "Keep execution counts.") var keepCount = false
  @Flag(help: "Keep outputs.") var keepOutput = false
  @Flag(help: "Keep the ids of cells; they become 0, 1, 2… otherwise.") var keepID = false
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Take these outputs away whatever is kept: `error`, `stream:stderr`.", valueName: "type"))
  var dropOutputType: [String] = []
  @Option(
    parsing: .upToNextOption, help: ArgumentHelp("Keep these outputs.", valueName: "type"))
  var keepOutputType: [String] = []
  @Option(
    help: ArgumentHelp(
      "More keys to take away: `metadata.foo cell.metadata.bar`.", valueName: "keys"))
  var extraKeys = ""
  @Option(help: ArgumentHelp("Keys to keep: `cell.metadata.scrolled`.", valueName: "keys"))
  var keepMetadataKeys = ""
  @Flag(help: "Take cells without text away.") var dropEmptyCells = false
  @Option(help: ArgumentHelp("Take cells with one of these tags away.", valueName: "tags"))
  var dropTaggedCells = ""
  @Flag(help: "Strip cells with `init_cell` too.") var stripInitCells = false
  @Option(
    help: ArgumentHelp("Keep outputs of at most so many characters: 500, 10k.", valueName: "size"))
  var maxSize = "0"
  @Option(name: [.customLong("mode"), .customShort("m")], help: "jupyter or zeppelin.")
  var mode: Mode?
  @Flag(name: [.customLong("force"), .customShort("f")], help: "Strip files of any name.")
  var force = false
  @Flag(
    help: ArgumentHelp(
      "Taken for nbstripout's sake: line ends stay as they are.", visibility: .hidden))
  var unixNewlines = false

  @Flag(help: "Have git strip, compare and merge notebooks; see `reprise hooks`.") var install =
    false
  @Flag(help: "Take that away.") var uninstall = false
  @Flag(help: "Exit with 0 when it is installed, with 1 otherwise.") var isInstalled = false
  @Flag(help: "Tell what is installed.") var status = false
  @OptionGroup var scope: NotebookScope

  @OptionGroup var global: GlobalOptions

  enum Mode: String, ExpressibleByArgument { case jupyter, zeppelin }

  mutating func run() async throws {
    if install || uninstall || isInstalled || status {
      let page = NotebookDriversPage(scope, global)
      if install { return try page.install() }
      if uninstall { return try page.uninstall() }
      return try page.status(isSilent: isInstalled)
    }
    let work = try StripWork(self)
    do {
      let isChanged = try work.run()
      if verify, isChanged { throw ExitCode(1) }
    } catch let failure as Failure {
      // The status that hooks of nbstripout know.
      global.console.report(failure)
      throw ExitCode(1)
    }
  }
}
