import Formats
import Platform
import Records
import Runner

/// What a replay came to, or would meet, for a terminal.
struct ReplayPage {
  let original: Run
  let console: Console

  // MARK: Before

  func json(of plan: ReplayPlan) -> JSONValue {
    .object([
      .init("run_id", .string(original.id.hex)), .init("possible", .bool(plan.isPossible)),
      .init("problems", .array(plan.problems.map(\.json))),
      .init("reproducibility", Reproducibility(original)?.json ?? .null),
    ])
  }

  func text(of plan: ReplayPlan) -> String {
    let title = console.styled(singleLine(original.name), .bold) + "  " + original.id.hex
    var parts = [title]
    if let known = Reproducibility(original) {
      parts.append(ReproducibilityTable(known, console: console).text)
    }
    if plan.problems.isEmpty {
      parts.append(console.styled("everything is as it was", .green))
    } else {
      parts.append(plan.problems.map(line).joined(separator: "\n"))
    }
    let id = original.id.hex.prefix(8)
    parts.append(
      plan.isPossible
        ? "`reprise replay \(id)` plays it again"
        : console.styled("it cannot be played again", .red))
    return parts.joined(separator: "\n\n")
  }

  private func line(_ problem: ReplayProblem) -> String {
    let word =
      problem.isBlocking ? console.styled("missing", .red) : console.styled("other", .yellow)
    let advice = problem.advice.map { "\n         " + console.styled(singleLine($0), .dim) } ?? ""
    return "\(word)\(problem.isBlocking ? "" : "  ")  \(singleLine(problem.text))\(advice)"
  }

  // MARK: After

  func text(of verdict: ReplayVerdict) -> String {
    var parts = [head(verdict)]
    if let ending = verdict.ending {
      parts.append(
        "\(ending.name): \(ending.first ?? "none") \(arrow) \(ending.second ?? "none")")
    }
    for (title, verdicts) in [
      ("OUTPUTS", verdict.outputs), ("ARTIFACTS", verdict.artifacts), ("METRICS", verdict.metrics),
      ("LOGS", verdict.logs),
    ] where !verdicts.isEmpty {
      parts.append(console.styled(title, .bold) + "\n" + rows(verdicts))
    }
    if !verdict.isSame || !verdict.causes.isEmpty { parts.append(causes(verdict)) }
    return parts.joined(separator: "\n\n")
  }

  private func head(_ verdict: ReplayVerdict) -> String {
    let runs = "\(singleLine(original.name)) (\(original.id.hex.prefix(8)))"
    guard verdict.isSame else {
      let count = verdict.deciding.filter { !$0.kind.isSame }.count
      let what =
        count == 0
        ? "it ended otherwise" : count == 1 ? "1 result differs" : "\(count) results differ"
      return console.styled("different", .red) + " from \(runs): \(what)"
    }
    if verdict.deciding.isEmpty {
      return console.styled("same", .green)
        + " as \(runs): it ended alike; there was nothing to compare"
    }
    let isIdentical = verdict.deciding.allSatisfy { $0.kind == .identical }
    return console.styled("same", .green) + " as \(runs): "
      + (isIdentical
        ? "every result is identical"
        : "every result is identical or equal within \(verdict.tolerance)")
  }

  /// What is not identical by itself; the rest is a number.
  private func rows(_ verdicts: [OutputVerdict]) -> String {
    let told = verdicts.filter { $0.kind != .identical }
    var rows: [(name: String, value: String)] = []
    if verdicts.count <= 12 || told.isEmpty && verdicts.count <= 20 {
      rows = verdicts.map { ($0.name, value($0)) }
    } else {
      rows = told.prefix(40).map { ($0.name, value($0)) }
      if told.count > 40 { rows.append(("…", "\(told.count - 40) more")) }
      let count = verdicts.count - told.count
      if count > 0 { rows.append(("\(count) others", console.styled("identical", .green))) }
    }
    return aligned(rows, indent: "  ", widest: 40)
  }

  private func value(_ verdict: OutputVerdict) -> String {
    let style: Style =
      switch verdict.kind {
      case .identical: .green
      case .equal: .cyan
      case .different, .missing, .new: .red
      }
    var text = console.styled(verdict.kind.rawValue, style)
    if let detail = verdict.detail { text += "  " + singleLine(detail) }
    if verdict.differences > 1 { text += console.styled("  (\(verdict.differences) in all)", .dim) }
    return text
  }

  private func causes(_ verdict: ReplayVerdict) -> String {
    guard !verdict.causes.isEmpty else {
      return
        "parameters, code, data and environment are the same: chance, time or the order of threads is in the entry point; "
        + "`reprise check` points at what makes a run unrepeatable"
    }
    let title = verdict.isSame ? "NOT AS IT WAS" : "WHAT ELSE DIFFERS"
    let rows = verdict.causes.prefix(20).map { change in
      (
        name: change.name,
        value:
          "\(singleLine(change.first ?? "none")) \(arrow) \(singleLine(change.second ?? "none"))"
      )
    }
    let more = verdict.causes.count > 20 ? "\n  … \(verdict.causes.count - 20) more" : ""
    return console.styled(title, .bold) + "\n" + aligned(rows, indent: "  ", widest: 40) + more
  }

  private var arrow: String { "→" }
}
