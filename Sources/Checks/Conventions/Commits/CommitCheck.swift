import Platform

/// Looks at messages of commits and at names of branches, with the rules that are on.
package struct CommitCheck: Sendable {
  private let message: [(RuleSelection.Active, MessageRule)]
  private let branch: [(RuleSelection.Active, BranchRule)]
  private let language: MessageLanguage

  package init(_ selection: RuleSelection) throws {
    language = selection.language
    var message: [(RuleSelection.Active, MessageRule)] = []
    var branch: [(RuleSelection.Active, BranchRule)] = []
    for active in selection.active where !active.isOff {
      guard case .commit(let matcher) = active.rule.matcher else { continue }
      do {
        switch matcher {
        case .message: message.append((active, try MessageRule(active.rule.options)))
        case .branch: branch.append((active, try BranchRule(active.rule.options)))
        }
      } catch {
        throw error.failure(in: "reprise.yml")
      }
    }
    self.message = message
    self.branch = branch
  }

  /// - Parameters:
  ///   - message: as git keeps it, or as an editor left it.
  ///   - path: what findings name: a file, or a commit.
  ///   - isFile: whether it may hold git's comments, and what stands below its scissors.
  package func findings(message: [UInt8], path: String, isFile: Bool) -> [Finding] {
    let text = String(decoding: message, as: UTF8.self)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      String($0.last == "\r" ? $0.dropLast() : $0)
    }
    if isFile {
      if let scissors = lines.firstIndex(where: { $0.hasPrefix("# ------------------------ >8") }) {
        lines.removeSubrange(scissors...)
      }
    }
    var findings: [Finding] = []
    for (active, rule) in self.message {
      rule.check(lines, comments: isFile) { kind, line, columns, values in
        findings.append(finding(active, kind, path, line, columns, values, lines))
      }
    }
    return findings.sorted(by: Finding.isBefore)
  }

  /// - Parameters:
  ///   - branch: nil when HEAD is detached.
  ///   - isCommitting: whether a commit is about to be made on it.
  package func findings(branch: String?, isCommitting: Bool) -> [Finding] {
    guard let branch else { return [] }
    var findings: [Finding] = []
    for (active, rule) in self.branch {
      rule.check(branch, isCommitting: isCommitting) { kind, values in
        findings.append(finding(active, kind, "branch \(branch)", nil, nil, values, []))
      }
    }
    return findings
  }

  private func finding(
    _ active: RuleSelection.Active, _ kind: String, _ path: String, _ line: Int?,
    _ columns: Range<Int>?, _ values: [String: String], _ lines: [String]
  ) -> Finding {
    Finding(
      rule: active.rule.id, severity: active.rule.severity, path: path, line: line,
      column: columns.map { $0.lowerBound }, endLine: line, endColumn: columns?.upperBound,
      message: active.rule.messages.text(kind, values, in: language),
      source: line.map { lines[$0 - 1] })
  }
}
