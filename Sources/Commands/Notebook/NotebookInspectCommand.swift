import ArgumentParser
import Notebooks
import Platform

/// `reprise notebook inspect`: the parameters that a notebook declares.
struct NotebookInspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show which parameters a notebook takes.",
    discussion: """
      The cell tagged `parameters` is read: types from annotations or from the defaults, choices from Literal[...], ranges \
      from comments such as `# [0, 1]`. What is declared is checked before a run starts.

        reprise notebook inspect train.ipynb
        reprise notebook inspect train.ipynb --json
        reprise notebook inspect train.py
      """)

  @Argument(help: ArgumentHelp("The notebook; `-` for standard input.", valueName: "notebook"))
  var path: String

  @OptionGroup var global: GlobalOptions

  func run() throws {
    let place = try Place(global)
    let document = try NotebookFile(path, in: place).read()
    let inspection = NotebookInspection(of: document, at: path)
    global.console.show(inspection.json) {
      if document.firstIndex(tagged: NotebookDocument.parametersTag) == nil {
        return "no cell is tagged `parameters`"
      }
      guard !inspection.parameters.isEmpty else { return "the parameters cell declares nothing" }
      var table = TextTable([
        .init(title: "name"), .init(title: "type", isText: true),
        .init(title: "default", yields: 1, isText: true), .init(title: "range", yields: 2),
        .init(title: "help", yields: 3, isText: true),
      ])
      table.rows = inspection.parameters.map { parameter in
        [
          .init(parameter.name), .init(parameter.type.text), .init(parameter.defaultText ?? ""),
          .init(parameter.range?.text ?? ""), .init(parameter.help),
        ]
      }
      return table.text(for: global.console)
    }
  }
}
