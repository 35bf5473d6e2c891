import Notebooks

extension FuzzTarget {
  /// Percent scripts and Markdown: any text is a notebook, whose text can be read.
  static let notebookTexts = FuzzTarget(
    name: "notebook-texts",
    seeds: [
      "# ---\n# jupyter:\n#   kernelspec:\n#     name: python3\n# ---\n\n# %% [markdown]\n# Title\n\n# %% tags=[\"a\"]\n# %time x\n",
      "---\njupyter: {}\n---\n\n# Title\n\n```python tags=[\"a\"]\nx = 1\n```\n\n<!-- #region a=1 -->\ntext\n<!-- #endregion -->\n",
      "# %% [markdown]\nr\"\"\"\nText\n\"\"\"\n\n# %% magic_args=\"-e\" language=\"bash\"\n# ls\n",
    ],
    words: [
      "# %%", "// %%", "[markdown]", "[raw]", "[md]", "```", "~~~", "<!-- #region", "<!-- #raw",
      "-->", "<!-- #endregion -->", "---\n", "jupyter:", "jupytext", "active=\"py\"", "\"\"\"",
      "%%bash", "{\"a\": 1}", "key=[1]", "\u{2028}", "\r\n", "In[1]:", "# escape", " \\\n",
    ]
  ) { bytes in
    for ending in [".py", ".swift", ".R", ".md"] {
      guard let format = TextFormat(fileExtension: ending),
        let notebook = try? TextNotebook.notebook(from: bytes.text, as: format)
      else { continue }
      let text = TextNotebook.text(of: notebook, as: format)
      _ = TextNotebook.losses(text, of: notebook, as: format)
    }
  }

  /// Three notebooks between lines `###`: merged, compared and stripped; what comes of it is a notebook.
  static let notebookMerge = FuzzTarget(
    name: "notebook-merge",
    seeds: [
      ["1", "2", "3"].map { value in
        #"{"nbformat": 4, "nbformat_minor": 5, "metadata": {"a": \#(value)}, "cells": [{"cell_type": "code", "id": "a", "#
          + #""metadata": {"tags": ["t\#(value)"]}, "source": "x\ny = \#(value)", "execution_count": \#(value), "#
          + #""outputs": [{"output_type": "stream", "name": "stdout", "text": "\#(value)"}]}]}"#
      }.joined(separator: "\n###\n")
    ],
    words: [
      "###", "\"id\"", "\"cells\"", "markdown", "metadata", "outputs", "\\n", "<table>", "<td>",
    ]
  ) { bytes in
    let parts = bytes.split(separator: UInt8(ascii: "#"), omittingEmptySubsequences: true)
      .map { Array($0) }.filter { $0.contains(UInt8(ascii: "{")) }
    for part in parts {
      if let stripped = try? StrippedNotebook(part) {
        require(
          (try? StrippedNotebook(stripped.bytes))?.isChanged == false, "stripping is not done once")
      }
    }
    guard parts.count >= 3 else { return }
    let sides = try parts.prefix(3).map { try NotebookSide(parsing: $0) }
    _ = NotebookDifference(sides[0], sides[1])
    let merge = NotebookMerge(base: sides[0], ours: sides[1], theirs: sides[2])
    require((try? NotebookDocument(parsing: merge.utf8())) != nil, "a merge is no notebook")
    let same = NotebookMerge(base: sides[0], ours: sides[1], theirs: sides[0])
    require(same.conflicts.isEmpty, "a change of one side is in conflict")
  }
}
