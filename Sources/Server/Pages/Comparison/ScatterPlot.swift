import Records

/// A dot for each run, by two of its numbers.
struct ScatterPlot {
  let at: PageContext
  let runs: [Run]
  let x: ComparisonPlots.Measure
  let y: ComparisonPlots.Measure

  var figure: HTML {
    let dots = zip(runs, zip(x.values, y.values)).enumerated().compactMap {
      index, entry -> (Int, Run, Double, Double)? in
      guard case .number(let x)? = entry.1.0, case .number(let y)? = entry.1.1 else { return nil }
      return (index, entry.0, x, y)
    }
    let (width, height) = (720.0, 340.0)
    let frame = ChartFrame(
      width: width, height: height, x: ChartAxis(holding: dots.map(\.2), margin: 0.06),
      y: ChartAxis(holding: dots.map(\.3), margin: 0.08))
    let title = at[.scatterOf, y.name, x.name]
    return """
      <figure class="chart broad"><figcaption><span>\(title)</span></figcaption><div class="plot">
      <svg class="scatter" viewBox="0 0 \(px: width) \(px: height)" role="group" aria-label="\(title)">\
      <desc>\(at.counted(.runCount, dots.count))</desc>\(frame.axes(xName: x.name))\
      \(dots.map { index, run, x, y -> HTML in
        let (px, py) = (frame.px(x) ?? 0, frame.py(y) ?? 0)
        return """
          <a href="\(Address.path("runs", run.id.hex))" aria-label="\(run.name)"><circle class="dot c\(index % 8)" cx="\(px: px)" cy="\(px: py)" r="5.5" \
          data-tip="\(run.name)&#10;\(self.x.name) \(PageNumber.metric(x))&#10;\(self.y.name) \(PageNumber.metric(y))"/></a>
          """
      })</svg></div></figure>
      """
  }
}
