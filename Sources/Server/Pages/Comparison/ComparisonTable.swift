import Records

/// What runs were started with and what they gave, a run a column: what differs first, what is the same folded away.
struct ComparisonTable {
  let at: PageContext
  let runs: [Run]

  private struct Line {
    var name: String
    /// A cell for each run; nil where it has none.
    var cells: [String?]
    var isNumeric = false
    var differs: Bool { Set(cells).count > 1 }
  }

  var html: HTML {
    let params = lines(runs.flatMap { $0.params.map(\.key) }) { run, key in run.param(key)?.value }
    var metrics = lines(runs.flatMap { $0.metrics.map(\.key) }) { run, key in
      run.metric(key).map { PageNumber.metric($0.value) }
    }
    for index in metrics.indices { metrics[index].isNumeric = true }
    let facts = [
      Line(name: at[.started], cells: runs.map { PageNumber.local($0.startTime) }),
      Line(
        name: at[.duration],
        cells: runs.map { run in run.endTime.map { at.duration(run.startTime, $0) } }),
      Line(name: at[.source], cells: runs.map { $0.sourceName ?? $0.tag("mlflow.source.name") }),
      Line(
        name: at[.commit],
        cells: runs.map { $0.tag("mlflow.source.git.commit").map { String($0.prefix(12)) } }),
    ].filter { line in line.cells.contains { $0 != nil } }
    let same = params.filter { !$0.differs } + facts.filter { !$0.differs && $0.cells.count > 1 }
    return """
      <div class="sheet" tabindex="0" role="group" aria-label="\(at[.whatDiffers])">\
      <table class="beside"><thead><tr><th scope="col">\(at[.run])</th>\
      \(runs.enumerated().map { index, run -> HTML in
        """
        <th scope="col"><svg class="swatch c\(index % 8)" viewBox="0 0 14 14" aria-hidden="true"><path d="M1 7h12"/></svg> <a href="\(Address.path("runs", run.id.hex))">\(run.name)</a></th>
        """
      })</tr></thead>
      \(group(.parameters, params.filter(\.differs)))
      \(group(.metrics, metrics))
      \(group(.about, facts.filter { $0.differs || $0.cells.count == 1 }))
      </table></div>
      \(same.isEmpty ? .nothing : folded(same))
      """
  }

  private func lines(_ keys: [String], _ cell: (Run, String) -> String?) -> [Line] {
    inReadingOrder(Set(keys)).map { key in Line(name: key, cells: runs.map { cell($0, key) }) }
  }

  private func group(_ title: Phrase, _ lines: [Line]) -> HTML {
    guard !lines.isEmpty else { return .nothing }
    return """
      <tbody><tr class="group"><th scope="rowgroup" colspan="\(runs.count + 1)"><span>\(at[title])</span></th></tr>
      \(lines.map(row))</tbody>
      """
  }

  private func row(_ line: Line) -> HTML {
    """
    <tr><th scope="row">\(line.name)</th>\(line.cells.map { cell -> HTML in
      let name = line.isNumeric ? "number" : "text"
      return cell.map { "<td class=\"\(name)\">\($0)</td>" } ?? "<td class=\"\(name) none\">–</td>"
    })</tr>

    """
  }

  private func folded(_ lines: [Line]) -> HTML {
    """
    <details class="same"><summary>\(at.counted(.sameForAll, lines.count))</summary><dl class="pairs">\
    \(lines.map { "<div><dt>\($0.name)</dt><dd>\(($0.cells.first ?? nil) ?? "–")</dd></div>" as HTML })</dl></details>
    """
  }
}
