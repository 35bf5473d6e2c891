import Notebooks
import Platform
import Support
import Testing

@Suite("Notebooks as texts") struct TextNotebookTests {
  private typealias Cell = NotebookDocument.Cell

  private let swift = TextFormat(fileExtension: ".swift") ?? .markdown
  private let python = TextFormat(fileExtension: ".py") ?? .markdown

  private func text(_ cells: [NotebookDocument.Cell], _ format: TextFormat) -> String {
    var options = TextOptions()
    options.notebookFilter = "-all"
    return TextNotebook.text(of: NotebookDocument(cells: cells), as: format, options)
  }

  @Test("a percent script has marks, titles, tags and commented magics") func percent() {
    let cells = [
      Cell(.markdown, id: "a", source: "# 제목\n\ntext"),
      Cell(.code, id: "b", source: "%time f()\n!ls", metadata: ["tags": ["x"], "title": "Run"]),
      Cell(.code, id: "c", source: "def f():\n    pass"),
      Cell(.raw, id: "d", source: "raw"),
      Cell(.code, id: "e", source: "%%bash -e\nls"),
    ]
    #expect(
      text(cells, python) == """
        # %% [markdown]
        # # 제목
        #
        # text

        # %% Run tags=["x"]
        # %time f()
        # !ls

        # %%
        def f():
            pass

        # %% [raw]
        # raw

        # %% magic_args="-e" language="bash"
        # ls

        """)
  }

  @Test("Swift has its own comments") func swiftScript() throws {
    let cells = [
      Cell(.markdown, id: "a", source: "# Title"),
      Cell(.code, id: "b", source: "let x = 1", metadata: ["tags": ["parameters"]]),
    ]
    let script = text(cells, swift)
    #expect(
      script == """
        // %% [markdown]
        // # Title

        // %% tags=["parameters"]
        let x = 1

        """)
    let again = try TextNotebook.notebook(from: script, as: swift)
    #expect(again.cells.map(\.source) == cells.map(\.source))
    #expect(again.cells[1].tags == ["parameters"])
  }

  @Test("Markdown has fences, and marks where a cell would fall apart") func markdown() {
    let cells = [
      Cell(.markdown, id: "a", source: "one\n\n\ntwo"),
      Cell(.code, id: "b", source: "print('```')\n```"),
      Cell(.markdown, id: "c", source: "x"), Cell(.markdown, id: "d", source: "y"),
    ]
    #expect(
      text(cells, .markdown) == """
        <!-- #region -->
        one


        two
        <!-- #endregion -->

        ````python
        print('```')
        ```
        ````

        x


        y

        """)
  }

  @Test("a header that is no YAML is told with its line") func header() throws {
    let failure = #expect(throws: ParseFailure.self) {
      try TextNotebook.notebook(from: "# ---\n# jupyter:\n#   a: [\n# ---\n", as: python)
    }
    #expect((failure?.line ?? 0) >= 3)
    let light = #expect(throws: ParseFailure.self) {
      try TextNotebook.notebook(
        from:
          "# ---\n# jupyter:\n#   jupytext:\n#     text_representation:\n#       format_name: light\n# ---\n",
        as: python)
    }
    #expect(light?.message.contains("`light`") == true)
  }

  @Test("bytes that are not UTF-8 are refused, with their place") func encoding() {
    let bytes = Array("# %%\nx = '".utf8) + [0xE9, 0x27, 0x0A]
    for name in ["a.py", "a.md"] {
      let failure = #expect(throws: ParseFailure.self) {
        try NotebookDocument(parsing: bytes, named: name)
      }
      #expect([failure?.line, failure?.column] == [2, 6])
    }
  }

  @Test("what would be lost is told") func losses() {
    let cells = [Cell(.code, id: "a", source: "x = 1\n# %% inside\ny = 2")]
    let notebook = NotebookDocument(cells: cells)
    let script = TextNotebook.text(of: notebook, as: python)
    #expect(TextNotebook.losses(script, of: notebook, as: python) == ["1 cells become 2"])
  }

  @Test(
    "markdown headings that look like commented magics keep their sign",
    arguments: ["# cat pictures", "# ls", "## %time", "# !x", "#", "# # a"])
  func headings(source: String) throws {
    let script = text([Cell(.markdown, id: "a", source: source)], python)
    #expect(try TextNotebook.notebook(from: script, as: python).cells.first?.source == source)
  }

  @Test("any text is a notebook, and its text is stable", arguments: 0..<300)
  func fuzz(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let pieces = [
      "# %%", "// %%", "```python", "```", "<!-- #region", "-->", "<!-- #endregion -->", "\n", "\n",
      "---", "jupyter:", "a=1", "{\"a\": 1}", " ", "\"\"\"", "'''", "# ", "%time", "[markdown]",
      "é\u{301}", "\u{2028}", "\r\n", "\t", "=", ".class", "x", "~~~", "    ", "\u{1F}", "%%%",
    ]
    let source = (0..<(random.next() % 40)).map { _ in random.pick(pieces) }.joined()
    for format in [python, swift, .markdown] {
      guard let notebook = try? TextNotebook.notebook(from: source, as: format) else { continue }
      let first = TextNotebook.text(of: notebook, as: format)
      #expect(throws: Never.self) { try TextNotebook.notebook(from: first, as: format) }
    }
  }
}
