import Platform
import Testing

@testable import Notebooks

@Suite("Which cells run") struct CellSelectionTests {
  private let document: NotebookDocument = {
    var cells = [
      NotebookDocument.Cell(.markdown, id: "m", source: "# a"),
      NotebookDocument.Cell(.code, id: "p", source: "x = 1"),
      NotebookDocument.Cell(.code, id: "blank", source: " \n"),
      NotebookDocument.Cell(.code, id: "a", source: "1"),
      NotebookDocument.Cell(.code, id: "b", source: "2"),
      NotebookDocument.Cell(.code, id: "c", source: "3"),
    ]
    cells[1].tags = ["parameters"]
    cells[3].tags = ["fit"]
    cells[4].tags = ["plot", "slow"]
    cells[5].tags = ["skip-execution"]
    return NotebookDocument(cells: cells)
  }()

  @Test(
    "is chosen by tags and ids",
    arguments: [
      (CellSelection(), [1, 3, 4]), (CellSelection(only: ["fit"]), [1, 3]),
      (CellSelection(skipped: ["slow"]), [1, 3]), (CellSelection(until: "fit"), [1, 3]),
      (CellSelection(until: "p"), [1]), (CellSelection(until: "m"), []),
      (CellSelection(only: ["plot"], skipped: ["parameters"]), [4]),
      (CellSelection(leftOut: [1, 2, 9]), [3, 4]),
    ]) func chosen(selection: CellSelection, cells: [Int]) throws
  {
    #expect(try selection.cells(of: document) == cells)
  }

  @Test("what no cell has is a failure that names the nearest")
  func missing() {
    let failure = #expect(throws: Failure.self) {
      try CellSelection(only: ["polt"]).cells(of: document)
    }
    #expect(failure?.message == "no cell has the tag `polt`")
    #expect(failure?.hint == "did you mean `plot`?")
  }
}
