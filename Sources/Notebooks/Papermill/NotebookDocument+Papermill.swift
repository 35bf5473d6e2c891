extension NotebookDocument {
  /// The papermill whose form the metadata has.
  package static let papermillVersion = "2.7.0"

  /// Adds what papermill adds when it loads a notebook: `metadata.papermill`, and `tags` and `papermill` to every cell.
  package mutating func addPapermillMetadata() {
    if metadata["papermill"]?.object == nil {
      metadata["papermill"] = [
        "default_parameters": [:], "parameters": [:], "environment_variables": [:],
        "version": .string(Self.papermillVersion),
      ]
    }
    for index in cells.indices {
      if cells[index].metadata["tags"] == nil { cells[index].metadata["tags"] = [] }
      if cells[index].metadata["papermill"] == nil { cells[index].metadata["papermill"] = [:] }
    }
  }

  /// Writes down where the notebook was read and where it is written.
  package mutating func setPaths(input: String, output: String) {
    metadata["papermill", default: [:]]["input_path"] = .string(input)
    metadata["papermill", default: [:]]["output_path"] = .string(output)
  }

  /// Hides the source of every code cell, for a report. What else is known to Jupyter of a cell stays.
  package mutating func hideSources() {
    for index in cells.indices where cells[index].kind == .code {
      cells[index].metadata["jupyter", default: [:]]["source_hidden"] = true
    }
  }
}
