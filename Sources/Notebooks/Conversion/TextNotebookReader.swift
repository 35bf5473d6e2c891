import Platform

/// Reads one notebook from a text.
struct TextNotebookReader {
  private let format: TextFormat
  private let lines: [String]
  private let header: TextHeader
  private var jupytext: NotebookObject
  private let settings: TextSettings

  init(_ text: String, _ format: TextFormat) throws(ParseFailure) {
    self.format = format
    lines = PythonLines.splitWithoutEnds(text.begins(with: "\u{FEFF}") ? text.dropping(3) : text)
    header = try TextHeader(lines, format)
    jupytext = header.metadata["jupytext"]?.object ?? [:]
    var options = TextOptions()
    if let representation = jupytext["text_representation"], format != .markdown {
      switch representation["format_name"]?.string {
      case "percent", nil: break
      case "hydrogen": options.commentsMagics = false
      case let name?:
        throw ParseFailure(
          "the header says that this is the format `\(name)`, and `percent` is read",
          line: 1, hint: "jupytext --to \(format.kind):percent FILE")
      }
    } else if let script = format.language, jupytext["comment_magics"] == nil,
      Self.hasPlainMagics(lines, script)
    {
      options.commentsMagics = false
    }
    var noted = jupytext
    settings = TextSettings(options, &noted)
  }

  /// A script with marks of cells and magics that are no comments: what Hydrogen writes.
  private static func hasPlainMagics(_ lines: [String], _ script: ScriptLanguage) -> Bool {
    let magics = MagicComments(script.name)
    var scan = QuoteScan("python")
    var (hasMarks, hasMagics) = (false, false)
    for line in lines {
      scan.read(line)
      if scan.isQuoted { continue }
      if PercentCellReader.isMark(line, script.comment) { hasMarks = true }
      if !line.trimmed.begins(with: script.comment), magics.isMagic(line, asksForHelp: false) {
        hasMagics = true
      }
    }
    return hasMarks && hasMagics
  }

  mutating func notebook() -> NotebookDocument {
    var metadata = header.metadata
    var cells = header.cell.map { [$0] } ?? []
    let language = NotebookLanguage.main(metadata, format) ?? "python"
    var place = header.count
    var hasJSON = settings.writesJSON
    while place < lines.count {
      let window = LineWindow(lines, from: place)
      let (cell, count): (TextCell, Int)
      switch format {
      case .percent(let script):
        var reader = PercentCellReader(
          script, language: language, commentsMagics: settings.commentsMagics ?? true,
          hasJSON: hasJSON)
        (cell, count) = reader.read(window)
        hasJSON = reader.hasJSON
      case .markdown:
        var reader = MarkdownCellReader(settings, language: language)
        (cell, count) = reader.read(window)
        hasJSON = hasJSON || reader.hasJSON
      }
      cells.append(cell)
      place += max(1, count)
    }
    setLanguages(&cells, metadata)
    noteFilters(cells)
    if hasJSON { jupytext["cell_metadata_json"] = true }
    jupytext["text_representation"] = nil
    metadata["jupytext"] = jupytext.isEmpty ? nil : .object(jupytext)
    var identifiers = CellIdentifiers()
    return NotebookDocument(
      metadata: metadata,
      cells: cells.enumerated().map { index, cell in
        let source = cell.source.joined(separator: "\n")
        return NotebookDocument.Cell(
          cell.kind, id: identifiers.next(kind: cell.kind.name, index: index, source: source),
          source: source, metadata: cell.options.object)
      })
  }

  /// Gives cells of another language their magic back.
  private mutating func setLanguages(_ cells: inout [TextCell], _ metadata: NotebookObject) {
    let main = NotebookLanguage.main(metadata, format) ?? mostFrequent(cells)
    if metadata["kernelspec"]?["language"] == nil, !cells.isEmpty {
      jupytext["main_language"] = .string(main)
    }
    for index in cells.indices {
      guard let language = cells[index].options["language"]?.string else { continue }
      if language == main {
        cells[index].options["language"] = nil
      } else if ScriptLanguage.usualName(language) != main,
        ScriptLanguage.magics.contains(language)
      {
        cells[index].options["language"] = nil
        let arguments = cells[index].options.remove("magic_args")?.string
        cells[index].source.insert(
          "%%" + language + (arguments.map { " " + $0 } ?? ""), at: 0)
        if cells[index].source.count == 1 { cells[index].source.append("") }
      }
    }
  }

  /// The language of most fences, Python when there are none.
  private func mostFrequent(_ cells: [TextCell]) -> String {
    var names: [String] = ["python"]
    var counts: [String: Double] = ["python": 0.5]
    for cell in cells {
      guard let language = cell.options["language"]?.string else { continue }
      let name = ScriptLanguage.usualName(language)
      if counts[name] == nil { names.append(name) }
      counts[name, default: 0] += 1
    }
    // The first of those that are as frequent.
    return names.max { (counts[$0] ?? 0) < (counts[$1] ?? 0) } ?? "python"
  }

  /// Notes what the header had, so that the next text has the same.
  private mutating func noteFilters(_ cells: [TextCell]) {
    let keys = Set(cells.flatMap { $0.options.members.map(\.key) }).sorted()
    let shown = keys.filter { !CellOptions.layoutKeys.contains($0) }
    if !header.hasJupyter {
      jupytext["notebook_metadata_filter"] = "-all"
      if jupytext["cell_metadata_filter"] == nil {
        jupytext["cell_metadata_filter"] = .string((shown + ["-all"]).joined(separator: ","))
      }
    } else if let filter = jupytext["cell_metadata_filter"] {
      jupytext["cell_metadata_filter"] = .string(
        MetadataFilter(filter).adding(keys).text)
    } else {
      var filter = (jupytext["notebook_metadata_filter"]?.string ?? "").split(separator: ",").map(
        String.init)
      guard !filter.contains("all"), !filter.contains("-all") else { return }
      let usual = ["jupytext", "kernelspec", "kernel_info", "orphan", "tocdepth"]
      for key in header.metadata.inGivenOrder.map(\.key)
      where !usual.contains(key) && !filter.contains(key) && !filter.contains("-" + key) {
        filter.append(key)
      }
      if !filter.isEmpty {
        jupytext["notebook_metadata_filter"] = .string(filter.joined(separator: ","))
      }
    }
  }
}
