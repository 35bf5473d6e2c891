import Platform
import Python

/// E101, W191, E111 to E117: four spaces for each block, and no tabs.
struct Indentation: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let layout = source.layout
    if layout.hasTabs { checkTabs(source, report) }
    let usesTabs = Self.usesTabs(source)
    source.list.tokens.withUnsafeBufferPointer { tokens in
      layout.traits.withUnsafeBufferPointer { traits in
        var last: (level: Int, opensBlock: Bool)?
        for line in layout.lines {
          let opens = last?.opensBlock ?? false
          if line.columns % 4 != 0 || opens || line.columns > last?.level ?? 0 {
            check(line, Int(tokens[line.first].start), last, usesTabs, report)
          }
          guard !line.isComment else { continue }
          var end = line.tokens.upperBound - 1
          while end > line.first, !traits[end].contains(.isContent) { end -= 1 }
          last = (line.columns, tokens[end].kind == .colon)
        }
      }
    }
  }

  private func check(
    _ line: LayoutLines.Line, _ start: Int, _ last: (level: Int, opensBlock: Bool)?,
    _ usesTabs: Bool, _ report: (PythonFinding) -> Void
  ) {
    let level = line.columns
    let opens = last?.opensBlock ?? false
    let range = line.start..<max(line.start, start)
    func add(_ code: String, _ comment: String) {
      report(
        PythonFinding(line.isComment ? comment : code, range, ["columns": String(level)]))
    }
    if level % 4 != 0 { add("E111", "E114") }
    if opens, level <= last?.level ?? 0 {
      add("E112", "E115")
    } else if !opens, let last, level > last.level {
      add("E113", "E116")
    }
    if opens, level > (last?.level ?? 0) + (usesTabs ? 8 : 4) { add("E117", "E117") }
  }

  /// Whether the first block of a file is indented by a tab.
  private static func usesTabs(_ source: PythonSource) -> Bool {
    guard let first = source.list.tokens.first(where: { $0.kind == .indent }) else { return false }
    let text = source.bytes[first.range]
    return (text.lastIndex(of: 0x0C).map { text[($0 + 1)...] } ?? text).first == 0x09
  }

  /// E101 in every line, even of a string; W191 in lines of code.
  private func checkTabs(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let bytes = source.bytes
    let lines = source.list.lines
    var place = 0
    while let tab = bytes[place...].firstIndex(of: 0x09) {
      let line = lines.line(of: tab)
      let start = lines.start(ofLine: line)
      let next = line < lines.count ? lines.start(ofLine: line + 1) : bytes.count
      place = next
      var end = start
      var hasTab = false
      var hasSpace = false
      while end < next, [0x20, 0x09, 0x0C].contains(bytes[end]) {
        if bytes[end] == 0x09 { hasTab = true }
        if bytes[end] == 0x20 { hasSpace = true }
        end += 1
      }
      guard hasTab else { continue }
      if hasSpace { report(PythonFinding("E101", start..<end)) }
      if end < bytes.count, !source.isInTripleQuotes(start..<end) {
        report(PythonFinding("W191", start..<end))
      }
    }
  }
}
