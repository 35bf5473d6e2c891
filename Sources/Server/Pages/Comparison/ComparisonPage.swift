import Platform
import Records

/// Runs beside each other: what differs first, then their curves, and how parameters go with results.
struct ComparisonPage {
  let at: PageContext
  let runs: [Run]
  /// The curves of the metrics that one of the runs at least has several values of.
  let curves: [(key: String, curves: [Curve]?)]
  /// More runs were asked for than can be compared.
  let isCut: Bool

  var page: HTML {
    let frame = PageFrame(
      at: at, title: at[.comparison], section: .experiments, layout: "comparison",
      scripts: ["charts.js"])
    return frame.page(
      """
      <nav class="trail" aria-label="\(at[.trail])"><a href="/">\(at[.experiments])</a>\(trail)</nav>
      <div class="head"><h1>\(at.counted(.comparedRuns, runs.count))</h1>\
      \(isCut ? "<p class=\"lead\">\(at[.comparedAtMost, String(CurveLimits.runs)])</p>" as HTML : .nothing)</div>
      \(runs.isEmpty ? "<div class=\"empty\"><p>\(at[.selectHint])</p></div>" as HTML : body)
      """)
  }

  private var trail: HTML {
    guard let first = runs.first, runs.allSatisfy({ $0.experiment == first.experiment }) else {
      return .nothing
    }
    return "<a href=\"\(Address.path("experiments", "\(first.experiment)"))\">\(at[.runs])</a>"
  }

  private var body: HTML {
    """
    \(legend)
    <section aria-labelledby="differ"><h2 id="differ">\(at[.whatDiffers])\
    </h2>\(ComparisonTable(at: at, runs: runs).html)</section>
    \(curveSection)
    \(ComparisonPlots(at: at, runs: runs).html)
    """
  }

  private var legend: HTML {
    """
    <ul class="legend">\(runs.enumerated().map { index, run -> HTML in
      let others = runs.filter { $0.id != run.id }.map { (name: "run", value: $0.id.hex) }
      return """
        <li data-colour="\(index % 8)"><svg class="swatch c\(index % 8)" viewBox="0 0 14 14" aria-hidden="true"><path d="M1 7h12"/></svg>\
        <a href="\(Address.path("runs", run.id.hex))">\(run.name)</a> \(Icon.status(run.status, at, showsWord: false))\
        <a class="drop" href="\(Address.of("/compare", others))" aria-label="\(at[.leaveOut, run.name])" title="\(at[.leaveOut, run.name])">×</a></li>
        """
    })</ul>
    """
  }

  private var curveSection: HTML {
    guard !curves.isEmpty else { return .nothing }
    let options = ChartOptions(at.query)
    let hidden = runs.map { (name: "run", value: $0.id.hex) }
    return """
      <section aria-labelledby="curves"><h2 id="curves">\(at[.curves])</h2>
      \(ChartControls(at: at, options: options, path: "/compare", hidden: hidden).form)
      <div class="charts">\(curves.map { key, curves in
        ChartFigure(at: at, key: key, runs: runs.map(\.id), curves: curves, options: options, height: 240).figure
      })</div></section>
      """
  }
}

extension Pages {
  func comparison(_ at: PageContext) async throws -> ServerAnswer {
    let ids = try await runIDs(at)
    let isCut = at.query.all("run").count > CurveLimits.runs
    let page = try await store.read { store in
      let runs = try ids.map { try store.run($0) }
      var room = CurveLimits.perPage
      let keys = inReadingOrder(Set(runs.lazy.flatMap { $0.metrics.lazy.map(\.key) }))
      let curves = try keys.prefix(60).compactMap { key -> (String, [Curve]?)? in
        do {
          let curves = try runs.enumerated().compactMap { index, run -> Curve? in
            let curve = try store.curve(of: key, in: run, colour: index, most: room)
            room -= curve?.count ?? 0
            return curve
          }
          return curves.contains { $0.points.count > 1 } ? (key, curves) : nil
        } catch is CurveLimits.TooLong {
          room = 0
          return (key, nil)
        }
      }
      return ComparisonPage(at: at, runs: runs, curves: curves, isCut: isCut)
    }
    return ServerAnswer(page: page.page)
  }
}
