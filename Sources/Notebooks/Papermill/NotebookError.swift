/// The error that a run of a notebook ended with.
package struct NotebookError: Sendable, Equatable {
  /// The place of the cell.
  package var index: Int
  package var executionCount: Int?
  package var name: String
  package var value: String
  /// As the kernel gave it, colours included.
  package var traceback: [String]

  package init(
    index: Int, executionCount: Int?, name: String, value: String, traceback: [String]
  ) {
    self.index = index
    self.executionCount = executionCount
    self.name = name
    self.value = value
    self.traceback = traceback
  }

  /// `In [3]`, with `None` where the kernel had not counted the cell.
  package var place: String { "In [\(executionCount.map { String($0) } ?? "None")]" }

  /// What papermill says of the error, without the colours of the traceback.
  package var text: String {
    let lines = ANSIText.withoutColours(traceback.joined(separator: "\n"))
    return "\n" + String(repeating: "-", count: 75)
      + "\nException encountered at \"\(place)\":\n\(lines)\n"
  }
}

extension NotebookDocument {
  /// The error that the notebook's outputs tell of; nil when a run of it succeeded.
  ///
  /// `SystemExit` with nothing or `0` is no error, and the errors of cells tagged `raises-exception` are expected
  /// (papermill counts these). The last cell with an error is it, and of that cell the first error, unless a cell before it
  /// failed without an output that says why.
  package var error: NotebookError? {
    var found: NotebookError?
    for (index, cell) in cells.enumerated() {
      var isExit = false
      if cell.kind == .code, !cell.raisesException {
        for output in cell.outputs where output["output_type"]?.string == "error" {
          let (name, value) = (output["ename"]?.string ?? "", output["evalue"]?.string ?? "")
          if name == "SystemExit", value.isEmpty || value == "0" {
            isExit = true
            continue
          }
          found = NotebookError(
            index: index, executionCount: cell.executionCount, name: name, value: value,
            traceback: output["traceback"]?.array?.compactMap(\.string) ?? [])
          break
        }
      }
      if found == nil, !isExit, cell.metadata["papermill"]?["exception"]?.bool == true {
        return NotebookError(
          index: index, executionCount: cell.executionCount, name: "CellExecutionError",
          value: "", traceback: [])
      }
    }
    return found
  }
}
