import ArgumentParser
import Notebooks
import Platform

/// `reprise notebook run`: runs a notebook with parameters, with papermill's command line.
struct NotebookRunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a notebook with parameters, as papermill does.",
    discussion: """
      The cells run from top to bottom in a fresh kernel; what they show is kept in the output. Parameters stand in a cell \
      behind the one tagged `parameters`. Both paths may name parameters: `out_{alpha}.ipynb`. `-` is standard input or output.

        reprise notebook run train.ipynb out.ipynb -p alpha 0.5 -p booster gbdt
        reprise notebook run train.ipynb 'out_{alpha}.ipynb' --sweep alpha=0.1,0.2 -j 2
        reprise notebook run train.ipynb out.ipynb -y '{alpha: 0.5, layers: [64, 32]}' --prepare-only

      The exit status is papermill's: 0 when all cells ran, 1 when one failed or the run could not start, 138 when the \
      kernel died, 2 for a command line that makes no sense.
      """)

  @Argument(
    help: ArgumentHelp("The notebook, and where to write it when it has run.", valueName: "path"))
  var paths: [String] = []

  @OptionGroup(title: "papermill's options") var papermill: PapermillOptions

  @OptionGroup(title: "Further options") var additions: NotebookRunAdditions

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let console = global.console
    do {
      let status = try await NotebookRunJobs(self, console: console).perform()
      if status != 0 { throw ExitCode(status) }
    } catch let failure as Failure {
      console.report(failure)
      throw ExitCode(Self.status(of: failure))
    }
  }

  /// papermill's for what could not be done.
  static func status(of failure: Failure) -> Int32 {
    switch failure.code {
    case .usage, .interrupted, .bug: failure.code.exitCode
    default: 1
    }
  }
}
