import Formats

/// Reports that other programs read.
package enum FindingReport {
  /// A finding, its keys in order.
  package static func json(_ finding: Finding) -> JSONValue {
    var members: [JSONValue.Member] = []
    members.reserveCapacity(11)
    if let cell = finding.cell { members.append(.init("cell", .int(Int64(cell)))) }
    members.append(.init("codes", .array(finding.code.map { [.string($0)] } ?? [])))
    members.append(.init("column", number(finding.column)))
    members.append(.init("endColumn", number(finding.endColumn)))
    members.append(.init("endLine", number(finding.endLine)))
    members.append(.init("file", .string(finding.path)))
    members.append(.init("fix", finding.fix.map(json) ?? .null))
    members.append(.init("line", number(finding.line)))
    members.append(.init("message", .string(finding.message)))
    members.append(.init("rule", .string(finding.rule)))
    members.append(.init("severity", .string(finding.severity.rawValue)))
    return .object(members)
  }

  private static func number(_ value: Int?) -> JSONValue { value.map { .int(Int64($0)) } ?? .null }

  private static func json(_ fix: Fix) -> JSONValue {
    .object([
      .init(
        "edits",
        .array(
          fix.edits.map { edit in
            .object([
              .init("end", .int(Int64(edit.range.upperBound))),
              .init("start", .int(Int64(edit.range.lowerBound))),
              .init("text", .string(String(decoding: edit.text, as: UTF8.self))),
            ])
          })),
      .init("safe", .bool(fix.isSafe)),
    ])
  }

  /// One object a line.
  package static func jsonLines(_ findings: [Finding]) -> [UInt8] {
    JSONValue.lines(findings.lazy.map(json))
  }

  /// Annotations of GitHub Actions (docs: "Workflow commands").
  package static func github(_ findings: [Finding]) -> String {
    func escaped(_ text: String, isValue: Bool) -> String {
      var result = ""
      for character in text.unicodeScalars {
        switch character {
        case "%": result += "%25"
        case "\r": result += "%0D"
        case "\n": result += "%0A"
        case ":" where isValue: result += "%3A"
        case "," where isValue: result += "%2C"
        default: result.unicodeScalars.append(character)
        }
      }
      return result
    }
    return findings.map { finding in
      let word =
        switch finding.severity {
        case .error: "error"
        case .warning: "warning"
        case .info: "notice"
        }
      var values = ["file=" + escaped(finding.path, isValue: true)]
      if finding.cell == nil {
        if let line = finding.line { values.append("line=\(line)") }
        if let column = finding.column { values.append("col=\(column)") }
        if let line = finding.endLine { values.append("endLine=\(line)") }
        if let column = finding.endColumn { values.append("endColumn=\(column)") }
      }
      values.append("title=" + escaped(finding.code ?? finding.rule, isValue: true))
      let cell = finding.cell.map { "cell \($0): " } ?? ""
      return "::\(word) \(values.joined(separator: ","))::"
        + escaped("\(cell)\(finding.message) [\(finding.rule)]", isValue: false) + "\n"
    }.joined()
  }

  /// GitLab's code quality report (docs: "Code Quality", "Implement a custom tool").
  package static func gitlab(_ findings: [Finding]) -> JSONValue {
    var seen: [String: Int] = [:]
    return .array(
      findings.map { finding in
        let base = FindingFingerprint.text(of: finding)
        seen[base, default: 0] += 1
        let severity =
          switch finding.severity {
          case .error: "major"
          case .warning: "minor"
          case .info: "info"
          }
        return .object([
          .init("check_name", .string(finding.rule)),
          .init("description", .string(finding.message)),
          .init(
            "fingerprint",
            .string(FindingFingerprint.digest(base + "\n\(seen[base] ?? 1)"))),
          .init(
            "location",
            .object([
              .init("path", .string(finding.path)),
              .init("lines", .object([.init("begin", .int(Int64(finding.line ?? 1)))])),
            ])),
          .init("severity", .string(severity)),
        ])
      })
  }
}
