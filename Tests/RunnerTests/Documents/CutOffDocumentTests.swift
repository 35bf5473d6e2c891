import Formats
import Notebooks
import Platform
import Records
import Support
import SystemPackage
import Testing

@testable import Runner

@Suite("The document of a run that was cut off") struct CutOffDocumentTests {
  private struct Page: ReportRenderer {
    func report(of run: Run, in store: RecordStore, notebook: NotebookDocument) -> [UInt8] {
      Array("\(run.status) with \(notebook.cells.count) cells".utf8)
    }
  }

  private let folder: TemporaryFolder
  private let records: RecordsFolder
  private let store: RecordStore

  init() throws {
    folder = try TemporaryFolder()
    records = RecordsFolder(folder.path.appending(".reprise"))
    try records.create()
    store = try RecordStore(in: records.path)
  }

  /// A run whose owner is gone since the machine was started.
  private func start(_ command: String) throws -> Run {
    var owner = Owner.current()
    owner.bootID = "00000000-0000-0000-0000-000000000000"
    return try store.start(
      NewRun(
        host: Machine.name(), startTime: Clock.milliseconds() - 60_000, command: command,
        owner: owner))
  }

  private func write(_ text: String, to name: String, of run: Run) throws {
    let path = FilePath(run.artifactURI).pushing(FilePath(name))
    try FileSystem.createDirectory(path.removingLastComponent())
    try FileSystem.write(text, to: path, durable: false)
  }

  /// What the cells of code put out.
  private func outputs(_ notebook: NotebookDocument) -> [[String]] {
    notebook.cells.filter { $0.kind == .code }.map { cell in
      cell.outputs.map { output in
        output["text"]?.string ?? output["evalue"]?.string ?? output["data"]?["text/plain"]?.string
          ?? "?"
      }
    }
  }

  @Test("recovering a run finishes it: what was there, and that it was killed")
  func script() throws {
    let run = try start("python3 s.py")
    try write("# %% One\na\n# %% Two\nb\n# %% Three\nc\n", to: "document/source/s.py", of: run)
    try write("first\nsecond", to: "logs/stdout.txt", of: run)
    let events = #"""
      {"ms":1,"kind":"status","status":"RUNNING","script":"s.py"}
      {"ms":2,"kind":"cell","cell":1}
      {"ms":3,"kind":"stream","name":"stdout","bytes":6}
      {"ms":4,"kind":"display","data":{"text/plain":"known"},"metadata":{}}
      {"ms":5,"kind":"cell","cell":2}
      {"ms":6,"kind":"stream","name":"std
      """#
    try write(events, to: "document/events.jsonl", of: run)
    // The second one was shown, and nobody came to read it any more.
    try FileSystem.createDirectory(records.displayFile(of: run.id).removingLastComponent())
    try FileSystem.write(
      #"{"data":{"text/plain":"known"}}"# + "\n" + #"{"data":{"text/plain":"late"}}"# + "\n",
      to: records.displayFile(of: run.id), durable: false)
    #expect(try Recovery.recover(store, records, Page()).map(\.id) == [run.id])

    let document = DocumentFolder(of: run)
    let notebook = try NotebookDocument(reading: document.notebook)
    #expect(outputs(notebook) == [["first\n", "known"], ["late", "second", "KILLED"], []])
    #expect(try FileSystem.readText(document.report) == "killed with 4 cells")
    let record = try JSONValue(parsing: FileSystem.readText(document.record))
    #expect(record["status"]?.string == "KILLED")
    #expect(!FileSystem.exists(records.displayFile(of: run.id)))
    // The line that was cut off stands alone, and what follows can be read.
    let text = try FileSystem.readText(document.events)
    #expect(text.hasPrefix(events + "\n{"))
    let last = try #require(text.split(separator: "\n").last)
    let end = try JSONValue(parsing: String(last))
    #expect(end["status"]?.string == "KILLED")
    // The run ended when it was last heard of, and not when somebody found that out.
    let ended = try #require(try store.run(run.id).endTime)
    #expect(ended > run.startTime + 50_000 && end["ms"]?.int == ended - run.startTime)
    #expect(try Recovery.recover(store, records, Page()).isEmpty)
  }

  @Test("a notebook has what its cells put out since it was written last")
  func notebook() throws {
    let run = try start("notebook: n.ipynb")
    var document = NotebookDocument(cells: [
      .init(.markdown, id: "a", source: "# Title"), .init(.code, id: "b", source: "1"),
      .init(.code, id: "c", source: "2"), .init(.code, id: "d", source: "3"),
    ])
    document.cells[1].executionCount = 7
    document.cells[1].outputs = [["output_type": "stream", "name": "stdout", "text": "old"]]
    try FileSystem.createDirectory(DocumentFolder(of: run).path)
    try document.write(to: DocumentFolder(of: run).notebook)
    try write("begin\nend", to: "logs/stdout.txt", of: run)
    let shown = { (text: String, place: String) in
      #"{"ms":4,"kind":"output","cell":2,\#(place)"output":{"output_type":"display_data","data":{"text/plain":"\#(text)"},"metadata":{}}}"#
    }
    try write(
      [
        #"{"ms":1,"kind":"status","status":"RUNNING"}"#, #"{"ms":2,"kind":"cell","cell":1}"#,
        #"{"ms":3,"kind":"stream","name":"stdout","bytes":6}"#, #"{"ms":3,"kind":"cell","cell":2}"#,
        shown("gone", ""), #"{"ms":5,"kind":"clear","cell":2}"#, shown("10 %", ""),
        shown("80 %", #""place":0,"#), "",
      ].joined(separator: "\n"), to: "document/events.jsonl", of: run)
    // In the middle of the run it can be looked at, and is not written.
    let writer = DocumentWriter(store, nil)
    #expect(outputs(try writer.notebook(of: run)) == [["begin\n"], ["80 %", "end"], []])
    try writer.write(run)
    #expect(outputs(try NotebookDocument(reading: DocumentFolder(of: run).notebook))[0] == ["old"])

    try Recovery.recover(store, records, Page())
    let after = try NotebookDocument(reading: DocumentFolder(of: run).notebook)
    #expect(outputs(after) == [["begin\n"], ["80 %", "end", "KILLED"], []])
    #expect(after.cells.map(\.executionCount) == [nil, 7, 2, nil])
    #expect(after.cells.map(\.id) == ["a", "b", "c", "d"])
  }

  @Test("a run without a document gets none")
  func none() throws {
    let run = try start("true")
    #expect(try Recovery.recover(store, records, Page()).count == 1)
    #expect(!FileSystem.exists(DocumentFolder(of: run).path))
  }
}
