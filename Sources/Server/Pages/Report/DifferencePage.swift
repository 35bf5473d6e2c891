import Notebooks
import Platform
import Records
import Runner

/// Two runs side by side as a page that needs nothing else: what differs of parameters, metrics, data, environment and code, both
/// curves over each other, and the cells that put out something else.
package struct DifferencePage {
  private let difference: RunDifference
  private let curves: [(key: String, curves: [Curve])]
  private let cells: [CellPair]

  /// Metrics that are drawn; the table has all.
  private static let charts = 24

  /// - Parameter notebooks: the runs as notebooks.
  package init(
    _ difference: RunDifference, in store: RecordStore,
    notebooks: (NotebookDocument, NotebookDocument)
  ) throws {
    self.difference = difference
    let runs = [difference.first, difference.second]
    let keys = inReadingOrder(runs.flatMap { $0.metrics.map(\.key) }.unique)
    curves = try keys.prefix(Self.charts).compactMap { key in
      let curves = try runs.enumerated().compactMap {
        try store.curve(of: key, in: $1, colour: $0)
      }
      return curves.contains { $0.points.count > 1 } ? (key, curves) : nil
    }
    cells = CellPair.pairs(notebooks.0, notebooks.1)
  }

  package var bytes: [UInt8] {
    let contexts = Language.allCases.map { language in
      var at = PageContext(language: language)
      at.isStill = true
      return at
    }
    let title = "\(difference.first.name) – \(difference.second.name)"
    let page = ReportFrame(title: title).page(
      """
      \(ReportFrame.each(contexts) { head($0) })
      \(ReportFrame.each(contexts) { tables($0) })
      \(story(contexts))
      \(ReportFrame.each(contexts) { code($0) })
      """)
    return Array(page.text.utf8)
  }

  // MARK: Parts

  private func head(_ at: PageContext) -> HTML {
    let nothing: HTML = difference.isEmpty ? "<p>\(at[.nothingDiffers])</p>" : .nothing
    return """
      <div class="two">\([(difference.first, Phrase.first), (difference.second, .second)].map { run, phrase in
        """
        <div><p class="quiet">\(at[phrase])</p><h1>\(run.name)</h1><p class="lead">\
        \(Icon.status(run.status, at, showsWord: true)) <span class="facts"><span>\(at.time(run.startTime))</span>\
        <span>\(at.duration(run.startTime, run.endTime))</span>\
        <code class="id">\(run.id.hex.prefix(12))</code></span></p></div>
        """ as HTML
      })</div>\(nothing)
      """
  }

  private func tables(_ at: PageContext) -> HTML {
    let charts = curves.map { key, curves in
      ChartFigure(
        at: at, key: key, runs: [], curves: curves, options: ChartOptions(QueryFields())
      ).figure
    }
    let drawn: HTML = charts.isEmpty ? .nothing : "<div class=\"charts\">\(charts)</div>"
    let parts: [(Phrase, [RunDifference.Change], HTML)] = [
      (.status, difference.outcome, .nothing), (.parameters, difference.parameters, .nothing),
      (.metrics, difference.metrics.map(Self.shortened), drawn),
      (.inputs, difference.inputs, .nothing), (.data, difference.data, .nothing),
      (.outputs, difference.outputs, .nothing), (.environment, difference.environment, .nothing),
    ]
    return parts.map { phrase, changes, more -> HTML in
      guard !changes.isEmpty || !more.isEmpty else { return .nothing }
      return """
        <section><div class="over"><h2>\(at[phrase])</h2></div>\(table(changes, at))\(more)</section>

        """
    }.joined()
  }

  private func table(_ changes: [RunDifference.Change], _ at: PageContext) -> HTML {
    guard !changes.isEmpty else { return .nothing }
    let hasDelta = changes.contains { $0.delta != nil }
    let last: HTML = hasDelta ? "<th scope=\"col\" class=\"number\">\(at[.change])</th>" : .nothing
    return """
      <div class="sheet" tabindex="0"><table class="values"><thead><tr><th scope="col">\(at[.name])</th>\
      <th scope="col">\(at[.first])</th><th scope="col">\(at[.second])</th>\(last)</tr></thead><tbody>
      \(changes.prefix(500).map { change -> HTML in
        let delta: HTML = hasDelta ? "<td class=\"number quiet\">\(change.delta ?? "")</td>" : .nothing
        return """
          <tr><th scope="row">\(change.name)</th><td class="removed">\(change.first ?? "–")</td>\
          <td class="added">\(change.second ?? "–")</td>\(delta)</tr>

          """
      })</tbody></table></div>
      """
  }

  /// Six digits, unless both then look the same.
  private static func shortened(_ change: RunDifference.Change) -> RunDifference.Change {
    var short = change
    short.first = change.first.map { Double($0).map(PageNumber.metric) ?? $0 }
    short.second = change.second.map { Double($0).map(PageNumber.metric) ?? $0 }
    return short.first == short.second ? change : short
  }

  private func story(_ contexts: [PageContext]) -> HTML {
    let other = cells.filter { !$0.isSame }
    let same = cells.count - other.count
    guard !other.isEmpty else { return .nothing }
    return """
      <section class="story"><div class="over">\(ReportFrame.each(contexts) { at in
        "<h2>\(at[.cells])</h2>\(same > 0 ? "<p class=\"quiet\">\(at.counted(.sameCells, same))</p>" : .nothing)"
      })</div>
      \(other.map(\.html))</section>
      """
  }

  private func code(_ at: PageContext) -> HTML {
    guard !difference.code.isEmpty else { return .nothing }
    let note: HTML = difference.code.note.map { "<p class=\"quiet\">\($0)</p>" } ?? .nothing
    let text = difference.code.text
    return """
      <section><div class="over"><h2>\(at[.code])</h2></div>\(note)\(text.isEmpty ? .nothing : DiffText.html(text))</section>
      """
  }
}
