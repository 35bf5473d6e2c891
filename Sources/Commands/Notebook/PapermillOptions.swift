import ArgumentParser
import Notebooks
import Platform

/// The options of papermill, with its names.
struct PapermillOptions: ParsableArguments {
  @Flag(help: "Show which parameters the notebook takes, as papermill lists them.")
  var helpNotebook = false

  @Option(
    name: [.customShort("p", allowingJoined: true), .customLong("parameters")],
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A parameter. Whole numbers, numbers, True, False and None are read as such.",
      valueName: "name value"))
  var parameters: [GivenPair] = []

  @Option(
    name: [.customShort("r", allowingJoined: true), .customLong("parameters_raw")],
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A parameter that is text.", valueName: "name value"))
  var rawParameters: [GivenPair] = []

  @Option(
    name: [.customShort("f", allowingJoined: true), .customLong("parameters_file")],
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Parameters from a file of YAML or JSON.", valueName: "file"))
  var parameterFiles: [String] = []

  @Option(
    name: [.customShort("y", allowingJoined: true), .customLong("parameters_yaml")],
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Parameters as YAML.", valueName: "yaml"))
  var yamlParameters: [String] = []

  @Option(
    name: [.customShort("b", allowingJoined: true), .customLong("parameters_base64")],
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Parameters as YAML in base64.", valueName: "base64"))
  var base64Parameters: [String] = []

  @Flag(help: "Give the input's path as the parameter PAPERMILL_INPUT_PATH.")
  var injectInputPath = false

  @Flag(help: "Give the output's path as the parameter PAPERMILL_OUTPUT_PATH.")
  var injectOutputPath = false

  @Flag(help: "Give both paths as parameters.")
  var injectPaths = false

  @Option(parsing: .unconditional, help: "What runs the notebook; there is only nbclient.")
  var engine: String?

  @Flag(
    inversion: .prefixedNo, exclusivity: .chooseLast,
    help: "Write the notebook at the end of each cell.")
  var requestSaveOnCellExecute = true

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Write the notebook so often while a cell runs; 0 for never.", valueName: "seconds"))
  var autosaveCellEvery = 30

  /// Whether the notebook runs.
  enum Preparation: String, EnumerableFlag {
    case prepareOnly, prepareExecute

    static func help(for value: Preparation) -> ArgumentHelp? {
      value == .prepareOnly
        ? "Write the notebook with its parameters, and do not run it." : "Run the notebook."
    }
  }

  @Flag(exclusivity: .chooseLast)
  var preparation = Preparation.prepareExecute

  @Option(
    name: [.customShort("k", allowingJoined: true), .long], parsing: .unconditional,
    help: ArgumentHelp("The kernel, in place of the notebook's own.", valueName: "name"))
  var kernel: String?

  @Option(
    name: [.customShort("l", allowingJoined: true), .long], parsing: .unconditional,
    help: ArgumentHelp("The language, in place of the notebook's own.", valueName: "name"))
  var language: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The folder that the cells run in.", valueName: "folder"))
  var cwd: String?

  @Flag(inversion: .prefixedNo, exclusivity: .chooseLast, help: "Show how far the run has come.")
  var progressBar: Bool?

  @Flag(inversion: .prefixedNo, exclusivity: .chooseLast, help: "Log what the cells print.")
  var logOutput = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Write what cells print to a file.", valueName: "file"))
  var stdoutFile: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Write what cells print as errors to a file.", valueName: "file"))
  var stderrFile: String?

  @Option(
    parsing: .unconditional, help: "NOTSET, DEBUG, INFO, WARNING, ERROR or CRITICAL.")
  var logLevel = NotebookLogLevel.info

  @Option(
    name: [.long, .customLong("start_timeout")], parsing: .unconditional,
    help: ArgumentHelp("How long the kernel may take to start.", valueName: "seconds"))
  var startTimeout = 60

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How long a cell may run.", valueName: "seconds"))
  var executionTimeout: Int?

  @Flag(inversion: .prefixedNo, exclusivity: .chooseLast, help: "Hide the source of the cells.")
  var reportMode = false

  @Flag(name: .customLong("version"), help: "Show the version.")
  var showsVersion = false

  func validate() throws {
    for (option, pairs) in [("-p", parameters), ("-r", rawParameters)] {
      for pair in pairs where pair.value == nil {
        throw ValidationError(
          "`\(option)` takes a name and a value, and `\(pair.name)` stands alone")
      }
    }
  }
}
