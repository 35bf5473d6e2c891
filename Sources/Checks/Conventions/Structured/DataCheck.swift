import Formats
import Platform

/// A rule about the values of a YAML, JSON or TOML file: a path, and what is asked of what it leads to.
struct DataCheck: FileCheck {
  private enum Question: Sendable {
    /// Whether it can be read, and names each key once.
    case syntax
    case demands(DataPath, DataDemands)
  }

  private enum Check: String, CaseIterable { case syntax }

  private let format: DataDocuments.Format
  private let question: Question

  init(_ node: YAMLNode, _ format: DataDocuments.Format) throws(ParseFailure) {
    self.format = format
    let fields = try RuleFields(node, "`match`", known: ["check", "path"] + DataDemands.keys)
    if try fields.choice("check", Check.self) != nil {
      guard fields.keys.count == 1 else { throw node.failure("`check` stands alone") }
      question = .syntax
      return
    }
    guard fields.keys.contains(where: { $0 != "path" }) else {
      throw node.failure(
        "a rule about data asks for something",
        hint: "one of: check, " + DataDemands.keys.joined(separator: ", "))
    }
    let path = try DataPath(fields.text("path") ?? "$", at: fields["path"] ?? node)
    question = .demands(path, try DataDemands(fields))
  }

  func run(_ file: CheckedFile, _ report: (FileFinding) -> Void) {
    guard file.bytes.count <= DataDocuments.largest else { return }
    switch (question, file.documents(format)) {
    case (.syntax, .failure(let failure)):
      guard !isTemplate(file.bytes) else { return }
      let place = DataDocuments.Places(file.bytes).offset(
        line: failure.line ?? 1, column: failure.column ?? 1)
      let why = failure.message + (failure.hint.map { " (\($0))" } ?? "")
      report(
        FileFinding("syntax", place..<min(file.bytes.count, place + 1), ["why": why]))
    case (.syntax, .success(let documents)):
      for root in documents.roots { findRepeated(in: root, file, report) }
    // What cannot be read is told by the rule about syntax.
    case (.demands, .failure): return
    case (.demands(let path, let demands), .success(let documents)):
      var told: Set<Told> = []
      for target in documents.roots.flatMap({ path.targets(in: $0) }) {
        demands.check(target, file.matchers) { code, range, values in
          // An alias has what it stands for told once.
          guard told.insert(Told(code: code, range: range, key: values["key"])).inserted else {
            return
          }
          let own = [
            "path": target.path.isEmpty ? "$" : target.path, "value": target.node.text,
            "key": target.key,
          ]
          report(FileFinding(code, range, own.merging(values) { $1 }))
        }
      }
    }
  }

  private struct Told: Hashable {
    var code: String
    var range: Range<Int>
    var key: String?
  }

  /// Keys that a mapping has twice, of which readers keep one.
  private func findRepeated(
    in node: DataNode, _ file: CheckedFile, _ report: (FileFinding) -> Void
  ) {
    guard !node.isAlias else { return }
    for item in node.items ?? [] { findRepeated(in: item, file, report) }
    guard let members = node.members else { return }
    var first: [String: Range<Int>] = [:]
    for member in members {
      // Several merges are one, of a list: `<<: [*a, *b]`.
      if let known = first[member.identity] {
        report(
          FileFinding(
            "repeated", member.keyRange,
            ["key": member.key, "line": String(file.place(of: known.lowerBound).line)]))
      } else {
        first[member.identity] = member.keyRange
      }
      findRepeated(in: member.value, file, report)
    }
  }

  /// Whether a text is filled in before it is read: `{% … %}`, or `{{ … }}` where that is no `${{ … }}` of a workflow.
  private func isTemplate(_ bytes: [UInt8]) -> Bool {
    var previous: (UInt8, UInt8) = (0, 0)
    for byte in bytes {
      if previous.1 == UInt8(ascii: "{") {
        if byte == UInt8(ascii: "%") { return true }
        if byte == UInt8(ascii: "{"), previous.0 != UInt8(ascii: "$") { return true }
      }
      previous = (previous.1, byte)
    }
    return false
  }
}
