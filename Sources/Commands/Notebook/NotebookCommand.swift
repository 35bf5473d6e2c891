import ArgumentParser

/// `reprise notebook`: Jupyter notebooks as files that people share.
struct NotebookCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notebook",
    abstract: "Strip, compare, merge, check and convert Jupyter notebooks.",
    discussion: """
        reprise notebook strip notebooks/*.ipynb
        reprise notebook diff a.ipynb b.ipynb
        reprise notebook convert explore.ipynb explore.py

      `reprise hooks install --notebooks` has git do the first two, and merge notebooks cell by cell.
      """,
    subcommands: [
      NotebookStrip.self, NotebookDiff.self, NotebookMergeCommand.self, NotebookLint.self,
      NotebookConvert.self,
    ])
}
