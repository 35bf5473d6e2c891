/// Curves of one metric as a picture: of one run, or of several over each other.
///
/// The picture carries its values, so that a script can tell what is under the pointer; whoever does not see it finds a
/// title, a description and a table.
struct CurveChart {
  let at: PageContext
  let title: String
  let curves: [Curve]
  let options: ChartOptions
  var height = 220.0

  /// More points than these cannot be told apart in a picture.
  static let points = 500

  var svg: HTML {
    let shown = curves.map(cut)
    let smooth = shown.map { $0.smoothed(options.smoothing) }
    let drawn = options.smoothing > 0 ? shown + smooth : shown
    let frame = ChartFrame(
      width: options.width, height: height,
      x: ChartAxis(
        holding: options.range.map { [$0.lowerBound, $0.upperBound] }
          ?? shown.flatMap { $0.points.map(position) }),
      y: ChartAxis(
        holding: drawn.lazy.flatMap(\.points).map(\.value), isLog: options.isLog, margin: 0.04))
    return """
      <svg class="curves" viewBox="0 0 \(px: options.width) \(px: height)" role="img" tabindex="0" \
      aria-label="\(title)" data-left="\(px: frame.left)" \
      data-right="\(px: options.width - frame.right)" data-top="\(px: frame.top)" \
      data-bottom="\(px: height - frame.bottom)" data-low="\(frame.x.low.description)" data-high="\(frame.x.high.description)" \
      data-unit="\(at[options.isByTime ? .seconds : .step])"><desc>\(description)</desc>\
      \(frame.axes(xName: at[options.isByTime ? .time : .step], xMark: mark))\
      \(options.smoothing > 0 ? HTML(markup: shown.map { path($0, frame, "curve raw").text }.joined()) : .nothing)\
      \(zip(smooth, shown).map { path($0, frame, "curve", values: $1) })\
      \(shown.map { gaps($0, frame) })</svg>
      """
  }

  private func position(_ point: Curve.Point) -> Double {
    options.isByTime ? point.seconds : Double(point.step)
  }

  private func mark(_ value: Double) -> String {
    options.isByTime ? Self.clock(value) : ChartNumber.mark(value)
  }

  /// `45 s`, `12 min`, `1.5 h`, in signs that every language reads.
  private static func clock(_ seconds: Double) -> String {
    switch seconds.magnitude {
    case ..<120: ChartNumber.mark(seconds) + "s"
    case ..<7200: ChartNumber.mark(seconds / 60) + "m"
    default: ChartNumber.mark(seconds / 3600) + "h"
    }
  }

  /// The points within the range and one on either side, few enough to draw.
  private func cut(_ curve: Curve) -> Curve {
    var curve = curve
    if options.isByTime { curve.points.sort { $0.seconds < $1.seconds } }
    if let range = options.range {
      let first = curve.points.firstIndex { position($0) >= range.lowerBound } ?? curve.points.count
      let last = curve.points.lastIndex { position($0) <= range.upperBound } ?? -1
      curve.points = first <= last ? Array(curve.points[first...last]) : []
    }
    return curve.thinned(to: Self.points)
  }

  /// A line through the points that have a place; one that stands alone is a dot.
  private func path(
    _ curve: Curve, _ frame: ChartFrame, _ className: String, values: Curve? = nil
  ) -> HTML {
    var (line, steps, numbers) = ("", "", "")
    var isOpen = false
    for (index, point) in curve.points.enumerated() {
      guard let x = frame.px(position(point)), let y = frame.py(point.value) else {
        isOpen = false
        continue
      }
      line += (isOpen ? "L" : "M") + ChartNumber.pixel(x) + " " + ChartNumber.pixel(y)
      isOpen = true
      if let values {
        if !steps.isEmpty { (steps, numbers) = (steps + " ", numbers + " ") }
        steps += options.isByTime ? ChartNumber.pixel(point.seconds) : String(point.step)
        numbers += PageNumber.metric(values.points[index].value)
      }
    }
    guard !line.isEmpty else { return .nothing }
    // A line of no length with round ends shows as a dot.
    if curve.points.count == 1 { line += "h0" }
    let data: HTML =
      values == nil
      ? .nothing : " data-name=\"\(curve.name)\" data-x=\"\(steps)\" data-y=\"\(numbers)\""
    return "<path class=\"\(className) c\(curve.colour % 8)\" d=\"\(line)\"\(data)/>"
  }

  /// A cross at the foot where a value is no number.
  private func gaps(_ curve: Curve, _ frame: ChartFrame) -> HTML {
    let places = curve.points.filter { !$0.value.isFinite }.prefix(40).compactMap {
      frame.px(position($0))
    }
    guard !places.isEmpty else { return .nothing }
    let foot = frame.height - frame.bottom - 5
    let crosses = places.map {
      "M\(ChartNumber.pixel($0 - 3)) \(ChartNumber.pixel(foot - 3))l6 6m0-6l-6 6"
    }
    return
      "<path class=\"gap c\(curve.colour % 8)\" d=\"\(crosses.joined())\"><title>\(at[.notANumber])</title></path>"
  }

  private var description: String {
    curves.map { curve in
      let finite = curve.points.filter(\.value.isFinite)
      guard let low = finite.min(by: { $0.value < $1.value }),
        let high = finite.max(by: { $0.value < $1.value }), let last = curve.points.last
      else { return at[.curveOfNothing, curve.name] }
      return at[
        .curveDescription, curve.name, PageNumber.grouped(curve.count),
        PageNumber.metric(low.value), String(low.step), PageNumber.metric(high.value),
        String(high.step), PageNumber.metric(last.value)]
    }.joined(separator: " ")
  }
}
