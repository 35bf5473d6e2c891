import ArgumentParser

/// `reprise notebook`: what there is to do with Jupyter notebooks.
struct NotebookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notebook",
    abstract: "Run Jupyter notebooks with parameters, and look into them.",
    subcommands: [NotebookRunCommand.self, NotebookInspectCommand.self])
}
