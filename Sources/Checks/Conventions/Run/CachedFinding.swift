import Formats

/// A finding as the cache keeps it: a list, the path left out.
enum CachedFinding {
  static func json(_ finding: Finding) -> JSONValue {
    func number(_ value: Int?) -> JSONValue { value.map { .int(Int64($0)) } ?? .null }
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    var fix = JSONValue.null
    if let own = finding.fix {
      fix = .array(
        [.bool(own.isSafe)]
          + own.edits.flatMap { edit -> [JSONValue] in
            [
              .int(Int64(edit.range.lowerBound)), .int(Int64(edit.range.upperBound)),
              .string(String(decoding: edit.text, as: UTF8.self)),
            ]
          })
    }
    return .array([
      .string(finding.rule), text(finding.code), .string(finding.severity.rawValue),
      number(finding.cell), number(finding.line), number(finding.column), number(finding.endLine),
      number(finding.endColumn), .string(finding.message), text(finding.source),
      .string(finding.context), fix,
    ])
  }

  static func finding(_ value: JSONValue, path: String) -> Finding? {
    guard let items = value.array, items.count == 12, let rule = items[0].string,
      let severity = items[2].string.flatMap(Severity.init(rawValue:)),
      let message = items[8].string, let context = items[10].string
    else { return nil }
    func number(_ index: Int) -> Int? { items[index].int.flatMap { Int(exactly: $0) } }
    var finding = Finding(
      rule: rule, code: items[1].string, severity: severity, path: path, cell: number(3),
      line: number(4), column: number(5), endLine: number(6), endColumn: number(7),
      message: message, source: items[9].string, context: context)
    if let parts = items[11].array {
      guard let isSafe = parts.first?.bool, parts.count % 3 == 1 else { return nil }
      var edits: [Fix.Edit] = []
      for index in stride(from: 1, to: parts.count, by: 3) {
        guard let start = parts[index].int.flatMap({ Int(exactly: $0) }),
          let end = parts[index + 1].int.flatMap({ Int(exactly: $0) }), start >= 0, start <= end,
          let text = parts[index + 2].string
        else { return nil }
        edits.append(Fix.Edit(start..<end, text))
      }
      finding.fix = Fix(isSafe: isSafe, edits)
    }
    return finding
  }
}
