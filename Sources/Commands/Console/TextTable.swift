import Platform

/// Rows under headings, columns as wide as their longest cell, cut to fit a terminal.
struct TextTable {
  struct Column {
    let title: String
    var alignment: Alignment
    /// Columns give way in the order of this number, largest first, when the terminal is narrow; 0 never does.
    var yields: Int

    init(title: String, alignment: Alignment = .left, yields: Int = 0) {
      self.title = singleLine(title)
      self.alignment = alignment
      self.yields = yields
    }
  }

  enum Alignment { case left, right }

  struct Cell: ExpressibleByStringInterpolation {
    /// On one line, whatever it was made of.
    let text: String
    var style: Style?

    init(_ text: String, _ style: Style? = nil) {
      self.text = singleLine(text)
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
    text(width: console.width) { console.styled($0, $1) }
  }

  /// - Parameter width: of the terminal, in cells; nil cuts nothing.
  func text(width: Int?, styled: (String, Style) -> String = { text, _ in text }) -> String {
    let (shown, widths) = layout(width)
    let head = columns.map { Cell($0.title, .bold) }
    return ([head] + rows).map { line($0, shown, widths, styled) }.joined(separator: "\n")
  }

  /// Which columns are shown and how wide.
  ///
  /// Those that yield are narrowed, then dropped; the room that is left goes to those that yield last.
  private func layout(_ limit: Int?) -> (shown: [Int], widths: [Int]) {
    let wanted = columns.indices.map { index in
      max(textWidth(columns[index].title), rows.map { textWidth($0[index].text) }.max() ?? 0)
    }
    var widths = wanted
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
    for index in order.reversed() where shown.contains(index) {
      widths[index] = min(wanted[index], widths[index] + max(0, -excess()))
    }
    return (shown, widths)
  }

  private func line(
    _ cells: [Cell], _ shown: [Int], _ widths: [Int], _ styled: (String, Style) -> String
  ) -> String {
    var line = ""
    for index in shown {
      let cell = cells[index]
      let cut = fitted(cell.text, to: widths[index])
      let space = String(repeating: " ", count: max(0, widths[index] - textWidth(cut)))
      let painted = cell.style.map { styled(cut, $0) } ?? cut
      switch columns[index].alignment {
      case .left: line += painted + space
      case .right: line += space + painted
      }
      if index != shown.last { line += String(repeating: " ", count: TextTable.gap) }
    }
    while line.last == " " { line.removeLast() }
    return line
  }
}
