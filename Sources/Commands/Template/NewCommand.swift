import ArgumentParser
import Formats
import Platform
import Synchronization
import SystemPackage
import Templates

/// `reprise new`: makes a project from a template, with cookiecutter's command line.
struct NewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Make a project from a template.",
    discussion: """
      The template is one of ours (tabular, minimal, swift-trainer), a folder, a zip file, a git URL, or an abbreviation such as \
      gh:owner/name: whatever cookiecutter takes. Its questions are asked one by one; `key=value` changes a default.

        reprise new tabular
        reprise new gh:audreyfeldroy/cookiecutter-pypackage
        reprise new https://example.org/team/template.git --checkout v1.2 --directory python
        reprise new ./template --no-input project_name="My Project" license=MIT
        reprise new ./template --dry-run
        reprise new gh:drivendataorg/cookiecutter-data-science dataset_storage=s3 dataset_storage.bucket=mine

      The exit status is cookiecutter's: 0 when the project is there, 1 when it could not be made, 2 for a command line \
      that makes no sense.
      """)

  @Argument(help: "The template: a name, a folder, a zip file or a git URL.")
  var template: String?

  @Argument(
    help: ArgumentHelp("Values in place of the template's defaults.", valueName: "key=value"))
  var values: [String] = []

  @OptionGroup var options: NewOptions

  @Flag(name: .customLong("json"), help: "Print what was made as JSON.")
  var printsJSON = false

  @Flag(
    name: [.customLong("quiet"), .customShort("q")], help: "Say nothing but results and errors.")
  var isQuiet = false

  @Option(help: "Colour: auto, always or never.")
  var color = ColorChoice.auto

  @Option(
    name: .customShort("C"),
    help: ArgumentHelp("Work as if started in this folder.", valueName: "folder"))
  var folder: String?

  func validate() throws {
    for value in values where !value.contains("=") {
      throw ValidationError(
        "Invalid value for '[EXTRA_CONTEXT]...': EXTRA_CONTEXT should contain items of the form key=value; '\(value)' doesn't match that form"
      )
    }
  }

  func run() async throws {
    let console = Console(
      printsJSON: printsJSON, isQuiet: isQuiet || printsJSON, colors: color)
    if let template,
      try await NewCopier(options: options, folder: folder, console: console)
        .make(template, values)
    {
      return
    }
    let run = NewRun(command: self, console: console)
    let status = try await ParallelWork.onDeepThread { try run.perform() }
    if status == NewRun.wantsHelp { throw CleanExit.helpRequest(self) }
    if status != 0 { throw ExitCode(status) }
  }
}
