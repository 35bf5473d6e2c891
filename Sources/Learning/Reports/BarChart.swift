import Formats
import Platform

/// Names with bars, the longest first as given, such as what features are worth: an SVG of 640 pixels' width.
package struct BarChart: Sendable {
  package var title: String
  package var bars: [(name: String, value: Double)]

  /// More are left out, and that is said.
  private static let most = 25
  private static let (width, left, right, row, top) = (640.0, 190.0, 72.0, 22.0, 40.0)

  package init(title: String, bars: [(name: String, value: Double)]) {
    self.title = title
    self.bars = bars
  }

  package var svg: String {
    let shown = bars.prefix(Self.most)
    let largest = shown.map { $0.value.isFinite ? max(0, $0.value) : 0 }.max() ?? 0
    var parts: [SVGElement] = [
      .text("text", ["x": 16, "y": 22, "class": "title"], title)
    ]
    for (index, bar) in shown.enumerated() {
      let y = Self.top + Double(index) * Self.row
      let share = largest > 0 && bar.value.isFinite ? max(0, bar.value) / largest : 0
      let length = share * (Self.width - Self.left - Self.right)
      parts.append(
        SVGElement.text(
          "text",
          ["x": SVGValue(Self.left - 8), "y": SVGValue(y + 14), "text-anchor": "end"],
          ChartStyle.fitted(bar.name, to: 26)
        ).titled(bar.name))
      parts.append(
        SVGElement(
          "rect",
          [
            "x": SVGValue(Self.left), "y": SVGValue(y + 3), "width": SVGValue(max(1, length)),
            "height": SVGValue(Self.row - 8), "rx": 2, "fill": SVGValue(ChartStyle.inks[0]),
          ]))
      parts.append(
        .text(
          "text", ["x": SVGValue(Self.left + length + 6), "y": SVGValue(y + 14)],
          shortNumber((bar.value * 1000).rounded() / 1000)))
    }
    var height = Self.top + Double(shown.count) * Self.row + 12
    if bars.count > shown.count {
      parts.append(
        .text(
          "text", ["x": SVGValue(Self.left), "y": SVGValue(height + 4)],
          "and \(bars.count - shown.count) more"))
      height += 20
    }
    return SVGElement.picture(
      width: Self.width, height: height, title: title, style: ChartStyle.css, parts
    ).document
  }
}
