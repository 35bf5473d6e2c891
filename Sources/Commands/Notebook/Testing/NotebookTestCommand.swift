import ArgumentParser
import Platform

/// `reprise notebook test`: runs notebooks and compares what they put out with what is stored in them.
struct NotebookTestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run notebooks and compare their outputs with those that are stored, as nbval does.",
    discussion: """
      Every notebook runs from top to bottom in a fresh kernel, in its own folder; without --update it stays as it is. \
      Numbers count as equal within --rtol, texts once times, addresses and ids are left out, pictures by their pixels. A \
      cell that raises fails, unless that very error is stored or a tag allows it.

        reprise notebook test notebooks/explore.ipynb
        reprise notebook test notebooks -j 2 --junit report.xml
        reprise notebook test --sanitize-with patterns.cfg --update

      Tags, or comments such as `# NBVAL_SKIP`: nbval-ignore-output, nbval-check-output, nbval-raises-exception, \
      nbval-skip; raises-exception and skip-execution.

      The exit status is 0 when all is as stored, 1 when something differs or fails, 2 when a notebook cannot be tested.
      """)

  @Argument(
    help: "Notebooks and folders; all of the project when none is given.", completion: .file())
  var paths: [String] = []

  @Flag(
    name: [.customLong("lax"), .customLong("nbval-lax")],
    help: "Compare the outputs of cells that ask for it alone; all have to run.")
  var isLax = false

  @Option(
    name: [.customLong("sanitize-with"), .customLong("nbval-sanitize-with")],
    help: ArgumentHelp(
      "Change outputs before they are compared: lines `regex: …` and `replace: …`.",
      valueName: "file"))
  var sanitizeWith: String?

  @Option(
    help: ArgumentHelp(
      "Numbers count as equal within this part of their size.", valueName: "tolerance"))
  var rtol = 1e-9

  @Option(help: ArgumentHelp("And within this beside.", valueName: "tolerance"))
  var atol = 0.0

  @Flag(help: "Do not compare pictures, as nbval does not.")
  var ignoreImages = false

  @Flag(help: "Write the new outputs into the notebooks where they differ; not those of failures.")
  var update = false

  @Option(help: ArgumentHelp("Write the verdicts as JUnit's XML.", valueName: "file"))
  var junit: String?

  @Option(
    name: [.customShort("k", allowingJoined: true), .long, .customLong("nbval-kernel-name")],
    help: ArgumentHelp("The kernel, in place of the notebooks' own.", valueName: "name"))
  var kernel: String?

  @Option(
    help: ArgumentHelp(
      "The folder that the cells run in, in place of the notebooks' own.", valueName: "folder"))
  var cwd: String?

  @Option(
    name: [.long, .customLong("execution-timeout"), .customLong("nbval-cell-timeout")],
    help: ArgumentHelp("How long a cell may run.", valueName: "seconds"))
  var timeout: Int?

  @Option(
    name: [.long, .customLong("nbval-kernel-startup-timeout")],
    help: ArgumentHelp("How long a kernel may take to start.", valueName: "seconds"))
  var startTimeout = 60

  @Option(
    name: [.customShort("j", allowingJoined: true), .long],
    help: ArgumentHelp("Test so many notebooks at a time.", valueName: "count"))
  var jobs = 1

  @Flag(help: "Start kernels from nothing, not from one that is warm.")
  var cold = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard jobs > 0 else { throw ValidationError("`-j` takes a number from 1") }
    for (name, value) in [("--rtol", rtol), ("--atol", atol)] {
      guard value.isFinite, value >= 0 else {
        throw ValidationError("\(name) must be a number from 0 on, such as 1e-6")
      }
    }
    for (name, value) in [("--timeout", timeout ?? 1), ("--start-timeout", startTimeout)] {
      guard value > 0 else { throw ValidationError("\(name) takes seconds, from 1") }
    }
  }

  func run() async throws {
    let status = try await NotebookTestJobs(self).perform()
    if status != 0 { throw ExitCode(status) }
  }
}
