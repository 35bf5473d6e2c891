import Records

/// How parameters go with results: parallel coordinates of what differs, and a scatter of two of them.
struct ComparisonPlots {
  let at: PageContext
  let runs: [Run]

  /// What can be an axis: what some runs differ in.
  struct Measure: Sendable, Hashable {
    /// As addresses have it.
    var id: String
    var name: String
    var values: [Value?]

    enum Value: Sendable, Hashable {
      case number(Double)
      case word(String)
    }

    var isNumeric: Bool {
      values.allSatisfy { value in if case .word? = value { false } else { true } }
    }
  }

  var html: HTML {
    guard runs.count > 1 else { return .nothing }
    let measures = self.measures
    guard measures.count > 1 else { return .nothing }
    let chosen = at.query.all("axis")
    let axes =
      chosen.isEmpty
      ? Array(measures.filter { $0.id.hasPrefix("params.") }.prefix(6))
        + measures.filter { $0.id.hasPrefix("metrics.") }.prefix(3)
      : measures.filter { chosen.contains($0.id) }
    return """
      <section aria-labelledby="parallel"><h2 id="parallel">\(at[.parallel])</h2>
      \(chooser(measures, axes))
      \(axes.count > 1 ? ParallelPlot(at: at, runs: runs, axes: axes).figure : .nothing)</section>
      \(scatter(measures))
      """
  }

  private var measures: [Measure] {
    let params = Set(runs.lazy.flatMap { $0.params.lazy.map(\.key) }).sorted().map { key in
      Measure(
        id: "params.\(key)", name: key,
        values: runs.map { run in
          run.param(key).map { param in
            Double(param.value).flatMap { $0.isFinite ? .number($0) : nil } ?? .word(param.value)
          }
        })
    }
    let metrics = Set(runs.lazy.flatMap { $0.metrics.lazy.map(\.key) }).sorted().map { key in
      Measure(
        id: "metrics.\(key)", name: key,
        values: runs.map { run in
          run.metric(key).flatMap { $0.value.isFinite ? .number($0.value) : nil }
        })
    }
    return (params + metrics).filter { Set($0.values.compactMap { $0 }).count > 1 }
  }

  private var hidden: HTML {
    HTML(
      markup: runs.map {
        ("<input type=\"hidden\" name=\"run\" value=\"\($0.id.hex)\">" as HTML).text
      }.joined())
  }

  private func chooser(_ measures: [Measure], _ axes: [Measure]) -> HTML {
    """
    <details class="columns"><summary>\(at[.axes]) <span class="count">\(axes.count)</span></summary>
    <form action="/compare">\(hidden)<div class="groups"><fieldset><legend>\(at[.axes])\
    </legend>\(measures.map { measure -> HTML in
      let state: HTML = axes.contains(measure) ? " checked" : .nothing
      return "<label><input type=\"checkbox\" name=\"axis\" value=\"\(measure.id)\"\(state)><span>\(measure.name)</span></label>"
    })</fieldset></div><div class="ends"><button class="main">\(at[.apply])</button></div></form></details>
    """
  }

  private func scatter(_ measures: [Measure]) -> HTML {
    let numeric = measures.filter(\.isNumeric)
    guard numeric.count > 1 else { return .nothing }
    let pick = { (field: String, fallback: Measure?) -> Measure? in
      numeric.first { $0.id == at.query[field] } ?? fallback
    }
    let metric = numeric.first { $0.id.hasPrefix("metrics.") }
    guard let y = pick("sy", metric ?? numeric.last),
      let x = pick("sx", numeric.first { $0 != y })
    else { return .nothing }
    let menu = { (field: String, label: Phrase, chosen: Measure) -> HTML in
      """
      <label><span>\(at[label])</span> <select name="\(field)">\(numeric.map { measure -> HTML in
        "<option value=\"\(measure.id)\"\(measure == chosen ? " selected" as HTML : .nothing)>\(measure.name)</option>"
      })</select></label>
      """
    }
    return """
      <section aria-labelledby="scatter"><h2 id="scatter">\(at[.scatter])</h2>
      <form class="controls" \
      action="/compare#scatter">\(hidden)\(menu("sx", .across, x))\(menu("sy", .upwards, y))\
      <button>\(at[.draw])</button></form>
      \(ScatterPlot(at: at, runs: runs, x: x, y: y).figure)</section>
      """
  }
}
