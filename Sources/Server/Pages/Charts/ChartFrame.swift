/// The place of a chart's drawing in its picture, and the lines and numbers around it.
struct ChartFrame {
  var width: Double
  var height: Double
  var x: ChartAxis
  var y: ChartAxis
  /// Room for the numbers at the left and at the foot.
  var left = 52.0
  var bottom = 34.0
  var top = 10.0
  var right = 12.0

  var plotWidth: Double { width - left - right }
  var plotHeight: Double { height - top - bottom }

  func px(_ value: Double) -> Double? { x.place(value).map { left + $0 * plotWidth } }
  func py(_ value: Double) -> Double? { y.place(value).map { top + (1 - $0) * plotHeight } }

  /// The grid and the numbers beside it.
  func axes(xName: String, xMark: (Double) -> String = ChartNumber.mark) -> HTML {
    let rows = y.marks(5).compactMap { value -> HTML? in
      guard let at = py(value) else { return nil }
      return """
        <line class="grid" x1="\(px: left)" x2="\(px: width - right)" y1="\(px: at)" y2="\(px: at)"/>\
        <text class="tick" x="\(px: left - 6)" y="\(px: at + 3.5)" text-anchor="end">\(ChartNumber.mark(value))</text>
        """
    }
    let columns = x.marks(max(2, Int(plotWidth / 70))).compactMap { value -> HTML? in
      guard let at = px(value) else { return nil }
      return """
        <text class="tick" x="\(px: at)" y="\(px: height - bottom + 15)" text-anchor="middle">\(xMark(value))</text>
        """
    }
    return """
      <g aria-hidden="true">\(rows)\(columns)\
      <line class="base" x1="\(px: left)" x2="\(px: width - right)" y1="\(px: height - bottom)" \
      y2="\(px: height - bottom)"/>\
      <text class="unit" x="\(px: width - right)" y="\(px: height - 4)" text-anchor="end">\(xName)</text></g>
      """
  }
}
