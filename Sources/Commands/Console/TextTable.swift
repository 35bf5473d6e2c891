import Platform

/// Rows under headings, columns as wide as their longest cell, cut to fit a terminal.
struct TextTable {
  struct Column {
    var title: String
    var alignment = Alignment.left
    /// Columns give way in the order of this number, largest first, when the terminal is narrow; 0 never does.
    var yields = 0
  }

  enum Alignment { case left, right }

  struct Cell: ExpressibleByStringInterpolation {
    var text: String
    var style: Style?

    init(_ text: String, _ style: Style? = nil) {
      self.text = text
      self.style = style
    }

    init(stringLiteral value: String) { self.init(value) }
  }

  var columns: [Column]
  var rows: [[Cell]] = []

  private static let gap = 2
  private static let narrowest = 6

  init(_ columns: [Column]) { self.columns = columns }

  /// The table as text without a last line end.
  func text(for console: Console) -> String {
    let (shown, widths) = layout(console.width)
    var lines = [
      line(shown, widths) { (columns[$0].title, .bold) }(console)
    ]
    for row in rows { lines.append(line(shown, widths) { (row[$0].text, row[$0].style) }(console)) }
    return lines.joined(separator: "\n")
  }

  /// Which columns are shown and how wide: first those that yield are narrowed, then dropped.
  private func layout(_ limit: Int?) -> (shown: [Int], widths: [Int]) {
    var widths = columns.indices.map { index in
      max(textWidth(columns[index].title), rows.map { textWidth($0[index].text) }.max() ?? 0)
    }
    var shown = Array(columns.indices)
    guard let limit else { return (shown, widths) }
    let excess = {
      shown.reduce(0) { $0 + widths[$1] } + TextTable.gap * max(0, shown.count - 1) - limit
    }
    let order = shown.filter { columns[$0].yields > 0 }
      .sorted { (columns[$0].yields, $0) > (columns[$1].yields, $1) }
    for index in order where excess() > 0 {
      let least = max(TextTable.narrowest, textWidth(columns[index].title))
      widths[index] = max(min(widths[index], least), widths[index] - excess())
    }
    for index in order where excess() > 0 { shown.removeAll { $0 == index } }
    return (shown, widths)
  }

  private func line(
    _ shown: [Int], _ widths: [Int], cell: @escaping (Int) -> (String, Style?)
  ) -> (Console) -> String {
    { console in
      var line = ""
      for (place, index) in shown.enumerated() {
        let (text, style) = cell(index)
        let cut = fitted(text, to: widths[index])
        let space = String(repeating: " ", count: max(0, widths[index] - textWidth(cut)))
        let painted = style.map { console.styled(cut, $0) } ?? cut
        let isLast = place == shown.count - 1
        switch columns[index].alignment {
        case .left: line += painted + (isLast ? "" : space)
        case .right: line += space + painted
        }
        if !isLast { line += String(repeating: " ", count: TextTable.gap) }
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
