import Platform
import Python

/// Looks at single files with the rules that are on.
package struct FileChecker: Sendable {
  private let selection: RuleSelection
  /// Of all rules about secrets together.
  private let secrets: SecretScanner
  /// Larger files are not looked at, but for their size.
  package static let largest = 64 << 20

  package init(_ selection: RuleSelection) {
    self.selection = selection
    secrets = SecretScanner(of: selection.active.map(\.rule))
  }

  /// What breaks the rules, in the order of the file; what comments leave out is not in it.
  package func findings(in file: CheckedFile) -> [Finding] {
    let rules = selection.rules(for: file)
    guard !rules.isEmpty, file.bytes.count <= Self.largest else { return [] }
    var collector = FindingCollector(file, selection.language)
    findSecrets(rules, file, &collector)
    if let source = file.python { run(rules, on: source, &collector) }
    for rule in rules {
      switch rule.rule.matcher {
      case .text(let matcher):
        matcher.run(file) { collector.add(rule, $0) }
      case .file(let check) where !(check is SecretCheck):
        check.run(file) { collector.add(rule, $0) }
      case .file, .pythonCheck, .pythonQuery, .commit, .project: break
      }
    }
    findUnusedComments(rules, file, &collector)
    return Finding.sorted(collector.findings)
  }

  private func findUnusedComments(
    _ rules: [RuleSelection.Active], _ file: CheckedFile, _ collector: inout FindingCollector
  ) {
    guard let rule = rules.first(where: { $0.check is UnusedComments }),
      let check = rule.check as? UnusedComments, let source = file.python
    else { return }
    let directives = collector.suppressions.directives
    guard !directives.isEmpty else { return }
    let active = rules.reduce(into: Set<String>()) { codes, rule in
      codes.formUnion(rule.rule.codes.filter { !rule.ignored.contains($0) })
    }
    let codes = UnusedComments.Codes(
      known: selection.known, active: active, rules: rules.map(\.rule),
      isElsewhere: selection.isElsewhere)
    check.check(directives, codes, source) { collector.add(rule, $0, isAboutComment: true) }
  }

  private func findSecrets(
    _ rules: [RuleSelection.Active], _ file: CheckedFile, _ collector: inout FindingCollector
  ) {
    guard !secrets.rules.isEmpty, file.language != .binary else { return }
    let matches = SecretSession(secrets, file.matchers).scan(file.bytes, path: file.path)
    guard !matches.isEmpty else { return }
    collector.secrets = HiddenSecrets(matches, in: file.bytes)
    for match in matches
    where !selection.allowedSecrets.allows(file.bytes[match.range], of: match.rule) {
      if let rule = rules.first(where: { $0.rule.id == match.rule }) {
        collector.add(rule, match.finding)
      }
    }
  }

  /// The secrets in a file that no list allows, with their rules.
  package func secrets(in file: CheckedFile) -> [(rule: String, secret: ArraySlice<UInt8>)] {
    let rules = Set(selection.rules(for: file).map(\.rule.id))
    guard file.language != .binary else { return [] }
    return secrets.scan(file.bytes, path: file.path).filter { rules.contains($0.rule) }
      .map { ($0.rule, file.bytes[$0.range]) }
      .filter { !selection.allowedSecrets.allows($0.1, of: $0.0) }
  }

  private func run(
    _ rules: [RuleSelection.Active], on source: PythonSource, _ collector: inout FindingCollector
  ) {
    var queries = QueryIndex()
    let rules = source.isUnfinishedMerge ? Self.ofUnfinishedMerge(rules) : rules
    for rule in rules {
      switch rule.rule.matcher {
      case .pythonCheck:
        rule.check?.run(source) { finding in
          guard finding.code.map({ !rule.ignored.contains($0) }) ?? true else { return }
          collector.add(rule, finding)
        }
      case .pythonQuery(let query, let fix): queries.add(rule, query, fix)
      case .text, .file, .commit, .project: break
      }
    }
    guard !queries.isEmpty else { return }
    let tree = source.tree
    for node in tree.all {
      queries.forEach(node, source) { own in
        var captures: [String: String] = [:]
        guard own.query.matches(node, source, &captures) else { return }
        let range = source.reportRange(of: node)
        let fix = own.fix?.fix(tree.range(of: node), captures)
        collector.add(
          own.rule,
          PythonFinding(
            own.rule.rule.codes.first, range,
            source.values(of: node).merging(captures) { first, _ in first }, fix: fix))
      }
    }
  }
}

extension FileChecker {
  /// The rule about marks of a merge tells of such a file; where it is off, it is no Python.
  private static func ofUnfinishedMerge(_ rules: [RuleSelection.Active]) -> [RuleSelection.Active] {
    if rules.contains(where: { $0.rule.id == "text.merge-conflict" }) { return [] }
    return rules.filter { $0.check is SyntaxErrors }
  }
}

extension PythonSource {
  /// What is wrong about it are marks of a merge: it is two files in one, nothing else of it is worth telling, and above all
  /// nothing to be mended.
  fileprivate var isUnfinishedMerge: Bool {
    tree.problems.contains { MergeMarks.isMark(bytes[min($0.start, bytes.count)...]) }
  }

  /// Where a finding about a node points: of a definition only at its name.
  fileprivate func reportRange(of node: NodeID) -> Range<Int> {
    switch tree.kind(node) {
    case .functionDef, .classDef, .exceptHandler:
      if let token = tree.nameToken(of: node) { return list.tokens[token].range }
      let range = tree.range(of: node)
      return range.lowerBound..<min(range.upperBound, range.lowerBound + 6)
    default: return tree.range(of: node)
    }
  }

  /// What the names in a message stand for.
  fileprivate func values(of node: NodeID) -> [String: String] {
    var values: [String: String] = [:]
    if tree.kind(node) == .call { values["callee"] = tree.text(tree.function(of: node)) }
    if let name = tree.name(of: node) { values["name"] = name }
    var text = tree.text(node)
    if let end = text.firstIndex(where: \.isNewline) { text = String(text[..<end]) + "…" }
    values["text"] = text
    return values
  }
}
