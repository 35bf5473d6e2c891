/// Markdown that stands in a script as a text of several lines, between three quotes.
struct QuotedMarkdown {
  let lines: [String]
  /// The quotes, with the line ends that belong to them: what jupytext keeps as `cell_marker`, and when it does.
  let marker: String?

  /// Nil for lines that are no such text.
  init?(_ lines: [String]) {
    let text = lines.joined(separator: "\n").trimmed
    for prefix in ["", "r", "R"] {
      for quotes in ["\"\"\"", "'''"] {
        guard text.begins(with: prefix + quotes), text.utf8.reversed().starts(with: quotes.utf8),
          text.utf8.count >= prefix.utf8.count + 6
        else { continue }
        var content = String(
          decoding: text.utf8.dropFirst(prefix.utf8.count + 3).dropLast(3), as: UTF8.self)
        var (left, right) = (prefix + quotes, quotes)
        if content.begins(with: "\n") {
          content = content.dropping(1)
          left += "\n"
        }
        if content.utf8.last == 0x0A {
          content = String(decoding: content.utf8.dropLast(), as: UTF8.self)
          right = "\n" + right
        }
        let isOnLines = left.utf8.count - prefix.utf8.count == 4 && right.utf8.count == 4
        marker = isOnLines ? prefix + quotes : prefix.isEmpty ? nil : left + "," + right
        self.lines = PythonLines.splitWithoutEnds(content)
        return
      }
    }
    return nil
  }
}
