import Python

/// The rules about blank lines for one line.
struct BlankLineCheck {
  private let line: StatementLine
  private let state: BlankLineState
  private let lastIndent: Int?
  private let source: PythonSource

  init(
    _ line: StatementLine, _ state: BlankLineState, _ lastIndent: Int?, _ source: PythonSource
  ) {
    self.line = line
    self.state = state
    self.lastIndent = lastIndent
    self.source = source
  }

  func run(_ report: (PythonFinding) -> Void) {
    let wanted = line.indent == 0 ? 2 : 1
    if line.kind.isDefinition { checkDefinition(wanted, report) }
    if line.blanks > wanted, let range = line.blankRange {
      report(finding("E303", wanted, Fix.Edit(range, newlines(wanted))))
    }
    if state.follows == .decorator, !line.isComment, line.most > 0 {
      report(finding("E304", 0, withoutBlankLines()))
    }
    if line.most < 2, state.lastTop?.isDefinition == true, line.indent == 0, !line.isComment,
      !line.kind.isDefinition
    {
      report(finding("E305", 2, filling(2)))
    }
  }

  private func checkDefinition(_ wanted: Int, _ report: (PythonFinding) -> Void) {
    guard state.follows != .decorator else { return }
    // Functions of one line each may stand together.
    let isGrouped = state.follows.isFunction && line.last != .colon
    let isInBlock = lastIndent.map { $0 >= line.indent } ?? false
    let isFree = !isGrouped && state.follows != .stub && state.follows != .docstring && isInBlock
    if line.most == 0, line.kind != .classLine, isFree, state.classes.isInside,
      !state.functions.isInside
    {
      let place = source.lineStart(of: state.lastEnd)
      report(finding("E301", 1, Fix.Edit(place..<place, source.newline)))
    }
    if line.most < wanted, line.indent == 0, !isGrouped,
      state.follows != .stub || line.most > 0, state.hasCode
    {
      report(finding("E302", wanted, filling(wanted)))
    }
    if line.most == 0, isFree, state.functions.isInside {
      let place = source.lineStart(of: Int(line.first.start))
      report(finding("E306", 1, Fix.Edit(place..<place, source.newline)))
    }
  }

  private func finding(_ code: String, _ wanted: Int, _ edit: Fix.Edit) -> PythonFinding {
    let found = code == "E303" ? line.blanks : line.most
    return PythonFinding(
      code, line.first.range, ["found": String(found), "wanted": String(wanted)], fix: Fix([edit]))
  }

  private func newlines(_ count: Int) -> String { String(repeating: source.newline, count: count) }

  /// So many blank lines before the line, or before the comments that belong to it.
  private func filling(_ wanted: Int) -> Fix.Edit {
    if let range = line.blankRange { return Fix.Edit(range, newlines(wanted)) }
    let place = source.lineStart(of: state.lastEnd)
    return Fix.Edit(place..<place, newlines(wanted - line.most))
  }

  /// What stands between a decorator and what it decorates, without blank lines.
  private func withoutBlankLines() -> Fix.Edit {
    let range = state.lastEnd..<source.lineStart(of: Int(line.first.start))
    var text: [UInt8] = []
    for part in source.bytes[range].split(whereSeparator: { $0 == 0x0A || $0 == 0x0D })
    where !part.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0C }) {
      text += part
      text += Array(source.newline.utf8)
    }
    return Fix.Edit(range, text)
  }
}
