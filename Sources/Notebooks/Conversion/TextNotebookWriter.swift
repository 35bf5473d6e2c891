import Formats

/// Writes one notebook as text.
struct TextNotebookWriter {
  private let format: TextFormat
  private var metadata: NotebookObject
  private var cells: [NotebookDocument.Cell]
  private let settings: TextSettings
  private let language: String

  init(_ notebook: NotebookDocument, _ format: TextFormat, _ options: TextOptions) {
    self.format = format
    cells = notebook.cells
    metadata = notebook.metadata
    var jupytext = metadata["jupytext"]?.object ?? [:]
    language = NotebookLanguage.code(metadata, format)
    if let main = jupytext["main_language"]?.string,
      main == NotebookLanguage.kernel(metadata, format)
    {
      jupytext["main_language"] = nil
    }
    if let formats = jupytext["formats"]?.string {
      jupytext["formats"] = .string(PairedFormats.updated(formats, to: format))
    }
    settings = TextSettings(options, &jupytext)
    metadata["jupytext"] = .object(jupytext)
  }

  func text() -> String {
    var writer = self
    var (lines, isHeaderThere, gap) = writer.header()
    // From the last cell to the first, as the lines between two depend on what follows.
    var reversed: [String] = []
    var pieces = writer.cells.map { writer.piece($0) }
    for index in pieces.indices.reversed() {
      let spacing =
        writer.cells[index].metadata["lines_to_next_cell"]?.int
        ?? CellSpacing.lines(
          between: pieces[index].lines, and: reversed.reversed(), isPython: format.isPython)
      var blank = min(max(0, spacing), 1 << 16)
      if writer.standsApart(pieces, index) { blank += 1 }
      pieces[index].lines += Array(repeating: "", count: blank)
      reversed += pieces[index].lines.reversed()
    }
    if gap == nil {
      gap = CellSpacing.lines(
        between: isHeaderThere, and: reversed.reversed(), isPython: format.isPython)
    }
    lines += Array(repeating: "", count: min(max(0, gap ?? 0), 1 << 16))
    lines += reversed.reversed()
    let text = lines.joined(separator: "\n")
    return text.utf8.last == 0x0A ? text : text + "\n"
  }

  /// Whether two cells of Markdown would be read as one without another blank line.
  private func standsApart(_ pieces: [CellText], _ index: Int) -> Bool {
    guard format == .markdown, index + 1 < pieces.count, !pieces[index].isCode,
      !pieces[index + 1].isCode
    else { return false }
    let (first, second) = (pieces[index].lines.first ?? "", pieces[index + 1].lines.first ?? "")
    return !first.begins(with: "<!-- #") && !second.begins(with: "<!-- #")
      && !(settings.splitsAtHeadings && second.begins(with: "#"))
  }

  private func piece(_ cell: NotebookDocument.Cell) -> CellText {
    switch format {
    case .percent(let script):
      PercentCellText(cell, script, language: language, settings).text()
    case .markdown: MarkdownCellText(cell, language: language, settings).text()
    }
  }

  /// The lines above the cells, those of the header proper, and how many blank ones follow if that is said.
  private mutating func header() -> (all: [String], header: [String], gap: Int?) {
    var first: [String] = []
    var jupytext = metadata["jupytext"]?.object ?? [:]
    if format.language != nil {
      if let program = jupytext.removeValue(forKey: "executable")?.string {
        first.append("#!" + program)
      }
      if let encoding = jupytext.removeValue(forKey: "encoding")?.string {
        first.append(encoding)
      } else if language != "python",
        cells.contains(where: { !$0.source.utf8.allSatisfy { $0 < 0x80 } })
      {
        first.append(format.headerPrefix + " -*- coding: utf-8 -*-")
      }
    }
    jupytext["text_representation"] = [
      "extension": .string(format.fileExtension), "format_name": .string(format.name),
      "format_version": .string(TextFormat.version),
      "jupytext_version": .string(TextFormat.jupytextVersion),
    ]
    metadata["jupytext"] = .object(jupytext)
    var lines: [String] = []
    var gap: Int?
    if settings.keepsRootAsRawCell, let cell = cells.first, cell.kind == .raw,
      let front = Self.frontMatter(cell.source)
    {
      lines = front
      gap = cell.metadata["lines_to_next_cell"]?.int
      cells.removeFirst()
    }
    let shown = MetadataFilter(settings.notebookFilter).notebook(metadata)
    if !shown.isEmpty {
      let value = YAMLValue.map([.init(.string("jupyter"), YAMLValue(.object(shown)))])
      let options = PythonYAMLWriter.Options(allowsUnicode: false)
      lines += PythonLines.splitWithoutEnds(PythonYAMLWriter.text(value, options))
    }
    guard !lines.isEmpty else { return (first, [], gap) }
    lines = ["---"] + lines + ["---"]
    if settings.hidesHeader, format == .markdown { lines = ["<!--", ""] + lines + ["", "-->"] }
    let prefix = format.headerPrefix
    if !prefix.isEmpty { lines = lines.map { $0.isEmpty ? prefix : prefix + " " + $0 } }
    return (first + lines, lines, gap)
  }

  /// What a raw cell holds between two lines `---`; nil when it is none.
  private static func frontMatter(_ source: String) -> [String]? {
    var text = Substring(source).unicodeScalars
    while let sign = text.first, "\n\t ".unicodeScalars.contains(sign) { text.removeFirst() }
    while let sign = text.last, "\n\t ".unicodeScalars.contains(sign) { text.removeLast() }
    let lines = PythonLines.splitWithoutEnds(String(text))
    func isMark(_ line: String?) -> Bool {
      line.map { $0.begins(with: "---") && $0.dropping(3).isBlank } ?? false
    }
    guard lines.count >= 2, isMark(lines.first), isMark(lines.last) else { return nil }
    return Array(lines[1..<(lines.count - 1)])
  }
}

/// The lines of a cell in a text.
struct CellText {
  var lines: [String]
  /// Whether it stands there as code.
  var isCode: Bool
}
