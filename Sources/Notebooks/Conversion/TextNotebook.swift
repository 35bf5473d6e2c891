import Platform

/// A notebook as text: percent scripts and Markdown, as jupytext writes and reads them.
package enum TextNotebook {
  /// The text of a notebook; it ends with a line end.
  package static func text(
    of notebook: NotebookDocument, as format: TextFormat, _ options: TextOptions = TextOptions()
  ) -> String {
    TextNotebookWriter(notebook, format, options).text()
  }

  /// Reads a notebook from a text.
  ///
  /// Ids are made from the cells; the metadata says how the text was (`jupytext`), as far as it would be lost
  /// otherwise.
  ///
  /// - Throws: ``ParseFailure`` with the line, for a header that is no YAML, and for a format of jupytext that is
  ///   neither percent nor Markdown.
  package static func notebook(
    from text: String, as format: TextFormat
  ) throws(ParseFailure) -> NotebookDocument {
    var reader = try TextNotebookReader(text, format)
    return reader.notebook()
  }

  /// The same, of the bytes of a file.
  ///
  /// - Throws: ``ParseFailure`` also for bytes that are not UTF-8, with their place: read as other signs, they would be lost
  ///   when the notebook is written.
  package static func notebook(
    parsing bytes: [UInt8], as format: TextFormat
  ) throws(ParseFailure) -> NotebookDocument {
    if let offset = NotebookJSON.firstInvalidOffset(in: bytes) {
      throw ParseFailure("bytes that are not UTF-8", at: offset, in: bytes)
    }
    return try notebook(from: String(decoding: bytes, as: UTF8.self), as: format)
  }

  /// What is lost when a notebook is read from its own text again, for a person; empty when nothing is.
  ///
  /// A cell whose code holds a mark of cells becomes two; blank lines at its end may go.
  package static func losses(_ text: String, of notebook: NotebookDocument, as format: TextFormat)
    -> [String]
  {
    guard let again = try? Self.notebook(from: text, as: format) else {
      return ["the text cannot be read again"]
    }
    guard again.cells.count == notebook.cells.count else {
      return ["\(notebook.cells.count) cells become \(again.cells.count)"]
    }
    return zip(notebook.cells, again.cells).enumerated().compactMap { index, pair in
      let (before, after) = pair
      if before.kind != after.kind { return "cell \(index + 1) becomes \(after.kind.name)" }
      if !before.source.hasSameBytes(as: after.source) {
        return "cell \(index + 1) is read with another text"
      }
      return before.tags == after.tags ? nil : "cell \(index + 1) is read with other tags"
    }
  }
}
