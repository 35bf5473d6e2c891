import Formats
import Notebooks
import Platform
import Python

/// Makes findings of what checks report about one file: with places that people know, messages, and fixes of the file itself.
struct FindingCollector {
  private let file: CheckedFile
  private let language: MessageLanguage
  var suppressions: Suppressions
  var secrets = HiddenSecrets()
  private(set) var findings: [Finding] = []

  init(_ file: CheckedFile, _ language: MessageLanguage) {
    self.file = file
    self.language = language
    suppressions = Suppressions(of: file)
  }

  /// Takes what was found in the file as Python, or in the cells of a notebook.
  ///
  /// - Parameter isAboutComment: whether it is about a comment, which then cannot leave it out.
  mutating func add(
    _ rule: RuleSelection.Active, _ found: PythonFinding, isAboutComment: Bool = false
  ) {
    guard let source = file.python else { return }
    let start = source.list.place(of: found.range.lowerBound)
    let statement = found.statement.map { source.list.lines.line(of: $0) }
    guard
      isAboutComment
        || !suppressions.leaveOut(rule.rule, found.code, line: start.line, statement: statement)
    else { return }
    let end = source.list.place(of: found.range.upperBound)
    var finding = finding(rule, found.code, found.values)
    finding.line = start.line
    finding.column = start.column
    finding.endLine = end.line
    finding.endColumn = end.column
    finding.source = secrets.hide(source.text(ofLine: start.line))
    finding.context = source.context(of: found.range.lowerBound)
    finding.fix = found.fix
    if let cells = file.cells {
      guard let place = cells.place(line: start.line) else { return }
      finding.cell = place.cell
      finding.line = place.line
      // A place at the end of a cell is in that cell, not at the start of the next.
      finding.endLine = place.line + end.line - start.line
      finding.fix = found.fix.flatMap { fix($0, cells) }
    }
    findings.append(finding)
  }

  /// Takes what was found in the file's own bytes.
  mutating func add(_ rule: RuleSelection.Active, _ found: FileFinding) {
    // Of a notebook a line is one of JSON, where no comment can stand and that only says something where there is no cell.
    let isPlaced = file.language != .notebook || found.cell == nil
    let start = isPlaced ? found.range.map { file.place(of: $0.lowerBound) } : nil
    if file.language != .notebook,
      suppressions.leaveOut(rule.rule, found.code, line: start?.line ?? 1)
    {
      return
    }
    var finding = finding(rule, found.code, found.values)
    finding.cell = found.cell
    finding.fix = found.fix
    if found.cell == nil, let range = found.range, let start {
      let end = file.place(of: range.upperBound)
      finding.line = start.line
      finding.column = start.column
      finding.endLine = end.line
      finding.endColumn = end.column
      finding.source = secrets.hide(file.text(ofLine: start.line))
    }
    findings.append(finding)
  }

  private func finding(
    _ rule: RuleSelection.Active, _ code: String?, _ values: [String: String]
  ) -> Finding {
    Finding(
      rule: rule.rule.id, code: code.flatMap { rule.rule.codes.contains($0) ? $0 : nil },
      severity: rule.rule.severity, path: file.path,
      message: secrets.hide(rule.rule.messages.text(code, values, in: language)))
  }

  /// The same changes in the strings of a notebook's file; nil where a place is not one string's.
  private func fix(_ fix: Fix, _ cells: JoinedCells) -> Fix? {
    var edits: [Fix.Edit] = []
    for edit in fix.edits {
      guard let range = cells.fileRange(edit.range) else { return nil }
      let text = JSONValue.string(String(decoding: edit.text, as: UTF8.self)).text()
      edits.append(Fix.Edit(range, text.utf8.dropFirst().dropLast()))
    }
    return Fix(isSafe: fix.isSafe, edits)
  }
}

extension PythonSource {
  /// The text of a line without its end.
  fileprivate func text(ofLine line: Int) -> String {
    guard line >= 1, line <= list.lines.count else { return "" }
    let start = list.lines.start(ofLine: line)
    var end = line < list.lines.count ? list.lines.start(ofLine: line + 1) : bytes.count
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return String(decoding: bytes[start..<min(end, start + 2000)], as: UTF8.self)
  }
}
