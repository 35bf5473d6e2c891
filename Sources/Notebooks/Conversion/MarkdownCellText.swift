/// A cell of a Markdown text, as jupytext writes it.
struct MarkdownCellText {
  private let settings: TextSettings
  private let kind: NotebookDocument.Cell.Kind
  private var language: String
  private var options: CellOptions
  private var source: [String]

  init(_ cell: NotebookDocument.Cell, language: String, _ settings: TextSettings) {
    self.settings = settings
    kind = cell.kind
    options = CellOptions(MetadataFilter(settings.cellFilter).cell(cell.metadata))
    source = TextCell.lines(of: cell.source)
    let magic = CellLanguage(&source)
    if let arguments = magic?.arguments, !arguments.isEmpty {
      options["magic_args"] = .string(arguments)
    }
    if let magic { options["language"] = .string(magic.name) }
    self.language = magic?.name ?? cell.metadata["language"]?.string ?? language
    let isActive = options.tags.contains { $0.begins(with: "active-") }
    if kind == .raw, options["active"] == nil, !isActive { options["active"] = "" }
  }

  func text() -> CellText {
    var cell = self
    let lines = kind == .markdown ? cell.markdown() : cell.code()
    let isCode =
      kind == .code || kind == .raw && cell.options["active"] != nil
      || cell.options.tags.contains { $0.begins(with: "active-") }
    return CellText(lines: lines, isCode: isCode)
  }

  private mutating func markdown() -> [String] {
    guard options.isEmpty else {
      let name = options.remove("region_name")?.string ?? "region"
      return region(name)
    }
    // A text that would be read as something else, or as two cells, needs marks around it.
    var reader = MarkdownCellReader(settings, language: "python")
    let (cell, count) = reader.read(LineWindow(source))
    let isWhole = count >= source.count && cell.kind == .markdown
    return isWhole ? source : region("region")
  }

  private func region(_ name: String) -> [String] {
    var options = options
    var words = ["<!-- #" + name]
    if let title = options["title"]?.string, !title.contains("{"), !title.contains("="),
      !title.isEmpty || !options.isEmpty
    {
      options["title"] = nil
      words.append(title)
    }
    if !self.options.isEmpty {
      let text = options.text("", asJSON: settings.writesJSON)
      if !text.isEmpty || words.count == 1 { words.append(text) }
    }
    return [words.joined(separator: " ") + " -->"] + source + ["<!-- #end\(name) -->"]
  }

  private mutating func code() -> [String] {
    let magics = MagicComments(language, isEscaping: settings.commentsMagics ?? false)
    let code = magics.commented(source)
    if options["active"]?.string == "" { options["active"] = nil }
    if let language = options.remove("language")?.string { self.language = language }
    if kind == .raw, !options.isActive(in: "md", default: false) { return region("raw") }
    let fence = fence()
    return [fence + options.text(language, asJSON: false)] + code + [fence]
  }

  /// Three backticks, or one more than any line of the cell begins with.
  private func fence() -> String {
    var count = 3
    for line in source {
      let ticks = line.utf8.prefix { $0 == UInt8(ascii: "`") }.count
      if ticks >= count { count = ticks + 1 }
    }
    return String(repeating: "`", count: count)
  }
}
