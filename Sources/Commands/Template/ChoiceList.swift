import Platform

/// A list that a person picks from with the arrow keys; what is typed narrows it down.
struct ChoiceList {
  let labels: [String]
  let allowsSeveral: Bool
  private(set) var search = ""
  /// The place in ``visible``.
  private(set) var cursor = 0
  private(set) var marked: Set<Int>

  init(labels: [String], marked: [Int]? = nil) {
    self.labels = labels
    allowsSeveral = marked != nil
    self.marked = Set(marked ?? [])
  }

  /// The choices that hold what was typed, letter case apart.
  var visible: [Int] {
    guard !search.isEmpty else { return Array(labels.indices) }
    let wanted = search.lowercased()
    return labels.indices.filter { labels[$0].lowercased().contains(wanted) }
  }

  /// Where the arrow is; nil when nothing fits the search.
  var current: Int? { visible.indices.contains(cursor) ? visible[cursor] : nil }

  mutating func take(_ key: RawTerminal.Key) {
    let count = visible.count
    switch key {
    case .up where count > 0: cursor = (cursor + count - 1) % count
    case .down where count > 0: cursor = (cursor + 1) % count
    case .pageUp: cursor = max(0, cursor - 8)
    case .pageDown: cursor = max(0, min(count - 1, cursor + 8))
    case .home: cursor = 0
    case .end: cursor = max(0, count - 1)
    case .text(" ") where allowsSeveral && search.isEmpty, .tab where allowsSeveral:
      if let current { marked.formSymmetricDifference([current]) }
    case .text(let character):
      search.append(character)
      cursor = 0
    case .backspace:
      if !search.isEmpty { search.removeLast() }
      cursor = 0
    case .clear:
      search = ""
      cursor = 0
    default: break
    }
  }

  /// The lines to show, at most `height` of the choices, those around the arrow.
  func lines(height: Int, width: Int, paint: (String, Style) -> String) -> [String] {
    let visible = visible
    guard !visible.isEmpty else { return [paint("    nothing fits `\(search)`", .dim)] }
    let first = max(0, min(cursor - height / 2, visible.count - height))
    let shown = visible[first..<min(visible.count, first + height)]
    return shown.enumerated().map { offset, index in
      let isCurrent = first + offset == cursor
      let box = allowsSeveral ? (marked.contains(index) ? "[x] " : "[ ] ") : ""
      let line = fitted((isCurrent ? "  > " : "    ") + box + singleLine(labels[index]), to: width)
      return isCurrent ? paint(line, .cyan) : line
    }
  }
}
