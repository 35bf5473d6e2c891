import Notebooks
import Records

/// What a run ran, cell by cell, without what came of it.
package struct SourceCells: Sendable {
  package private(set) var cells: [NotebookDocument.Cell] = []
  /// Where the code cells stand, by the numbers that the run's events give them.
  package private(set) var places: [Int: Int] = [:]
  /// The numbers of the code cells, in order.
  package private(set) var numbers: [Int] = []
  /// Of the code, as notebooks name languages.
  package private(set) var language = "python"
  /// Whether a script or a notebook was cut, and not the command taken for all of it.
  package private(set) var isCut = true

  /// A script, cut at its marks.
  ///
  /// - Parameter name: of its file, whose end tells the language.
  package init(script text: String, name: String) {
    let script = RunScript(name: name, text: text)
    language = script.language?.rawValue ?? language
    if script.language == .shell { language = "bash" }
    for part in script.cells.cells {
      let kind: NotebookDocument.Cell.Kind =
        switch part.kind {
        case .code: .code
        case .markdown: .markdown
        case .raw: .raw
        }
      var cell = NotebookDocument.Cell(kind, id: "", source: part.text)
      cell.metadata["reprise"] = ["file": .string(name), "line": .int(part.firstLine)]
      if let title = part.title { cell.metadata["name"] = .string(title) }
      if !part.tags.isEmpty { cell.tags = part.tags }
      if kind == .code { number(part.number) }
      cells.append(cell)
    }
  }

  /// A notebook that is run, as it was written before its first cell or since: the marks of failures stand in it at the end only.
  package init(notebook: NotebookDocument) {
    var notebook = notebook
    notebook.removeErrorMarkers()
    cells = notebook.cells
    language = notebook.language ?? language
    for index in cells.indices {
      cells[index].outputs = []
      guard cells[index].kind == .code else { continue }
      places[index] = index
      numbers.append(index)
    }
  }

  /// A command, or a trainer, in one cell that would run it again.
  package init(commandOf run: Run) {
    isCut = false
    add(commandOf: run)
  }

  /// The next cell is one of code, which the events call so.
  private mutating func number(_ number: Int) {
    places[number] = cells.count
    numbers.append(number)
  }

  /// A script that is all comments has a cell for its outputs all the same.
  package mutating func add(commandOf run: Run) {
    let source =
      run.command?.hasPrefix("trainer: ") == true
      ? "!reprise replay \(run.id.hex.prefix(8))" : run.command.map { "%%bash\n\($0)" } ?? ""
    number((numbers.last ?? -1) + 1)
    cells.append(NotebookDocument.Cell(.code, id: "", source: source))
  }
}
