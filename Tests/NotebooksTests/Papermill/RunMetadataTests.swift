import Formats
import Notebooks
import Testing

@Suite("What a run leaves in a notebook") struct RunMetadataTests {
  private func document() -> NotebookDocument {
    var document = NotebookDocument(
      cells: [
        .init(.markdown, id: "a", source: "# x"),
        .init(
          .code, id: "b", source: "1/0",
          outputs: [["output_type": "stream", "name": "stdout", "text": "old"]]),
        .init(.code, id: "c", source: "2"),
      ])
    document.addPapermillMetadata()
    return document
  }

  private let start = NotebookTime(microseconds: 1_764_193_347_123_456)
  private let end = NotebookTime(microseconds: 1_764_193_349_000_000)

  @Test("moments are written as Python's isoformat, without a fraction of zero")
  func times() {
    #expect(start.text == "2025-11-26T21:42:27.123456+00:00")
    #expect(end.text == "2025-11-26T21:42:29+00:00")
    #expect(NotebookTime(microseconds: -1).text == "1969-12-31T23:59:59.999999+00:00")
    #expect(NotebookTime(microseconds: 951_782_400_000_000).text == "2000-02-29T00:00:00+00:00")
    #expect(end.seconds(since: start) == .double(1.876544))
  }

  @Test("cells go from pending over running to completed or failed")
  func statuses() {
    var document = document()
    document.beginRun(at: start)
    #expect(document.cells.map(\.status) == [.pending, .pending, .pending])
    #expect(document.cells[1].outputs.isEmpty && document.cells[1].executionCount == nil)
    document.beginCell(0, at: start)
    #expect(document.cells[0].status == .running)
    document.endCell(0, started: start, at: end)
    document.beginCell(1, at: start)
    document.failCell(1)
    document.endCell(1, started: start, at: end)
    document.endRun(started: start, at: end)
    #expect(document.cells.map(\.status) == [.completed, .failed, .pending])
    #expect(document.cells[0].metadata["papermill"]?["exception"] == false)
    #expect(document.cells[1].metadata["papermill"]?["exception"] == true)
    #expect(document.metadata["papermill"]?["exception"] == true)
    #expect(document.metadata["papermill"]?["duration"] == .double(1.876544))
    #expect(document.error?.name == "CellExecutionError")
  }

  @Test("errors are found, marked, and their marks taken away again")
  func errors() {
    var document = document()
    document.cells[1].executionCount = 4
    document.cells[1].outputs = [
      [
        "output_type": "error", "ename": "ZeroDivisionError", "evalue": "division",
        "traceback": ["\u{1B}[0;31mline\u{1B}[0m", "\u{1B}[Kend"],
      ]
    ]
    let plain = document.cells
    let error = document.error
    #expect(
      error?.text
        == "\n" + String(repeating: "-", count: 75)
        + "\nException encountered at \"In [4]\":\nline\nend\n")
    if let error { document.insertErrorMarkers(for: error) }
    #expect(document.cells.map(\.kind) == [.markdown, .markdown, .markdown, .code, .code])
    #expect(document.cells[0].source.contains("<a href=\"#papermill-error-cell\">In [4]</a>"))
    #expect(document.cells[2].source.contains("id=\"papermill-error-cell\""))
    document.removeErrorMarkers()
    #expect(document.cells == plain)
    document.cells[1].tags = ["raises-exception"]
    #expect(document.error == nil)
    document.cells[1].tags = []
    document.cells[1].outputs[0]["ename"] = "SystemExit"
    document.cells[1].outputs[0]["evalue"] = "0"
    #expect(document.error == nil)
    document.cells[1].outputs[0]["evalue"] = "3"
    #expect(document.error?.name == "SystemExit")
  }

  @Test("a report hides sources and keeps what else Jupyter knows")
  func report() {
    var document = document()
    document.cells[1].metadata["jupyter"] = ["outputs_hidden": true]
    document.hideSources()
    #expect(
      document.cells[1].metadata["jupyter"] == ["outputs_hidden": true, "source_hidden": true])
    #expect(document.cells[0].metadata["jupyter"] == nil)
  }

  @Test("cells run that are code with something in them")
  func runs() {
    var cell = NotebookDocument.Cell(.code, id: "a", source: " \n\u{1C}")
    #expect(!cell.runs)
    cell.source = "x"
    #expect(cell.runs)
    cell.tags = ["skip-execution"]
    #expect(!cell.runs)
    #expect(!NotebookDocument.Cell(.markdown, id: "a", source: "x").runs)
  }
}
