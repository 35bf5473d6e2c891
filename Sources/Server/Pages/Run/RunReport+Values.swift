import Records

extension RunReport {
  var metrics: Section? {
    guard !run.metrics.isEmpty else { return nil }
    let options = ChartOptions(at.query)
    // One value alone is a number, not a curve.
    let lines = document.curves.filter { ($0.curve?.points.count ?? (at.isStill ? 0 : 2)) > 1 }
    let figures = lines.map { key, curve in
      ChartFigure(
        at: at, key: key, runs: [run.id], curves: curve.map { [$0] }, options: options
      ).figure
    }
    let charts: HTML =
      figures.isEmpty
      ? .nothing
      : "\(at.isStill ? .nothing : ChartControls(at: at, options: options, path: path, hidden: []).form)<div class=\"charts\">\(figures)</div>"
    return Section(
      id: "metrics", title: .metrics,
      content: """
        <div class="sheet" tabindex="0" role="group" aria-label="\(at[.metrics])"><table class="values">\
        <thead><tr><th scope="col">\(at[.name])</th>\
        <th scope="col" class="number">\(at[.latest])</th><th scope="col" class="number">\(at[.step])\
        </th></tr></thead><tbody>
        \(inReadingOrder(run.metrics.map(\.key)).compactMap(run.metric).map { metric in
          """
          <tr data-metric="\(metric.key)"><th scope="row">\(metric.key)</th><td class="number">\(PageNumber.metric(metric.value))</td>\
          <td class="number quiet">\(String(metric.step))</td></tr>

          """
        })</tbody></table></div>
        \(charts)
        """, aside: count(run.metrics.count))
  }

  var parameters: Section? {
    guard !run.params.isEmpty else { return nil }
    return Section(
      id: "parameters", title: .parameters,
      content: """
        <table class="values"><thead class="unseen"><tr><th scope="col">\(at[.name])</th>\
        <th scope="col">\(at[.value])</th>\
        <th scope="col">\(at[.note])</th></tr></thead><tbody>
        \(run.params.map { param in
          """
          <tr><th scope="row">\(param.key)</th><td class="text">\(param.value.isEmpty ? "''" : param.value)</td>\
          <td class="quiet">\(notes(param))</td></tr>

          """
        })</tbody></table>
        """, aside: count(run.params.count))
  }

  private func notes(_ param: Param) -> String {
    var notes: [String] = []
    if let kind = param.kind, kind != "string" { notes.append(kind) }
    if param.kind != nil, param.given == nil { notes.append(at[.usualValue]) }
    return notes.joined(separator: ", ")
  }

  var tags: Section? {
    TagForms(at: at, path: path, run.tags).html.map {
      Section(id: "tags", title: .tags, content: $0)
    }
  }

  /// Runs that this one started.
  var parts: Section? {
    guard !document.children.isEmpty else { return nil }
    let columns = RunColumn.suiting(document.children).filter { $0.group != .tags }
    let query = RunsQuery(QueryFields())
    let path = Address.path("experiments", "\(run.experiment)")
    let all = Address.of(path, [("filter", "tags.`mlflow.parentRunId` = '\(run.id.hex)'")])
    return Section(
      id: "parts", title: .nestedRuns,
      content: """
        <form action="/compare">\(RunsTable(at: at, query: query, path: path, columns: Array(columns.prefix(8)), runs: document.children).table)
        <p class="foot"><a href="\(all)">\(at[.showAll])</a> <button>\(at[.compare])</button></p></form>
        """, aside: count(document.children.count, isCut: document.hasMoreChildren))
  }

  func count(_ number: Int, isCut: Bool = false) -> HTML {
    "<span class=\"count\">\(PageNumber.grouped(number))\(isCut ? "+" : "")</span>"
  }

  /// Names and what they stand for.
  func pairs(_ rows: [(String, HTML)]) -> HTML {
    "<dl class=\"pairs\">\(rows.map { "<div><dt>\($0)</dt><dd>\($1)</dd></div>" })</dl>"
  }
}
