/// Reads one cell of a percent script.
struct PercentCellReader {
  private let script: ScriptLanguage
  private let mainLanguage: String
  private let commentsMagics: Bool
  private(set) var hasJSON: Bool

  init(_ script: ScriptLanguage, language: String, commentsMagics: Bool, hasJSON: Bool) {
    self.script = script
    mainLanguage = language
    self.commentsMagics = commentsMagics
    self.hasJSON = hasJSON
  }

  /// - Returns: the cell, and how many lines it takes.
  mutating func read(_ lines: LineWindow) -> (cell: TextCell, count: Int) {
    var options = CellOptions()
    var first = 0
    switch Self.mark(lines[0], script.comment) {
    case .options(let text):
      options = self.options(text)
      first = 1
    case .bare: first = 1
    case nil: break
    }
    let language = options.remove("language")?.string
    var comment = script.comment
    let kind: NotebookDocument.Cell.Kind
    if let type = options.remove("cell_type")?.string {
      kind = .init(type)
    } else if !options.isActive(in: "ipynb") {
      if options["active"]?.string == "" { options["active"] = nil }
      kind = .raw
      if options.isActive(in: script.fileExtension.dropping(1)) { comment = "" }
    } else {
      kind = .code
    }
    let (end, next) = end(lines, isText: kind != .code, language ?? mainLanguage)
    let body = Array(lines[first..<max(first, end)])
    let source = content(body, kind, &options, comment, language)
    let spacing = Self.spacing(end: end, next: next, of: lines.count)
    let expected = CellSpacing.lines(
      between: body.isEmpty ? [""] : body, and: lines.from(next),
      isPython: script.fileExtension == ".py")
    if spacing != expected { options["lines_to_next_cell"] = .int(spacing) }
    if let language { options["language"] = .string(language) }
    return (TextCell(kind, source: source, options: options), next)
  }

  // MARK: Marks

  private enum Mark { case options(String), bare }

  /// `# %% title key=value`, `# %%`, `# In[3]:`; nil for any other line.
  private static func mark(_ line: String, _ comment: String) -> Mark? {
    // Cheap for the lines of code that begin as no comment does.
    guard line.utf8.contains(where: { $0 == 0x25 || $0 == 0x3C || $0 == 0x5B }) else { return nil }
    var rest = line.dropping(line.indentation.utf8.count)
    guard rest.begins(with: comment) else { return nil }
    rest = rest.dropping(comment.utf8.count)
    rest = rest.dropping(rest.indentation.utf8.count)
    if rest.begins(with: "%%") {
      let signs = rest.utf8.prefix { $0 == UInt8(ascii: "%") }.count
      if let sign = rest.dropping(signs).unicodeScalars.first {
        return sign.isPythonSpace ? .options(rest.dropping(2)) : nil
      }
      return signs == 2 ? .bare : nil
    }
    if rest.begins(with: "<codecell>") { return rest.dropping(10).isBlank ? .bare : nil }
    guard rest.begins(with: "In[") else { return nil }
    var number = rest.dropping(3).utf8.drop { $0 == 0x20 || (0x30...0x39).contains($0) }
    guard number.first == UInt8(ascii: "]") else { return nil }
    number = number.dropFirst()
    if number.first == UInt8(ascii: ":") { number = number.dropFirst() }
    return (String(number) ?? "").isBlank ? .bare : nil
  }

  /// Whether a line begins a cell.
  static func isMark(_ line: String, _ comment: String) -> Bool { mark(line, comment) != nil }

  private mutating func options(_ text: String) -> CellOptions {
    hasJSON = hasJSON || CellOptions.isJSON(text)
    var (title, options) = CellOptions.parse(titled: text)
    for type in ["markdown", "raw", "md"] {
      guard let range = title.utf8.firstRange(of: "[\(type)]".utf8) else { continue }
      title.removeSubrange(range)
      title = title.trimmed
      options["cell_type"] = type == "md" ? "markdown" : .string(type)
      if type == "md" { options["region_name"] = "md" }
      break
    }
    let depth = title.utf8.prefix { $0 == UInt8(ascii: "%") }.count
    if depth > 0 {
      options["cell_depth"] = .int(depth)
      title = title.dropping(depth).trimmed
    }
    if !title.isEmpty { options["title"] = .string(title) }
    return options
  }

  // MARK: Ends

  /// Where a cell's lines end, and where the next one begins.
  private func end(_ lines: LineWindow, isText: Bool, _ language: String) -> (Int, Int) {
    var scan = QuoteScan(language)
    var fence: CodeFence?
    var next = lines.count
    for (index, line) in lines.enumerated() {
      let isQuoted = scan.isQuoted
      scan.read(line)
      if isQuoted { continue }
      if isText {
        // A block of code in Markdown may show marks of cells.
        let text = line.uncommented(script.comment)
        if let open = fence {
          if open.isClosed(by: text) { fence = nil }
          continue
        }
        if let open = CodeFence(opening: text),
          lines.from(index + 1).contains(where: {
            open.isClosed(by: $0.uncommented(script.comment))
          })
        {
          fence = open
          continue
        }
      }
      if index > 0, Self.isMark(line, script.comment) {
        next = index
        break
      }
    }
    if next >= 3, lines[next - 1].isBlank, lines[next - 2].isBlank, !lines[next - 3].isBlank {
      return (next - 2, next)
    }
    return next > 0 && lines[next - 1].isEmpty ? (next - 1, next) : (next, next)
  }

  private static func spacing(end: Int, next: Int, of count: Int) -> Int {
    guard end < count else { return 1 }
    return next - end + (next >= count ? 1 : 0)
  }

  // MARK: Content

  private func content(
    _ lines: [String], _ kind: NotebookDocument.Cell.Kind, _ options: inout CellOptions,
    _ comment: String, _ language: String?
  ) -> [String] {
    let isPython = script.fileExtension == ".py"
    let file = script.fileExtension.dropping(1)
    if isPython, !options.isActive(in: file, default: kind == .code),
      let quoted = QuotedMarkdown(lines)
    {
      if let marker = quoted.marker { options["cell_marker"] = .string(marker) }
      return quoted.lines
    }
    let isForeign = options["active"] == nil && language != nil && language != mainLanguage
    // Without a sign of comments it is a raw cell that is code for this file.
    guard kind == .code || comment.isEmpty, options.isActive(in: file), !isForeign else {
      return comment.isEmpty ? lines : lines.map { $0.uncommented(comment) }
    }
    return commentsMagics ? MagicComments(language ?? mainLanguage).uncommented(lines) : lines
  }
}
