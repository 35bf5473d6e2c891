/// A cell of a percent script, as jupytext writes it.
struct PercentCellText {
  private let script: ScriptLanguage
  private let settings: TextSettings
  private let kind: NotebookDocument.Cell.Kind
  /// What `cell_marker` says about quotes around Markdown.
  private let marker: String?
  private let mainLanguage: String
  private let language: String
  private var options: CellOptions
  private var source: [String]

  init(
    _ cell: NotebookDocument.Cell, _ script: ScriptLanguage, language: String,
    _ settings: TextSettings
  ) {
    self.script = script
    self.settings = settings
    kind = cell.kind
    marker = cell.metadata["cell_marker"]?.string ?? settings.cellMarkers
    mainLanguage = language
    options = CellOptions(MetadataFilter(settings.cellFilter).cell(cell.metadata))
    source = TextCell.lines(of: cell.source)
    let magic = CellLanguage(&source)
    if let arguments = magic?.arguments, !arguments.isEmpty {
      options["magic_args"] = .string(arguments)
    }
    if let magic { options["language"] = .string(magic.name) }
    self.language = magic?.name ?? cell.metadata["language"]?.string ?? language
    if kind == .raw, options["active"] == nil, !hasActiveTag { options["active"] = "" }
  }

  private var hasActiveTag: Bool { options.tags.contains { $0.begins(with: "active-") } }

  private var isCode: Bool {
    kind == .code || kind == .raw && options["active"] != nil || hasActiveTag
  }

  func text() -> CellText {
    var cell = self
    return cell.write()
  }

  private mutating func write() -> CellText {
    let isSame = ScriptLanguage.usualName(language) == ScriptLanguage.usualName(mainLanguage)
    let isActive = options.isActive(in: script.fileExtension.dropping(1), default: isSame)
    if kind == .raw, options["active"]?.string == "" { options["active"] = nil }
    if !isCode { options["cell_type"] = .string(kind.name) }
    var indent = ""
    if isCode, isActive, let first = source.first, !first.isBlank { indent = first.indentation }
    let mark = markText()
    let space = mark.isEmpty || mark.begins(with: "%") ? "" : " "
    var lines = [indent + script.comment + " %%" + space + mark]
    if isCode, isActive {
      let magics = MagicComments(language, isEscaping: settings.commentsMagics ?? true)
      let code = magics.commented(source)
      if code != [""] { lines += code }
    } else {
      lines += markdown()
    }
    return CellText(lines: lines, isCode: isCode)
  }

  /// What stands behind `%%`.
  private mutating func markText() -> String {
    var words: [String] = []
    if let title = options["title"]?.string {
      words.append(title)
      options["title"] = nil
    }
    if let depth = options["cell_depth"]?.int {
      words.insert(String(repeating: "%", count: min(max(0, depth), 64)), at: 0)
      options["cell_depth"] = nil
    }
    if let type = options.remove("cell_type")?.string {
      words.append("[\(options.remove("region_name")?.string ?? type)]")
    }
    return options.text(words.joined(separator: " "), asJSON: settings.writesJSON)
  }

  /// Lines of text: comments, or in quotes where the cell or the notebook asks for them.
  private func markdown() -> [String] {
    if let marker, let quotes = quotes(marker) {
      var left = quotes.left
      let isRaw = left.begins(with: "r") || left.begins(with: "R")
      if !isRaw, source.contains(where: { $0.contains("\\") }) { left = "r" + left }
      var lines = source
      lines[0] = left + lines[0]
      lines[lines.count - 1] += quotes.right
      // The marks may hold line ends of their own.
      return lines.joined(separator: "\n").split(separator: "\n", omittingEmptySubsequences: false)
        .map(String.init)
    }
    return source.map { $0.isEmpty ? script.comment : script.comment + " " + $0 }
  }

  private func quotes(_ marker: String) -> (left: String, right: String)? {
    guard !source.isEmpty, !marker.isEmpty else { return nil }
    var (left, right): (String, String)
    if let comma = marker.firstIndex(of: ",") {
      left = String(marker[..<comma])
      right = String(marker[marker.index(after: comma)...])
    } else {
      let isRaw = marker.begins(with: "r") || marker.begins(with: "R")
      (left, right) = (marker + "\n", "\n" + (isRaw ? marker.dropping(1) : marker))
    }
    let isRaw = left.begins(with: "r") || left.begins(with: "R")
    let opening = String(left.dropFirst(isRaw ? 1 : 0).prefix(3))
    guard opening == String(right.suffix(3)), opening == "\"\"\"" || opening == "'''" else {
      return nil
    }
    return (left, right)
  }
}

/// The language that a cell says it is in by its first line: `%%bash -e`.
struct CellLanguage {
  let name: String
  let arguments: String

  /// Takes the line off; nil when there is none.
  init?(_ source: inout [String]) {
    guard let line = source.first, line.begins(with: "%%") else { return nil }
    let magic = line.dropping(2)
    let space = magic.firstIndex(of: " ")
    let name = String(magic[..<(space ?? magic.endIndex)])
    guard ScriptLanguage.magics.contains(name) else { return nil }
    self.name = name
    arguments = space.map { String(magic[magic.index(after: $0)...]) } ?? ""
    source.removeFirst()
  }
}
