/// A script cut into cells at its marks: lines that begin with `# %%` or `#%%` (`//` where comments begin so), as VS Code,
/// Spyder and jupytext's percent format have them. What stands before the first mark is the cell 0.
package struct ScriptCells: Sendable, Hashable {
  package struct Cell: Sendable, Hashable {
    package enum Kind: Sendable, Hashable { case code, markdown, raw }

    /// How many marks stand above it.
    package var number: Int
    package var kind: Kind
    /// What the mark says behind its signs; nil when it says nothing.
    package var title: String?
    /// `tags=["parameters"]` of the mark.
    package var tags: [String]
    /// In the script, from 1.
    package var firstLine: Int
    /// Without the mark, and without empty lines around. Of Markdown without the signs of comments.
    package var text: String
  }

  package private(set) var cells: [Cell] = []

  /// - Parameters:
  ///   - text: the script.
  ///   - comment: `#` or `//`.
  package init(_ text: String, comment: String) {
    var number = 0
    var mark: Substring?
    var first = 1
    var lines: [Substring] = []
    func cell() -> Cell? {
      Cell(number, mark: mark, firstLine: first, lines, comment)
    }
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      guard let rest = ScriptCells.mark(line, comment) else {
        lines.append(line)
        continue
      }
      if let cell = cell() { cells.append(cell) }
      (number, mark, first, lines) = (number + 1, rest, index + 2, [])
    }
    if let cell = cell() { cells.append(cell) }
  }

  /// Whether any mark stands in it.
  package var hasMarks: Bool { (cells.last?.number ?? 0) > 0 }

  /// What a line says behind `%%`; nil when it is no mark.
  static func mark(_ line: Substring, _ comment: String) -> Substring? {
    guard line.hasPrefix(comment) else { return nil }
    let rest = line.dropFirst(comment.count).drop { $0 == " " || $0 == "\t" }
    guard rest.hasPrefix("%%") else { return nil }
    let title = rest.dropFirst(2)
    // `%%time` in a comment is a magic that somebody switched off.
    guard let next = title.first else { return title }
    return next == "%" || next.isWhitespace ? title.drop { $0 == "%" } : nil
  }
}

extension ScriptCells.Cell {
  /// Nil for one before the first mark that is empty.
  fileprivate init?(
    _ number: Int, mark: Substring?, firstLine: Int, _ lines: [Substring], _ comment: String
  ) {
    var lines = lines[...]
    var firstLine = firstLine
    let isEmpty = { (line: Substring) in line.allSatisfy(\.isWhitespace) }
    while let line = lines.first, isEmpty(line) {
      lines = lines.dropFirst()
      firstLine += 1
    }
    while let line = lines.last, isEmpty(line) { lines = lines.dropLast() }
    if mark == nil, lines.isEmpty { return nil }
    var (title, options) = CellOptions.parse(titled: mark.map(String.init) ?? "")
    kind = .code
    for (word, named) in [
      ("[markdown]", Kind.markdown), ("[md]", .markdown), ("[raw]", .raw),
    ] {
      guard let range = title.utf8.firstRange(of: word.utf8) else { continue }
      title.removeSubrange(range)
      kind = named
      break
    }
    title = title.trimmed
    self.number = number
    self.title = title.isEmpty ? nil : title
    tags = options.tags
    self.firstLine = firstLine
    if kind == .markdown {
      lines = lines.map { ScriptCells.Cell.uncommented($0, comment) }[...]
    }
    text = lines.joined(separator: "\n")
  }

  private static func uncommented(_ line: Substring, _ comment: String) -> Substring {
    guard line.hasPrefix(comment) else { return line }
    let rest = line.dropFirst(comment.count)
    return rest.first == " " ? rest.dropFirst() : rest
  }
}
