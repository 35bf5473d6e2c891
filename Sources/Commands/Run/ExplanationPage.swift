import Platform
import Records
import Runner

/// `reprise explain` for a terminal: what is the same, what changed, what would be done.
struct ExplanationPage {
  let explanation: Explanation
  let console: Console

  init(_ explanation: Explanation, console: Console) {
    self.explanation = explanation
    self.console = console
  }

  /// Changes of one part that are shown; the rest is counted.
  private static let most = 20

  var text: String {
    var rows: [(String, String)] = [("entry point", explanation.entryPoint)]
    rows.append(("compared", compared))
    let same = explanation.same.map(\.rawValue)
    if !same.isEmpty { rows.append(("same", same.joined(separator: ", "))) }
    for part in RunKey.Part.allCases {
      let changes = explanation.changes.filter { $0.part == part }
      for change in changes.prefix(Self.most) { rows.append((part.rawValue, text(of: change))) }
      if changes.count > Self.most {
        rows.append((part.rawValue, "and \(changes.count - Self.most) more"))
      }
    }
    rows += verdict
    return aligned(rows.map { ($0, lines(of: $1)) }) { console.styled($0, .bold) }
  }

  private var compared: String {
    guard let run = explanation.reference else { return "no run of this entry point is recorded" }
    let name = "\(singleLine(run.name)) (\(run.id.hex.prefix(8))), \(run.status.word)"
    return explanation.old == nil ? name + "; what it depended on was not kept" : name
  }

  /// Of a text of many lines the lines that differ, when it has as many as before.
  private func text(of change: Explanation.Change) -> String {
    let old = (change.old ?? "").split(separator: "\n", omittingEmptySubsequences: false)
    let new = (change.new ?? "").split(separator: "\n", omittingEmptySubsequences: false)
    guard old.count > 1, old.count == new.count else { return line(change) }
    let lines = zip(old, new).filter { $0 != $1 }.map { old, new in
      "\(shown(String(old))) → \(shown(String(new)))"
    }
    return lines.joined(separator: "\n")
  }

  private func line(_ change: Explanation.Change) -> String {
    let name = singleLine(change.name)
    guard isFile(change) else {
      return "\(name): \(shown(change.old)) → \(shown(change.new))"
    }
    switch (change.old, change.new) {
    case (nil, _): return "\(name) is new"
    case (_, nil): return "\(name) is gone"
    case (let old?, let new?): return "\(name) changed (\(short(old)) → \(short(new)))"
    }
  }

  private func isFile(_ change: Explanation.Change) -> Bool {
    [.inputs, .sources, .outputs].contains(change.part)
  }

  /// A digest by its first digits, without the kind in front of it.
  private func short(_ text: String) -> String {
    String((text.split(separator: " ").last { $0.utf8.count >= 40 } ?? text[...]).prefix(12))
  }

  private func shown(_ value: String?) -> String {
    guard let value else { return "·" }
    let text = singleLine(value)
    return text.isEmpty ? "''" : text
  }

  private var verdict: [(String, String)] {
    switch explanation.verdict {
    case .run(let reasons):
      return [("reprise run", "would run")] + reasons.map { ("because", $0) }
    case .skip(let maker, let outputs):
      let name = "\(singleLine(maker.name)) (\(maker.id.hex.prefix(8)))"
      return [
        ("reprise run", "would be skipped: same as \(name)"),
        (
          "outputs",
          outputs.isEmpty ? "all there" : "to restore: \(outputs.joined(separator: ", "))"
        ),
      ]
    }
  }
}
