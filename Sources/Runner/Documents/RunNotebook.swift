import Formats
import Notebooks
import Platform
import Records
import SystemPackage

/// A run as a notebook: its source cell by cell, with what each cell put out below it.
///
/// A script is cut at its marks (``ScriptCells``), and its outputs stand below the cell that was running. A command without
/// a script, and a trainer, are one cell that would run them again.
struct RunNotebook {
  private let run: Run
  private let transcript: RunTranscript
  private let script: RunScript?
  /// The notebook that was run, when it was one.
  private let executed: NotebookDocument?
  /// The cells of the run's source, by their number.
  private var cells: [NotebookDocument.Cell] = []
  private var places: [Int: Int] = [:]
  private var language = "python"

  /// Of one stretch of one stream this much stands in the notebook.
  private static let longest: Int64 = 4 << 20

  /// - Parameter executed: a notebook whose run was cut short, as it was written last.
  init(of run: Run, executed: NotebookDocument? = nil) throws {
    self.run = run
    self.executed = executed
    transcript = try RunTranscript(of: run)
    let source = DocumentFolder(of: run).source
    script = transcript.script.flatMap { RunScript(kept: $0, in: source) }
  }

  /// The notebook, with a cell of Markdown on top that says what the run was, unless it was a notebook itself.
  mutating func document() throws -> NotebookDocument {
    var source =
      if let executed {
        SourceCells(notebook: executed)
      } else if let script {
        SourceCells(script: script.text, name: script.name)
      } else {
        SourceCells(commandOf: run)
      }
    if source.places.isEmpty { source.add(commandOf: run) }
    (cells, places, language) = (source.cells, source.places, source.language)
    try placeOutputs()
    try placePictures()
    if let words = ending { put(RunNotebook.error("Failed", words)) }
    if var document = executed {
      document.cells = cells
      return document
    }
    var document = NotebookDocument(metadata: metadata)
    document.cells = [header] + cells
    for index in document.cells.indices {
      document.cells[index].id = "\(run.id.hex.prefix(8))-\(index)"
    }
    return document
  }

  // MARK: Outputs

  /// Where outputs go now; nil: nobody has told yet.
  private var current: Int?
  private var count = 0

  private mutating func placeOutputs() throws {
    let told = transcript.pieces.lazy.compactMap { piece -> Int? in
      if case .cell(let number) = piece { number } else { nil }
    }.first
    if executed != nil {
      if let told { begin(told) }
    } else {
      // Without marks in the output nobody knows which cell it is of: it stands below the last.
      begin(told.map { places[0] == nil ? $0 : 0 } ?? places.keys.max() ?? 0)
    }
    for piece in transcript.pieces {
      switch piece {
      case .cell(let number): begin(number)
      case .stream(let stream, let range):
        let text = try transcript.text(stream, range, limit: RunNotebook.longest)
        put([
          "output_type": "stream", "name": stream == .output ? "stdout" : "stderr",
          "text": .string(text),
        ])
      case .display(let data, let metadata):
        put([
          "output_type": "display_data", "data": NotebookJSON(data),
          "metadata": NotebookJSON(metadata),
        ])
      case .output(let cell, let output, let place):
        put(NotebookJSON(output), in: cell, at: place)
      case .clear(let cell):
        if let place = places[cell] { cells[place].outputs = [] }
      }
    }
  }

  private mutating func begin(_ number: Int) {
    guard let place = places[number], place != current else { return }
    current = place
    count += 1
    // A kernel's own count is the better one.
    if executed == nil || cells[place].executionCount == nil {
      cells[place].executionCount = count
    }
  }

  private mutating func put(_ output: NotebookJSON) {
    guard let place = current ?? places.values.min() else { return }
    cells[place].outputs.append(output)
  }

  private mutating func put(_ output: NotebookJSON, in number: Int, at index: Int?) {
    guard let place = places[number] else { return }
    guard let index else { return cells[place].outputs.append(output) }
    if cells[place].outputs.indices.contains(index) { cells[place].outputs[index] = output }
  }

  /// The curves of a trainer.
  private mutating func placePictures() throws {
    guard run.command?.hasPrefix("trainer: ") == true else { return }
    let folder = FilePath(run.artifactURI).appending("plots")
    guard FileSystem.isDirectory(folder) else { return }
    for name in try FileSystem.names(in: folder).sorted() where name.hasSuffix(".svg") {
      let text = try FileSystem.readText(folder.appending(name), limit: 1 << 22)
      put([
        "output_type": "display_data",
        "data": ["image/svg+xml": .string(text), "text/plain": .string(name)], "metadata": [:],
      ])
    }
  }

  private var ending: String? {
    if let signal = run.signal { return "killed by signal \(signal)" }
    if let code = run.exitCode, code != 0 { return "exit status \(code)" }
    return run.status == .failed || run.status == .killed ? run.status.rawValue : nil
  }

  private static func error(_ name: String, _ words: String) -> NotebookJSON {
    [
      "output_type": "error", "ename": .string(name), "evalue": .string(words),
      "traceback": [.string(words)],
    ]
  }

  // MARK: What the run was

  private var header: NotebookDocument.Cell {
    var text = "# \(Markdown.escaped(run.name))\n"
    if let entry = run.entryPoint { text += "\nEntry point `\(entry)`" }
    text += run.entryPoint == nil ? "\n" : ", "
    text += "\(run.status.rawValue.lowercased()), run `\(run.id.hex)`.\n"
    text += Markdown.table(["parameter", "value"], run.params.map { [$0.key, $0.value] })
    text += Markdown.table(
      ["metric", "latest"], run.metrics.map { [$0.key, shortNumber($0.value)] })
    if let commit = run.tag("mlflow.source.git.commit") { text += "\nCommit `\(commit)`.\n" }
    text += "\nPlay it again: `reprise replay \(run.id.hex.prefix(8))`\n"
    return NotebookDocument.Cell(
      .markdown, id: "", source: text, metadata: ["reprise": ["header": true]])
  }

  private var metadata: NotebookObject {
    let params = run.params.map { ($0.key, NotebookJSON.string($0.value)) }
    let kernel =
      switch language {
      case "r": ("ir", "R", "R")
      case "python": ("python3", "Python 3", "python")
      default: ("bash", "Bash", "bash")
      }
    return [
      "kernelspec": [
        "name": .string(kernel.0), "display_name": .string(kernel.1), "language": .string(kernel.2),
      ],
      "language_info": ["name": .string(language)],
      "papermill": ["parameters": .object(NotebookObject(params))],
      "reprise": ["run_id": .string(run.id.hex), "status": .string(run.status.rawValue)],
    ]
  }
}
