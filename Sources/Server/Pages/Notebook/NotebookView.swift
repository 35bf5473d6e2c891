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
    guard cell.kind == .code else { return Self.text(cell) }
    let outputs = cell.outputs.prefix(Self.outputs).map { OutputView($0).html }
    let rest = cell.outputs.count - Self.outputs
    let more: HTML = rest > 0 ? "<p class=\"quiet\">… +\(rest)</p>" : .nothing
    return """
      <div class="cell code" id="cell-\(number)">\(Self.bar(cell, turn: cell.executionCount))\
      \(Self.source(cell, language))<div class="outputs">\(outputs)\(more)</div></div>
      """
  }

  /// A cell that is no code.
  static func text(_ cell: NotebookDocument.Cell) -> HTML {
    if cell.kind == .markdown {
      return
        "<div class=\"cell prose\">\(MarkdownText(cell.source, attachments: cell.attachments).html)</div>"
    }
    return "<div class=\"cell raw\"><pre tabindex=\"0\">\(shown(cell.source))</pre></div>"
  }

  /// What stands above a cell of code: its turn, its name, and how it stands.
  static func bar(_ cell: NotebookDocument.Cell, turn: Int?, state: HTML = .nothing) -> HTML {
    let name: HTML =
      cell.metadata["name"]?.string.map {
        $0.isEmpty ? .nothing : "<span class=\"name\">\($0)</span>"
      }
      ?? .nothing
    return """
      <div class="cell-bar"><span class="turn">[\(turn.map(String.init) ?? " ")]</span>\(name)\(state)</div>
      """
  }

  /// The source of a cell of code. Who hides it wants its outputs read.
  static func source(_ cell: NotebookDocument.Cell, _ language: String) -> HTML {
    let isHidden = cell.metadata["jupyter"]?["source_hidden"]?.bool == true
    return """
      <div class="source"\(isHidden ? " hidden" as HTML : .nothing)><pre tabindex="0">\
      \(CodeText(shown(cell.source), language).html)</pre></div>
      """
  }

  private static func shown(_ text: String) -> String { TextCut.cut(text, to: Self.text) }
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
