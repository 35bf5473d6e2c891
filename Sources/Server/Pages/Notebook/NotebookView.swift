import Formats
import Notebooks
import Platform

/// A notebook's cells with what they put out: text, pictures, tables, failures. No script of the notebook's runs, and no
/// markup of it stands that could do anything.
struct NotebookView {
  let document: NotebookDocument
  /// Cells and outputs beyond are not shown.
  static let cells = 2000
  static let outputs = 500
  /// Bytes of one text that are shown.
  static let text = 256 << 10

  init(_ document: NotebookDocument) { self.document = document }

  /// - Throws: ``ParseFailure`` when the bytes are no notebook.
  init(_ bytes: [UInt8]) throws(ParseFailure) {
    self.init(try NotebookDocument(parsing: bytes))
  }

  var html: HTML {
    let language = document.language ?? "python"
    let cells = document.cells.prefix(Self.cells).enumerated().map { cell($1, $0 + 1, language) }
    return "<div class=\"notebook\">\(cells)</div>"
  }

  private func cell(_ cell: NotebookDocument.Cell, _ number: Int, _ language: String) -> HTML {
    switch cell.kind {
    case .markdown:
      return
        "<div class=\"cell prose\">\(MarkdownText(cell.source, attachments: cell.attachments).html)</div>"
    case .code:
      let outputs = cell.outputs.prefix(Self.outputs).map { OutputView($0).html }
      let rest = cell.outputs.count - Self.outputs
      let more: HTML = rest > 0 ? "<p class=\"quiet\">… +\(rest)</p>" : .nothing
      return """
        <div class="cell code" id="cell-\(number)"><span class="turn">\(turn(cell))</span>\(name(cell))\
        <div class="source"\(isHidden(cell) ? " hidden" : "")><pre tabindex="0">\(CodeText(shown(cell.source), language).html)</pre></div>\
        <div class="outputs">\(outputs)\(more)</div></div>
        """
    case .raw, .other:
      return "<div class=\"cell raw\"><pre tabindex=\"0\">\(shown(cell.source))</pre></div>"
    }
  }

  private func name(_ cell: NotebookDocument.Cell) -> HTML {
    guard let name = cell.metadata["name"]?.string, !name.isEmpty else { return .nothing }
    return "<p class=\"name\">\(name)</p>"
  }

  private func turn(_ cell: NotebookDocument.Cell) -> String {
    "[\(cell.executionCount.map(String.init) ?? " ")]"
  }

  /// Who hides the source of a cell wants its outputs read.
  private func isHidden(_ cell: NotebookDocument.Cell) -> Bool {
    cell.metadata["jupyter"]?["source_hidden"]?.bool == true
  }

  private func shown(_ text: String) -> String { TextCut.cut(text, to: Self.text) }
}

/// A long text by its beginning and its end.
enum TextCut {
  static func cut(_ text: String, to limit: Int) -> String {
    let bytes = text.utf8
    guard bytes.count > limit else { return text }
    let head = String(decoding: bytes.prefix(limit / 4 * 3), as: UTF8.self)
    let tail = String(decoding: bytes.suffix(limit / 4), as: UTF8.self)
    return "\(head)\n[… \(ByteCount(Int64(bytes.count - limit))) …]\n\(tail)"
  }
}
