import Formats
import Records
import Runner

extension RunReport {
  /// Whether the run can be played again, and what came of it when it was.
  var replay: Section? {
    let known = Reproducibility(run)
    guard known != nil || document.verdict != nil else { return nil }
    return Section(
      id: "replay", title: .replay,
      content: "\(document.verdict.map(verdict) ?? .nothing)\(known.map(table) ?? .nothing)")
  }

  private func table(_ known: Reproducibility) -> HTML {
    """
    <h3>\(at[.reproducible, "\(known.score)"])</h3>
    <div class="sheet" tabindex="0" role="group" aria-label="\(at[.reproducible, "\(known.score)"])">\
    <table class="values kept"><tbody>
    \(known.items.map { item in
      """
      <tr><th scope="row">\(at[phrase(item.part)])</th><td class="\(style(item.state))">\(at[phrase(item.state)])</td>\
      <td>\(coded(item.text))\(item.advice.map { "<br><span class=\"quiet\">\(coded($0))</span>" as HTML })</td></tr>

      """ as HTML
    })</tbody></table></div>
    """
  }

  /// What stands in backticks is to be typed.
  private func coded(_ text: String) -> HTML {
    let pieces = text.split(separator: "`", omittingEmptySubsequences: false)
    guard pieces.count % 2 == 1 else { return "\(text)" }
    return pieces.enumerated().map { index, piece -> HTML in
      index % 2 == 1 ? "<code>\(piece)</code>" : "\(piece)"
    }.joined()
  }

  private func verdict(_ verdict: ReplayVerdict) -> HTML {
    let isReplay = verdict.replay == run.id
    let other = isReplay ? verdict.original : verdict.replay
    let name: HTML = "<code>\(other.hex.prefix(8))</code>"
    let link: HTML =
      at.isStill
      ? name
      : "<a href=\"\(Address.path("runs", other.hex))\">\(name)</a>"
    return """
      <p><strong class="\(verdict.isSame ? "good" : "bad")">\(at[verdict.isSame ? .sameResult : .otherResult])</strong> \
      \(at[isReplay ? .replayOf : .replayedBy]) \(link)</p>
      \(causes(verdict))
      \(results(verdict))
      """
  }

  private func results(_ verdict: ReplayVerdict) -> HTML {
    let rows = [
      (Phrase.outputs, verdict.outputs), (.artifacts, verdict.artifacts),
      (.metrics, verdict.metrics), (.logs, verdict.logs),
    ].flatMap { title, verdicts in verdicts.map { (title, $0) } }
    guard !rows.isEmpty else { return .nothing }
    return """
      <details\(verdict.isSame ? "" : " open")><summary>\(at[.whatCame]) (\(rows.count))</summary>
      <div class="sheet" tabindex="0" role="group" aria-label="\(at[.whatCame])"><table class="values"><tbody>
      \(rows.map { title, result in
        """
        <tr><th scope="row">\(result.name)</th><td class="quiet">\(at[title])</td>\
        <td class="\(result.kind.isSame ? "good" : "bad")">\(at[phrase(result.kind)])</td><td>\(result.detail ?? "")</td></tr>

        """ as HTML
      })</tbody></table></div></details>
      """
  }

  private func causes(_ verdict: ReplayVerdict) -> HTML {
    let changes = (verdict.ending.map { [$0] } ?? []) + verdict.causes
    guard !changes.isEmpty else { return .nothing }
    return """
      <div class="sheet" tabindex="0" role="group" aria-label="\(at[.whatDiffers])"><table class="values">\
      <caption>\(at[.whatDiffers])</caption><tbody>
      \(changes.prefix(40).map { change in
        """
        <tr><th scope="row">\(change.name)</th><td>\(change.first ?? "–")</td><td>→ \(change.second ?? "–")</td></tr>

        """ as HTML
      })</tbody></table></div>
      """
  }

  private func style(_ state: Reproducibility.State) -> String {
    switch state {
    case .kept: "good"
    case .partly: "quiet"
    case .lost: "bad"
    }
  }

  private func phrase(_ state: Reproducibility.State) -> Phrase {
    switch state {
    case .kept: .kept
    case .partly: .partlyKept
    case .lost: .lost
    }
  }

  private func phrase(_ part: Reproducibility.Part) -> Phrase {
    switch part {
    case .code: .code
    case .data: .data
    case .environment: .environment
    case .chance: .seed
    case .outputs: .outputs
    }
  }

  private func phrase(_ kind: OutputVerdict.Kind) -> Phrase {
    switch kind {
    case .identical: .identical
    case .equal: .equal
    case .different: .different
    case .missing: .missing
    case .new: .new
    }
  }
}

extension ReplayVerdict {
  /// The last one that a run has a part in; nil when it was never played again.
  static func read(of run: Run, in folder: ArtifactFolder) -> ReplayVerdict? {
    let names = ["verdict", run.tag(ReplayTags.lastReplay)].compactMap { $0 }
    return names.lazy.compactMap { folder.text("replay/\($0).json", limit: 1 << 22) }
      .compactMap { try? JSONValue(parsing: $0) }.compactMap { ReplayVerdict($0) }.first
  }
}
