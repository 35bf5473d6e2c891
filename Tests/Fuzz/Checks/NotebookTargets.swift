import Formats
import Notebooks

extension FuzzTarget {
  /// Notebooks, read and written; and what a parameters cell says.
  static let notebookDocuments = FuzzTarget(
    name: "notebook-documents",
    seeds: [
      #"{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code", "id": "a", "#
        + #""metadata": {"tags": ["parameters"]}, "source": ["a: int = 1  # [0, 2]\n", "b = 'x'"], "#
        + #""execution_count": 1, "outputs": [{"output_type": "stream", "name": "stdout", "text": ["a\n"]}, "#
        + #"{"output_type": "display_data", "data": {"text/plain": ["\ud83d\ude00\r\n"]}, "metadata": {}}]}]}"#,
      #"{"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": ["#
        + #"{"cell_type": "heading", "level": 2, "source": "a\nb"}, {"cell_type": "code", "input": ["1"], "#
        + #""outputs": [{"output_type": "pyout", "prompt_number": 1, "json": "{}", "text": "1"}]}]}]}"#,
      "a: Literal['x', 2] = 'x'  # type: str help\nb = [1,\n 2]  # (0, 1]\n",
    ],
    words: [
      "NaN", "-Infinity", "\\ud800", "nbformat", "worksheets", "cells", "parameters", "source",
      "data",
      "application/json", "text/plain", "Optional[", "Union[int, ", "Literal[", "# [0, inf)", " = ",
      "# type: ", "\u{2028}", "\\u2028",
    ]
  ) { bytes in
    _ = ListedParameter.list(in: bytes.text)
    var cell = NotebookDocument.Cell(.code, id: "p", source: bytes.text)
    cell.tags = [NotebookDocument.parametersTag]
    _ = NotebookDocument(metadata: ["language_info": ["name": "python"]], cells: [cell]).parameters
    if let value = try? NotebookJSON(parsing: bytes) {
      let written = value.text()
      let again = try? NotebookJSON(parsing: Array(written.utf8))
      require(again == value, "a value does not read back the same")
    }
    let document = try NotebookDocument(parsing: bytes)
    // What comes from version 3 may hold arrays that only version 4 joins.
    let again = try NotebookDocument(parsing: document.utf8())
    let third = try NotebookDocument(parsing: again.utf8())
    require(third == again, "a notebook does not read back the same")
    require(
      Set(document.cells.map { Array($0.id.utf8) }).count == document.cells.count, "ids repeat")
  }
}
