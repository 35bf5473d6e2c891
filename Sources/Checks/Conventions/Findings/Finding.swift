/// One place that breaks one rule.
package struct Finding: Sendable, Hashable {
  /// The rule's id: `py.whitespace`.
  package var rule: String
  /// What other tools call it: `E225`; nil when they have no name for it.
  package var code: String?
  package var severity: Severity
  /// From the project's root.
  package var path: String
  /// The cell of a notebook, counted from 1; lines are counted in it.
  package var cell: Int?
  /// Counted from 1; nil for what is said of a whole file.
  package var line: Int?
  /// Counted from 1, in characters.
  package var column: Int?
  package var endLine: Int?
  /// Behind the last character.
  package var endColumn: Int?
  package var message: String
  package var fix: Fix?
  /// The lines it stands in, for reports and fingerprints; without the line's end.
  package var source: String?
  /// The classes and functions around it: `Model.fit`; empty outside of all.
  package var context: String

  package init(
    rule: String, code: String? = nil, severity: Severity = .warning, path: String,
    cell: Int? = nil, line: Int? = nil, column: Int? = nil, endLine: Int? = nil,
    endColumn: Int? = nil, message: String, fix: Fix? = nil, source: String? = nil,
    context: String = ""
  ) {
    self.rule = rule
    self.code = code
    self.severity = severity
    self.path = path
    self.cell = cell
    self.line = line
    self.column = column
    self.endLine = endLine
    self.endColumn = endColumn
    self.message = message
    self.fix = fix
    self.source = source
    self.context = context
  }

  /// The order of reports: by path, place and rule.
  package static func isBefore(_ left: Finding, _ right: Finding) -> Bool {
    if left.path != right.path {
      return left.path.utf8.lexicographicallyPrecedes(right.path.utf8)
    }
    let one = (left.cell ?? 0, left.line ?? 0, left.column ?? 0)
    let two = (right.cell ?? 0, right.line ?? 0, right.column ?? 0)
    if one != two { return one < two }
    if left.rule != right.rule { return left.rule < right.rule }
    return (left.code ?? "", left.message) < (right.code ?? "", right.message)
  }

  /// The findings of one file in the order of reports.
  static func sorted(_ findings: [Finding]) -> [Finding] {
    // Places tell nearly all of them apart, and are moved faster than findings.
    let order = findings.indices.map { index in
      (
        cell: findings[index].cell ?? 0, line: findings[index].line ?? 0,
        column: findings[index].column ?? 0, index: index
      )
    }.sorted { left, right in
      let one = (left.cell, left.line, left.column)
      let two = (right.cell, right.line, right.column)
      return one != two ? one < two : isBefore(findings[left.index], findings[right.index])
    }
    return order.map { findings[$0.index] }
  }
}
