import Glibc
import Notebooks
import Platform
import Support
import SystemPackage
import Testing

@Suite("Notebook documents") struct NotebookDocumentTests {
  private func read(_ text: String) throws(ParseFailure) -> NotebookDocument {
    try NotebookDocument(parsing: Array(text.utf8))
  }

  private func written(_ document: NotebookDocument) -> String {
    String(decoding: document.utf8(), as: UTF8.self)
  }

  @Test("a notebook is written as nbformat writes it")
  func canonical() throws {
    let document = try read(
      #"""
      {"nbformat": 4, "nbformat_minor": 5, "metadata": {"signature": "x", "kept": {}},
       "cells": [
        {"cell_type": "code", "id": "a", "metadata": {"trusted": true, "tags": []},
         "source": "a\nb\r\nc\u2028d", "execution_count": 3, "outputs": [
          {"output_type": "stream", "name": "stdout", "text": ["1\n", "2"]},
          {"output_type": "display_data", "metadata": {}, "data": {
            "text/plain": ["x\n", "y"], "image/png": "aGk=\n", "application/json": ["a", "b"]}},
          {"output_type": "error", "ename": "E", "evalue": "a\nb", "traceback": ["t\nu"]}]},
        {"cell_type": "markdown", "id": "b", "metadata": {}, "source": [], "attachments": {
          "a.txt": {"text/plain": "l\nm"}}}]}
      """#)
    #expect(
      written(document)
        == #"""
        {
         "cells": [
          {
           "cell_type": "code",
           "execution_count": 3,
           "id": "a",
           "metadata": {
            "tags": []
           },
           "outputs": [
            {
             "name": "stdout",
             "output_type": "stream",
             "text": [
              "1\n",
              "2"
             ]
            },
            {
             "data": {
              "application/json": [
               "a",
               "b"
              ],
              "image/png": "aGk=\n",
              "text/plain": [
               "x\n",
               "y"
              ]
             },
             "metadata": {},
             "output_type": "display_data"
            },
            {
             "ename": "E",
             "evalue": "a\nb",
             "output_type": "error",
             "traceback": [
              "t\nu"
             ]
            }
           ],
           "source": [
            "a\n",
            "b\r\n",
            "c\#u{2028}",
            "d"
           ]
          },
          {
           "attachments": {
            "a.txt": {
             "text/plain": [
              "l\n",
              "m"
             ]
            }
           },
           "cell_type": "markdown",
           "id": "b",
           "metadata": {},
           "source": []
          }
         ],
         "metadata": {
          "kept": {}
         },
         "nbformat": 4,
         "nbformat_minor": 5
        }

        """#)
    #expect(try read(written(document)) == document)
  }

  @Test("a notebook of version 3 is upgraded")
  func version3() throws {
    let document = try read(
      #"""
      {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": "n", "signature": "s", "x": 1},
       "worksheets": [
        {"cells": [{"cell_type": "heading", "level": 2, "source": ["a\n", "b"], "metadata": {}},
                   {"cell_type": "html", "source": "<b>"}]},
        {"cells": [{"cell_type": "code", "language": "python", "input": ["a", "b"], "collapsed": true,
          "prompt_number": 2, "outputs": [
            {"output_type": "pyout", "prompt_number": 2, "text": ["1\n", "2"], "json": "{\"a\": 1}",
             "metadata": {"png": {}}},
            {"output_type": "stream", "text": "t"},
            {"output_type": "pyerr", "ename": "E", "evalue": "", "traceback": []}]}]}]}
      """#)
    #expect(document.cells.map(\.source) == ["## a b", "<b>", "a\nb"])
    #expect(document.cells.map(\.kind) == [.markdown, .markdown, .code])
    #expect(document.cells[2].metadata == ["collapsed": true])
    #expect(document.cells[2].executionCount == 2)
    #expect(document.metadata == ["x": 1])
    #expect(
      document.cells[2].outputs == [
        [
          "output_type": "execute_result", "execution_count": 2,
          "data": ["text/plain": "1\n2", "application/json": ["a": 1]],
          "metadata": ["image/png": [:]],
        ],
        ["output_type": "stream", "name": "stdout", "text": "t"],
        ["output_type": "error", "ename": "E", "evalue": "", "traceback": []],
      ])
  }

  @Test("ids are made where they lack, the same every time, and the first of two stays")
  func identifiers() throws {
    let cell = { (id: String) in #"{"cell_type": "raw", "metadata": {}, "source": "s"\#(id)}"# }
    let cells = [cell(#", "id": "a""#), cell(""), cell(#", "id": "a""#), cell(#", "id": "b""#)]
    let text = { (minor: Int) in
      #"{"nbformat": 4, "nbformat_minor": \#(minor), "metadata": {}, "cells": [\#(cells.joined(separator: ","))]}"#
    }
    let kept = try read(text(5)).cells.map(\.id)
    #expect(kept[0] == "a" && kept[3] == "b")
    #expect(Set(kept).count == 4)
    #expect(kept == (try read(text(7)).cells.map(\.id)))
    let made = try read(text(4)).cells.map(\.id)
    #expect(Set(made).count == 4 && !made.contains("a"))
    #expect(made.allSatisfy { $0.utf8.count == 8 })
  }

  @Test(
    "what is no notebook is refused in one sentence",
    arguments: [
      ("[]", "a notebook is a JSON object"), ("{}", "`nbformat` is missing"),
      (#"{"nbformat": 2}"#, "the notebook's format is 2"),
      (#"{"nbformat": 5, "nbformat_minor": 0}"#, "the notebook's format is 5"),
      (#"{"nbformat": "4"}"#, #"the notebook's format is "4""#),
      (#"{"nbformat": 4, "cells": [], "metadata": {}}"#, "no whole `nbformat_minor`"),
      (#"{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}"#, "no list of `cells`"),
      (#"{"nbformat": 3, "metadata": {}}"#, "no list of `worksheets`"),
      (#"{"nbformat": 4, "nbformat_minor": 5, "cells": [1]}"#, "cell 1 is no object"),
      (
        #"{"nbformat": 4, "nbformat_minor": 5, "cells": [{"cell_type": "raw", "source": 1}]}"#,
        "`source` of cell 1 is no text"
      ),
    ])
  func refused(text: String, words: String) {
    let failure = #expect(throws: ParseFailure.self) { try read(text) }
    #expect(failure?.message.contains(words) == true, "\(String(describing: failure))")
  }

  /// A notebook of one cell.
  private static func notebook(of cell: String) -> String {
    #"{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [\#(cell)]}"#
  }

  /// The sign ▶ stands before the value that is told.
  private static let misfits = [
    "\n ▶[]", "▶{}", #"{"nbformat": ▶5, "cells": []}"#, #"▶{"nbformat": 4, "cells": []}"#,
    #"{"nbformat": 4, "nbformat_minor": ▶"5"}"#, #"▶{"nbformat": 4, "nbformat_minor": 5}"#,
    "{\"nbformat\": 4, \"nbformat_minor\": 5,\n\"cells\": ▶{}}",
    #"{"nbformat": 4, "nbformat_minor": 5, "cells": [], "metadata": ▶[]}"#,
    notebook(of: #"{"cell_type": "raw"},"# + "\n ▶5"), notebook(of: "▶{}"),
    notebook(of: "{\n\"cell_type\": ▶5}"), notebook(of: #"{"id": "a", "celltype": ▶"code"}"#),
    notebook(of: #"{"é": "한", "cell_type": "raw", "source": ▶5}"#),
    notebook(of: #"{"cell_type": "raw", "metadata": ▶null}"#),
    notebook(of: #"{"cell_type": "raw", "attachments": ▶[]}"#),
    notebook(of: #"{"cell_type": "code", "outputs": ▶{}}"#),
    notebook(of: #"{"cell_type": "code", "outputs": [{},"# + "\r\n\t▶7]}"),
    #"{"nbformat": 3, "worksheets": [{"cells": []}, {"cells": ▶5}]}"#,
    #"{"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": ▶5}]}]}"#,
    #"{"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "outputs": [▶{}]}]}]}"#,
    #"{"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "outputs": ["#
      + #"{"output_type": "pyout", "json": ▶"{"}]}]}]}"#,
  ]

  @Test("the place of what is no notebook is told", arguments: misfits)
  func place(marked: String) throws {
    let parts = marked.split(separator: "▶", omittingEmptySubsequences: false)
    try #require(parts.count == 2)
    let lines = parts[0].unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    let place = [lines.count, (lines.last?.count ?? 0) + 1]
    let failure = #expect(throws: ParseFailure.self) { try read(parts.joined()) }
    #expect([failure?.line, failure?.column] == place, "\(String(describing: failure))")
    // Nor does a byte order mark move it.
    let marked = #expect(throws: ParseFailure.self) { try read("\u{FEFF}" + parts.joined()) }
    #expect([marked?.line, marked?.column] == place)
  }

  @Test(
    "those who look at the bytes alone tell it too",
    arguments: [
      (#"{"nbformat": ▶5, "cells": []}"#, false), (#"{"nbformat": 4, "cells": ▶{}}"#, true),
      ("{\"nbformat\": 4, \"cells\": [{},\n ▶5]}", true),
    ])
  func bytePlace(marked: String, alsoStripped: Bool) throws {
    let parts = marked.split(separator: "▶")
    let before = parts[0].split(separator: "\n", omittingEmptySubsequences: false)
    let place = [before.count, (before.last?.count ?? 0) + 1]
    let bytes = Array(parts.joined().utf8)
    let failure = #expect(throws: ParseFailure.self) { try Notebook(parsing: bytes) }
    #expect([failure?.line, failure?.column] == place)
    guard alsoStripped else { return }
    let stripped = #expect(throws: ParseFailure.self) { try StrippedNotebook(bytes) }
    #expect([stripped?.line, stripped?.column] == place)
  }

  @Test("bytes that are not UTF-8 are no notebook for anybody who reads them")
  func encoding() throws {
    let bytes = Array("{\"nbformat\": 4, \"cells\": [],\n\"metadata\": {\"a\": \"".utf8) + [0xFF]
    for read: ([UInt8]) throws -> Any in [Notebook.init(parsing:), NotebookDocument.init(parsing:)]
    {
      let failure = #expect(throws: ParseFailure.self) { _ = try read(bytes + Array("\"}}".utf8)) }
      #expect([failure?.line, failure?.column] == [2, 20])
    }
  }

  @Test("a kind under a wrong name is told by that name, and a minor version of any size is read")
  func misspelt() throws {
    let failure = #expect(throws: ParseFailure.self) {
      try read(Self.notebook(of: #"{"celltype": "code"}"#))
    }
    #expect(failure?.message == "cell 1 has no `cell_type`, and a member `celltype`")
    #expect(failure?.hint == "write `cell_type` for `celltype`")
    let large = #"{"nbformat": 4, "nbformat_minor": 99999999999999999999, "cells": []}"#
    #expect(try read(large).cells.isEmpty)
  }

  @Test("a file is replaced whole: mode kept, link followed")
  func saved() throws {
    let folder = try TemporaryFolder()
    let file = folder.path.appending("a.ipynb")
    let link = folder.path.appending("link.ipynb")
    try FileSystem.write("old", to: file, durable: false)
    #expect(file.withPlatformString { chmod($0, 0o640) } == 0)
    #expect(link.withPlatformString { symlink("a.ipynb", $0) } == 0)
    try NotebookDocument(cells: [.init(.raw, id: "a", source: "é")]).write(to: link)
    #expect(try FileSystem.linkStatus(link)?.kind == .link)
    #expect(try FileSystem.status(file)?.mode == 0o640)
    #expect(try NotebookDocument(reading: file).cells[0].source == "é")
    #expect(try FileSystem.names(in: folder.path) == ["a.ipynb", "link.ipynb"])
  }
}
