/// What papermill's `--help-notebook` prints of a notebook, but for the usage in front.
package struct ParameterHelp: Sendable {
  package var text: String
  /// 1 when no cell is tagged `parameters`.
  package var exitCode: Int32
  /// What cannot be listed, to be said on standard error.
  package var warnings: [String] = []

  /// - Parameter path: the notebook as it was named.
  /// - Throws: ``Failure`` when the notebook has no kernel or language, or one that has no parameters.
  package init(of document: NotebookDocument, at path: String) throws {
    text = "\nParameters inferred for notebook '\(path)':\n"
    guard let index = document.firstIndex(tagged: NotebookDocument.parametersTag) else {
      text += "\n  No cell tagged 'parameters'\n"
      exitCode = 1
      return
    }
    exitCode = 0
    var listed: [ListedParameter] = []
    if try document.translator() is PythonTranslator {
      var skipped: [String] = []
      listed = ListedParameter.list(in: document.cells[index].source) { line, text in
        skipped.append("Unable to parse line \(line) '\(text)'.")
      }
      warnings = skipped
    } else {
      warnings = [
        "Translator for '\(document.language ?? "")' language does not support parameter introspection."
      ]
    }
    if listed.isEmpty {
      text +=
        "\n  Can't infer anything about this notebook's parameters. "
        + "It may not have any parameter defined.\n"
    }
    for parameter in listed { text += parameter.helpLines + "\n" }
  }
}
