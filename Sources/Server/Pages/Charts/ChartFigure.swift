import Records

/// A chart with its name, what may be done with it, and the same values as a table.
struct ChartFigure {
  let at: PageContext
  let key: String
  let runs: [RunID]
  /// Nil when they are to be fetched when the reader comes to them.
  let curves: [Curve]?
  let options: ChartOptions
  var height = 220.0

  var figure: HTML {
    let fields = [("key", key)] + runs.map { ("run", $0.hex) }
    if at.isStill { return still }
    return """
      <figure class="chart" \
      data-src="\(Address.of("/chart", fields))"\(curves == nil ? " data-late" as HTML : .nothing)>
      <figcaption><span>\(key)</span>\(latest)</figcaption>
      <div class="plot">\(curves.map {
        CurveChart(at: at, title: key, curves: $0, options: options, height: height).svg
      } ?? "<p class=\"wait\"><a href=\"\(Address.of("/chart", fields))\">\(at[.drawCurve])</a></p>")</div>
      <details class="values"><summary>\(at[.valuesOf]) <span class="unseen">\(key)</span></summary>
      \(curves.map(table))<p><a href="\(Address.of("/series.csv", fields))" download>CSV</a></p></details>
      </figure>
      """
  }

  /// The picture and its values, without what asks a server.
  private var still: HTML {
    let plot = curves.map {
      CurveChart(at: at, title: key, curves: $0, options: options, height: height).svg
    }
    return """
      <figure class="chart"><figcaption><span>\(key)</span>\(latest)</figcaption>
      <div class="plot">\(plot)</div>
      <details class="values"><summary>\(at[.valuesOf]) <span class="unseen">\(key)</span></summary>
      \(curves.map(table))</details></figure>
      """
  }

  private var latest: HTML {
    guard let curves, curves.count == 1, let last = curves.first?.points.last else {
      return .nothing
    }
    return "<span class=\"last\">\(PageNumber.metric(last.value))</span>"
  }

  private func table(_ curves: [Curve]) -> HTML {
    let few = curves.map { Self.few($0.points) }
    return """
      <div class="sheet" tabindex="0" role="group" aria-label="\(at[.valuesOf]) \(key)"><table>\
      <thead><tr><th scope="col">\(at[.run])</th><th scope="col" class="number">\(at[.step])</th>\
      <th scope="col" class="number">\(at[.value])</th></tr></thead><tbody>\
      \(zip(curves, few).flatMap { curve, points in
        points.map { point -> HTML in
          "<tr><th scope=\"row\">\(curve.name)</th><td class=\"number\">\(String(point.step))</td><td class=\"number\">\(PageNumber.metric(point.value))</td></tr>"
        }
      })</tbody></table></div>
      """
  }

  /// The first, the last, and some in between.
  private static func few(_ points: [Curve.Point]) -> [Curve.Point] {
    let count = 12
    guard points.count > count else { return points }
    return (0..<count).map { points[$0 * (points.count - 1) / (count - 1)] }
  }
}
