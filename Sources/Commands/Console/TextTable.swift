import Platform

/// Rows under headings, columns as wide as their longest cell, made to fit a terminal.
///
/// What is narrow loses whole columns, those of least importance first. Numbers and times are never cut, because a part of
/// one is another; names are, with an ellipsis, when they are long or nothing else is left to give way.
struct TextTable {
  struct Column {
    let title: String
    var alignment: Alignment
    /// Columns go in the order of this number, largest first, when the terminal is narrow; 0 never does.
    var yields: Int
    /// Whether its cells are names or other text, which may be cut.
    var isText: Bool

    init(title: String, alignment: Alignment = .left, yields: Int = 0, isText: Bool = false) {
      self.title = singleLine(title)
      self.alignment = alignment
      self.yields = yields
      self.isText = isText
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
  /// What text and titles are cut to before a column goes for their sake: room for a name that was made up.
  private static let comfortable = 20
  /// What they are cut to at the most.
  private static let narrowest = 8

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
  /// The most important are taken first, as many as fit with their text at a comfortable width, or squeezed when there is
  /// not even room for that; what room is left goes back to what was cut.
  private func layout(_ limit: Int?) -> (shown: [Int], widths: [Int]) {
    let wanted = columns.indices.map { width(of: $0, textUpTo: .max) }
    guard let limit else { return (Array(columns.indices), wanted) }
    var widths = wanted
    var shown: [Int] = []
    var room = limit + TextTable.gap
    let order = columns.indices.sorted { (columns[$0].yields, $0) < (columns[$1].yields, $1) }
    for index in order {
      guard let least = least(of: index, in: room - TextTable.gap) else { continue }
      shown.append(index)
      widths[index] = least
      room -= least + TextTable.gap
    }
    for index in shown {
      let more = max(min(wanted[index] - widths[index], room), shrinking(index, widths, room))
      widths[index] += more
      room -= more
    }
    return (shown.sorted(), widths)
  }

  /// The width that a column is taken with; nil when it has to go.
  private func least(of index: Int, in room: Int) -> Int? {
    let comfortable = width(of: index, textUpTo: TextTable.comfortable)
    if comfortable <= room || columns[index].yields == 0 { return comfortable }
    let narrowest = width(of: index, textUpTo: TextTable.narrowest)
    return columns[index].isText && narrowest <= room ? narrowest : nil
  }

  /// How much a column has to give when those that never go are too wide together: nothing, or a number below zero.
  private func shrinking(_ index: Int, _ widths: [Int], _ room: Int) -> Int {
    guard room < 0 else { return 0 }
    return min(0, max(room, width(of: index, textUpTo: TextTable.narrowest) - widths[index]))
  }

  /// The width of a column whose text, and whose title, is cut to a width.
  private func width(of index: Int, textUpTo most: Int) -> Int {
    let title = min(most, textWidth(columns[index].title))
    let cells = rows.map { textWidth($0[index].text) }.max() ?? 0
    return max(title, columns[index].isText ? min(most, cells) : cells)
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
