import Formats
import Platform

/// Lines over a common axis of whole numbers, such as a score of each round: an SVG of 640 by 360 pixels.
package struct LineChart: Sendable {
  package var title: String
  /// What the numbers along the bottom count: `round`.
  package var unit: String
  package var lines: [Line]
  /// A place to mark, such as the best round.
  package var mark: Int64?

  package struct Line: Sendable {
    package var name: String
    /// Steps in ascending order.
    package var points: [(step: Int64, value: Double)]

    package init(name: String, points: [(step: Int64, value: Double)]) {
      self.name = name
      self.points = points
    }
  }

  package init(title: String, unit: String, lines: [Line], mark: Int64? = nil) {
    self.title = title
    self.unit = unit
    self.lines = lines
    self.mark = mark
  }

  private static let (width, height) = (640.0, 360.0)
  private static let (left, right, top, bottom) = (64.0, 16.0, 40.0, 44.0)

  /// The picture; numbers that are none are left out.
  package var svg: String {
    let kept = lines.map { line in
      (line.name, Self.thinned(line.points.filter(\.value.isFinite)))
    }
    let all = kept.flatMap(\.1)
    let (x0, x1) = Self.range(all.map { Double($0.step) }, padding: 0)
    let (y0, y1) = Self.range(all.map(\.value), padding: 0.05)
    let x = { (v: Double) in
      Self.left + (v - x0) / (x1 - x0) * (Self.width - Self.left - Self.right)
    }
    let y = { (v: Double) in
      Self.height - Self.bottom - (v - y0) / (y1 - y0) * (Self.height - Self.top - Self.bottom)
    }
    var parts: [SVGElement] = [
      .text("text", ["x": SVGValue(Self.left), "y": 22, "class": "title"], title)
    ]
    for tick in ChartStyle.ticks(y0, y1) {
      parts.append(Self.line(Self.left, y(tick), Self.width - Self.right, y(tick), "grid"))
      parts.append(
        .text(
          "text",
          ["x": SVGValue(Self.left - 8), "y": SVGValue(y(tick) + 4), "text-anchor": "end"],
          shortNumber(tick)))
    }
    for tick in ChartStyle.ticks(x0, x1) where tick == tick.rounded() {
      parts.append(
        .text(
          "text",
          [
            "x": SVGValue(x(tick)), "y": SVGValue(Self.height - Self.bottom + 18),
            "text-anchor": "middle",
          ], shortNumber(tick)))
    }
    let floor = Self.height - Self.bottom
    parts.append(Self.line(Self.left, floor, Self.width - Self.right, floor, "axis"))
    parts.append(
      .text(
        "text",
        [
          "x": SVGValue(Self.width - Self.right), "y": SVGValue(Self.height - 8),
          "text-anchor": "end",
        ],
        unit))
    if let mark, all.contains(where: { $0.step == mark }) {
      let place = x(Double(mark))
      parts.append(
        Self.line(place, Self.top, place, floor, "best").titled("best: \(unit) \(mark)"))
    }
    for (index, (name, points)) in kept.enumerated() where !points.isEmpty {
      let ink = ChartStyle.inks[index % ChartStyle.inks.count]
      let path = points.map {
        "\(SVGValue(x(Double($0.step))).text),\(SVGValue(y($0.value)).text)"
      }
      parts.append(
        SVGElement(
          "polyline",
          [
            "class": "line", "stroke": SVGValue(ink),
            "points": SVGValue(path.joined(separator: " ")),
          ]
        ).titled("\(name): \(shortNumber(points.last?.value ?? 0)) in the end"))
      if points.count == 1 {
        parts.append(
          SVGElement(
            "circle",
            [
              "cx": SVGValue(x(Double(points[0].step))), "cy": SVGValue(y(points[0].value)), "r": 3,
              "fill": SVGValue(ink),
            ]))
      }
    }
    parts += legend(kept.map(\.0))
    return SVGElement.picture(
      width: Self.width, height: Self.height, title: title, style: ChartStyle.css, parts
    ).document
  }

  /// The names, from the right of the title's line to the left.
  private func legend(_ names: [String]) -> [SVGElement] {
    var end = Self.width - Self.right
    return names.enumerated().reversed().flatMap { index, name in
      let shown = ChartStyle.fitted(name, to: 24)
      let ink = ChartStyle.inks[index % ChartStyle.inks.count]
      let text = SVGElement.text(
        "text", ["x": SVGValue(end), "y": 22, "text-anchor": "end"], shown)
      let start = end - Double(shown.count) * 6.6 - 20
      let swatch = SVGElement(
        "rect",
        ["x": SVGValue(start), "y": 16, "width": 14, "height": 3, "fill": SVGValue(ink)])
      end = start - 12
      return [swatch, text]
    }
  }

  private static func line(
    _ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double, _ kind: String
  ) -> SVGElement {
    SVGElement(
      "line",
      [
        "class": SVGValue(kind), "x1": SVGValue(x0), "y1": SVGValue(y0), "x2": SVGValue(x1),
        "y2": SVGValue(y1),
      ])
  }

  /// Lowest and highest, apart from each other even where all are one.
  private static func range(_ values: [Double], padding: Double) -> (Double, Double) {
    guard let low = values.min(), let high = values.max() else { return (0, 1) }
    guard high > low else { return (low - 0.5, high + 0.5) }
    let room = (high - low) * padding
    return (low - room, high + room)
  }

  /// At most 600 points, about one a pixel: every so many, and the last one.
  private static func thinned(
    _ points: [(step: Int64, value: Double)]
  ) -> [(step: Int64, value: Double)] {
    let stride = (points.count + 599) / 600
    guard stride > 1 else { return points }
    return points.enumerated().filter { $0.offset % stride == 0 || $0.offset == points.count - 1 }
      .map(\.element)
  }
}
