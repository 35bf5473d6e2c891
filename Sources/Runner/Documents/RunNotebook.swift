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
  /// The cells of the run's source, by their number.
  private var cells: [NotebookDocument.Cell] = []
  private var places: [Int: Int] = [:]
  private var language = RunScript.Language.python

  /// Of one stretch of one stream this much stands in the notebook.
  private static let longest: Int64 = 4 << 20

  init(of run: Run) throws {
    self.run = run
    transcript = try RunTranscript(of: run)
    let source = DocumentFolder(of: run).source
    script = transcript.script.flatMap { RunScript(kept: $0, in: source) }
  }

  /// The notebook, with a cell of Markdown on top that says what the run was.
  mutating func document() throws -> NotebookDocument {
    cells = []
    if let script { cut(script) } else { command() }
    try placeOutputs()
    try placePictures()
    if let words = ending { put(RunNotebook.error("Failed", words)) }
    var document = NotebookDocument(metadata: metadata)
    document.cells = [header] + cells
    for index in document.cells.indices {
      document.cells[index].id = "\(run.id.hex.prefix(8))-\(index)"
    }
    return document
  }

  // MARK: Source

  private mutating func cut(_ script: RunScript) {
    language = script.language ?? .python
    let parts = script.cells
    for part in parts.cells {
      let kind: NotebookDocument.Cell.Kind =
        switch part.kind {
        case .code: .code
        case .markdown: .markdown
        case .raw: .raw
        }
      var cell = NotebookDocument.Cell(kind, id: "", source: part.text)
      let lines: NotebookJSON = ["file": .string(script.name), "line": .int(part.firstLine)]
      cell.metadata["reprise"] = lines
      if let title = part.title { cell.metadata["name"] = .string(title) }
      if kind == .code { places[part.number] = cells.count }
      cells.append(cell)
    }
    if places.isEmpty { command() }
  }

  private mutating func command() {
    let source: String
    if run.command?.hasPrefix("trainer: ") == true {
      source = "!reprise replay \(run.id.hex.prefix(8))"
    } else {
      source = run.command.map { "%%bash\n\($0)" } ?? ""
    }
    places[places.count] = cells.count
    cells.append(NotebookDocument.Cell(.code, id: "", source: source))
  }

  // MARK: Outputs

  /// Where outputs go now; nil: to the first code cell, as it was all there is.
  private var current: Int?
  private var count = 0

  private mutating func placeOutputs() throws {
    let first = places.min { $0.key < $1.key }
    let isMarked = transcript.pieces.contains { if case .cell = $0 { true } else { false } }
    if let first, first.key == 0 || !isMarked { begin(isMarked ? first.key : last) }
    for piece in transcript.pieces {
      switch piece {
      case .cell(let number): begin(number)
      case .stream(let stream, let range):
        let text = try transcript.text(stream, range, limit: RunNotebook.longest)
        put([
          "output_type": "stream", "name": stream == .output ? "stdout" : "stderr",
          "text": .string(text),
        ])
      case .display(let bundle):
        put([
          "output_type": "display_data", "data": NotebookJSON(.object(bundle.data)),
          "metadata": NotebookJSON(.object(bundle.metadata)),
        ])
      }
    }
  }

  /// Without marks in the output nobody knows which cell it is of: it stands below the last.
  private var last: Int { places.keys.max() ?? 0 }

  private mutating func begin(_ number: Int) {
    guard let place = places[number], place != current else { return }
    current = place
    count += 1
    cells[place].executionCount = count
  }

  private mutating func put(_ output: NotebookJSON) {
    guard let place = current ?? places[last] else { return }
    cells[place].outputs.append(output)
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
    return [
      "kernelspec": [
        "name": .string(language == .r ? "ir" : language == .python ? "python3" : "bash"),
        "display_name": .string(language == .r ? "R" : language == .python ? "Python 3" : "Bash"),
        "language": .string(language == .r ? "R" : language == .python ? "python" : "bash"),
      ],
      "language_info": ["name": .string(language == .shell ? "bash" : language.rawValue)],
      "papermill": ["parameters": .object(NotebookObject(params))],
      "reprise": ["run_id": .string(run.id.hex), "status": .string(run.status.rawValue)],
    ]
  }
}
