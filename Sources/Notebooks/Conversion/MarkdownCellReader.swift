/// Reads one cell of a Markdown text.
struct MarkdownCellReader {
  private let mainLanguage: String
  private let settings: TextSettings
  private(set) var hasJSON: Bool

  /// What a line begins.
  private enum Opening {
    /// `<!-- #region … -->`: the name and what stands behind it.
    case region(String, String)
    /// A fence with a language of Jupyter: how many backticks, the language and what stands behind it.
    case code(Int, String, String)
    /// Another fence.
    case fence
  }

  init(_ settings: TextSettings, language: String) {
    self.settings = settings
    mainLanguage = language
    hasJSON = settings.writesJSON
  }

  /// - Returns: the cell, and how many lines it takes.
  mutating func read(_ lines: LineWindow) -> (cell: TextCell, count: Int) {
    switch Self.opening(lines[0]) {
    case .region(let name, let text): region(lines, name, text)
    case .code(let ticks, let name, let rest): code(lines, ticks, name, rest)
    default: plain(lines)
    }
  }

  // MARK: Kinds of cells

  private mutating func region(
    _ lines: LineWindow, _ name: String, _ text: String
  ) -> (cell: TextCell, count: Int) {
    hasJSON = hasJSON || CellOptions.isJSON(text)
    var (title, options) = CellOptions.parse(titled: text)
    if !title.isEmpty { options["title"] = .string(title) }
    if name == "markdown" || name == "md" { options["region_name"] = .string(name) }
    let end = lines.firstIndex { Self.isEnd($0, of: name) }
    let content = Array(lines[min(1, lines.count)..<(end ?? lines.count)])
    let cell = TextCell(name == "raw" ? .raw : .markdown, source: content, options: options)
    return finish(
      cell, lines, end: end ?? lines.count, next: end.map { $0 + 1 }, isMarked: end != nil)
  }

  private mutating func code(
    _ lines: LineWindow, _ ticks: Int, _ name: String, _ rest: String
  ) -> (cell: TextCell, count: Int) {
    let text = name + " " + rest
    hasJSON = hasJSON || CellOptions.isJSON(text)
    var (language, options) = CellOptions.parse(fenced: text)
    if options.members.contains(where: { $0.key == ".noeval" && $0.value.isNull }) {
      (language, options) = ("", CellOptions())
    }
    if let named = options.remove("language")?.string { language = named }
    let fence = String(repeating: "`", count: ticks)
    var scan = QuoteScan(language.isEmpty ? mainLanguage : language)
    var end: Int?
    for (index, line) in lines.enumerated().dropFirst() {
      let isQuoted = scan.isQuoted
      scan.read(line)
      if !isQuoted, line.begins(with: fence) {
        end = index
        break
      }
    }
    var cell = TextCell(
      .code, source: Array(lines[1..<(end ?? lines.count)]), options: options)
    if !options.isActive(in: "ipynb") {
      if options["active"]?.string == "" { cell.options["active"] = nil }
      cell.kind = .raw
    } else if language.isEmpty {
      // A block that shows code, and runs none.
      let last = min(lines.count, (end ?? lines.count) + 1)
      cell = TextCell(.markdown, source: Array(lines[..<last]), options: options)
      return finish(cell, lines, end: last, next: last, isMarked: false)
    } else if settings.commentsMagics == true {
      cell.source = MagicComments(language).uncommented(cell.source)
    }
    let result = finish(
      cell, lines, end: end ?? lines.count, next: end.map { $0 + 1 }, isMarked: end != nil)
    cell = result.cell
    if !language.isEmpty { cell.options["language"] = .string(language) }
    return (cell, result.count)
  }

  /// Markdown without marks: it ends at code, at a region, and at two blank lines outside of blocks.
  private func plain(_ lines: LineWindow) -> (cell: TextCell, count: Int) {
    let (end, next, isMarked) = plainEnd(lines)
    let cell = TextCell(.markdown, source: Array(lines[..<end]))
    return finish(cell, lines, end: end, next: next, isMarked: isMarked)
  }

