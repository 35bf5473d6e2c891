import Testing

@testable import Notebooks

@Suite("Cells of scripts") struct ScriptCellsTests {
  private func shape(_ text: String, _ comment: String = "#") -> [String] {
    ScriptCells(text, comment: comment).cells.map { cell in
      "\(cell.number) \(cell.kind) \(cell.title ?? "-") \(cell.firstLine): \(cell.text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "|"))"
    }
  }

  @Test("a script without marks is one cell; an empty one has none")
  func whole() {
    #expect(shape("a = 1\n\nb = 2\n") == ["0 code - 1: a = 1||b = 2"])
    #expect(shape("\n \n") == [])
    #expect(!ScriptCells("a\n", comment: "#").hasMarks)
  }

  @Test(
    "marks begin cells, with their titles and kinds; what stands before the first is the cell 0")
  func marks() {
    let text = """
      import os

      # %% Load the data

      x = 1
      #%%
      # %% [markdown] About
      # # Title
      #
      # text
      # %% Fit [markdown]
      plain
      # %%
      y = 2

      """
    #expect(
      shape(text) == [
        "0 code - 1: import os", "1 code Load the data 5: x = 1", "2 code - 7: ",
        "3 markdown About 8: # Title||text", "4 markdown Fit 12: plain", "5 code - 14: y = 2",
      ])
  }

  @Test(
    "what only looks like a mark is none",
    arguments: ["#%%time", "  # %% indented", "x = 1  # %%", "# % %", "// %%", "# %%html"])
  func none(line: String) {
    #expect(!ScriptCells("a\n\(line)\nb\n", comment: "#").hasMarks)
  }

  @Test("in languages whose comments begin with slashes the marks do too")
  func slashes() {
    #expect(
      shape("let a = 1\n// %% Next\nprint(a)\n", "//") == [
        "0 code - 1: let a = 1", "1 code Next 3: print(a)",
      ])
  }
}
