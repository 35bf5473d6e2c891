import ArgumentParser

/// `reprise notebook`: what there is to do with Jupyter notebooks.
struct NotebookCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notebook",
    abstract:
      "Run Jupyter notebooks with parameters; test, strip, compare, merge and convert them.",
    discussion: """
        reprise notebook run explore.ipynb out.ipynb -p alpha 0.5
        reprise notebook test notebooks
        reprise notebook strip notebooks/*.ipynb
        reprise notebook diff a.ipynb b.ipynb
        reprise notebook convert explore.ipynb explore.py

      `reprise hooks install --notebooks` has git strip what is staged, and compare and merge notebooks cell by cell.
      """,
    subcommands: [
      NotebookRunCommand.self, NotebookTestCommand.self, NotebookInspectCommand.self,
      NotebookStrip.self, NotebookDiff.self, NotebookMergeCommand.self, NotebookLint.self,
      NotebookConvert.self,
    ])
}