  private func plainEnd(_ lines: LineWindow) -> (Int, Int, Bool) {
    var blank = 0
    var fence: String?
    var isIndented = false
    for (index, line) in lines.enumerated() {
      if let open = fence, Self.closes(line, open) {
        fence = nil
        continue
      }
      let isBlank = line.isBlank
      if blank > 0, !isBlank, line.begins(with: "    ") {
        isIndented = true
        blank = 0
        continue
      }
      if isIndented, !isBlank, !line.begins(with: "    ") { isIndented = false }
      if isIndented || fence != nil { continue }
      let before = index > 1 && blank > 0 ? index - 1 : index
      switch Self.opening(line) {
      case .region: return (before, index, false)
      case .code(let ticks, let name, let rest):
        let options = CellOptions.parse(fenced: name + " " + rest)
        let isShown = options.options.members.contains { $0.key == ".noeval" && $0.value.isNull }
        guard isShown || !ScriptLanguage.fences.contains(options.language) else {
          return (before, index, false)
        }
        fence = String(repeating: "`", count: ticks)
        blank = 0
        continue
      case .fence:
        if blank >= 2, !line.begins(with: "```{") { return (index - 2, index, true) }
        fence = ""
        blank = 0
        continue
      case nil: break
      }
      if settings.splitsAtHeadings, line.begins(with: "#"), blank >= 1 {
        return (index - 1, index, false)
      }
      if isBlank {
        blank += 1
      } else if blank >= 2 {
        return (index - 2, index, true)
      } else {
        blank = 0
      }
    }
    return (lines.count, lines.count, false)
  }

  /// Whether a line ends a block; `""` stands for any three backticks alone.
  private static func closes(_ line: String, _ fence: String) -> Bool {
    fence.isEmpty ? line.begins(with: "```") && line.dropping(3).isBlank : line.begins(with: fence)
  }

  /// Counts the blank lines behind a cell, which go with it.
  private func finish(
    _ cell: TextCell, _ lines: LineWindow, end: Int, next: Int?, isMarked: Bool
  ) -> (cell: TextCell, count: Int) {
    var cell = cell
    var next = next ?? lines.count
    func isBlank(_ index: Int) -> Bool { lines[index].isBlank }
    if next + 1 < lines.count, isBlank(next), !isBlank(next + 1) {
      next += 1
    } else if isMarked, next + 2 < lines.count, isBlank(next), isBlank(next + 1), !isBlank(next + 2)
    {
      next += 2
    }
    var spacing = 1
    if end < lines.count {
      spacing = next - end - (isMarked ? 1 : 0) + (next >= lines.count ? 1 : 0)
    }
    if spacing != 1 { cell.options["lines_to_next_cell"] = .int(spacing) }
    return (cell, max(1, next))
  }

  // MARK: Lines

  private static func opening(_ line: String) -> Opening? {
    if line.begins(with: "```") { return fence(line) }
    guard line.begins(with: "<!--") else { return nil }
    let rest = line.dropping(4).trimmed
    guard rest.begins(with: "#"), rest.utf8.reversed().starts(with: "-->".utf8.reversed()) else {
      return nil
    }
    let inner = String(decoding: rest.utf8.dropFirst().dropLast(3), as: UTF8.self)
    for name in ["region", "markdown", "md", "raw"] where inner.begins(with: name) {
      return .region(name, inner.dropping(name.utf8.count))
    }
    return nil
  }

  private static func fence(_ line: String) -> Opening {
    let ticks = line.utf8.prefix { $0 == UInt8(ascii: "`") }.count
    let rest = line.dropping(ticks)
    let text = rest.dropping(rest.indentation.utf8.count)
    if text.lowercased().hasPrefix("wolfram language") {
      let name = String(text.prefix(16))
      let behind = text.dropping(16)
      if ScriptLanguage.fences.contains(name), behind.unicodeScalars.first?.isPythonSpace != false {
        return .code(ticks, name, behind)
      }
    }
    let name = String(
      String.UnicodeScalarView(text.unicodeScalars.prefix { !$0.isPythonSpace }))
    guard ScriptLanguage.fences.contains(name) else { return .fence }
    return .code(ticks, name, text.dropping(name.utf8.count))
  }

  private static func isEnd(_ line: String, of name: String) -> Bool {
    guard line.begins(with: "<!--") else { return false }
    let rest = line.dropping(4).trimmed
    guard rest.begins(with: "#end" + name) else { return false }
    return rest.dropping(4 + name.utf8.count).trimmed == "-->"
  }
}
