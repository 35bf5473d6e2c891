import Formats
import Platform

/// How the prediction of one row comes about, as an SVG picture: a bar for each feature's share, from
/// the model's mean margin at the bottom to the row's own at the top.
package struct WaterfallPicture {
  /// A feature, its cell as text, and its share of the margin.
  package struct Share: Sendable {
    package var name: String
    package var cell: String
    package var value: Double

    package init(name: String, cell: String, value: Double) {
      self.name = name
      self.cell = cell
      self.value = value
    }
  }

  private let title: String
  private let bias: Double
  /// The largest first; those that are too many are one, last.
  private let shares: [Share]

  private static let name = 250.0
  private static let plot = 420.0
  private static let row = 30.0
  private static let margin = (top: 64.0, bottom: 46.0, right: 70.0, left: 20.0)

  /// - Parameter most: bars to show; what is beyond becomes one.
  package init(title: String, bias: Double, shares: [Share], most: Int = 14) {
    self.title = title
    self.bias = bias
    let order = shares.indices.sorted {
      let (a, b) = (shares[$0].value.magnitude, shares[$1].value.magnitude)
      return a == b ? $0 < $1 : a > b
    }
    var shown = order.prefix(order.count > most ? most - 1 : most).map { shares[$0] }
    let rest = order.dropFirst(shown.count).map { shares[$0] }
    if !rest.isEmpty {
      shown.append(
        Share(
          name: "\(rest.count) other features", cell: "",
          value: rest.reduce(0) { $0 + $1.value }))
    }
    self.shares = shown
  }

  package var svg: String {
    let width = Self.margin.left + Self.name + Self.plot + Self.margin.right
    let height = Self.margin.top + Double(shares.count) * Self.row + Self.margin.bottom
    var parts = [
      PictureStyle.paper(width, height),
      PictureStyle.text(title, Self.margin.left, 26, "name"),
      PictureStyle.text(
        "mean margin \(PictureStyle.short(bias)), this row \(PictureStyle.short(margin))",
        Self.margin.left, 44, "quiet"),
    ]
    parts += axis(height)
    parts += bars
    return SVGElement.picture(
      width: width, height: height, title: title, style: PictureStyle.rules, parts
    ).document
  }

  private var margin: Double { shares.reduce(bias) { $0 + $1.value } }

  /// Where the bar of each share starts: the largest ends at the row's margin.
  private var starts: [Double] {
    var end = margin
    return shares.map { share in
      end -= share.value
      return end
    }
  }

  private var range: (low: Double, high: Double) {
    let ends = starts + [margin, bias]
    let (low, high) = (ends.min() ?? 0, ends.max() ?? 0)
    let room = high > low ? (high - low) * 0.06 : 1
    return (low - room, high + room)
  }

  private func x(_ value: Double) -> Double {
    let (low, high) = range
    return Self.margin.left + Self.name + (value - low) / (high - low) * Self.plot
  }

  private var bars: [SVGElement] {
    zip(shares, starts).enumerated().flatMap { index, pair -> [SVGElement] in
      let (share, start) = pair
      let y = Self.margin.top + Double(index) * Self.row
      let (from, to) = (x(start), x(start + share.value))
      let style = share.value > 0 ? "up" : share.value < 0 ? "down" : "even"
      let bar = SVGElement(
        "rect",
        [
          "class": SVGValue(style), "x": SVGValue(min(from, to)), "y": SVGValue(y + 5),
          "width": SVGValue(max(1, (to - from).magnitude)), "height": SVGValue(Self.row - 10),
          "rx": 2,
        ])
      let label = share.cell.isEmpty ? share.name : "\(share.name) = \(share.cell)"
      let sign = share.value > 0 ? "+" : ""
      var parts = [
        PictureStyle.text(
          PictureStyle.fitted(label, Self.name - 16), Self.margin.left + Self.name - 12,
          y + Self.row / 2 + 4, anchor: "end"),
        bar,
        PictureStyle.text(
          sign + PictureStyle.short(share.value), max(from, to) + 6, y + Self.row / 2 + 4, "quiet"),
      ]
      if index + 1 < shares.count {
        // To where the next bar ends.
        let line = SVGElement(
          "line",
          [
            "class": "axis", "x1": SVGValue(from), "x2": SVGValue(from),
            "y1": SVGValue(y + Self.row - 5), "y2": SVGValue(y + Self.row + 5),
          ])
        parts.append(line)
      }
      return [SVGElement("g", [:], parts).titled("\(label): \(sign)\(share.value)")]
    }
  }

  private func axis(_ height: Double) -> [SVGElement] {
    let bottom = height - Self.margin.bottom + 6
    let (low, high) = range
    var parts = AxisTicks.places(from: low, to: high, about: 6).flatMap { tick -> [SVGElement] in
      [
        SVGElement(
          "line",
          [
            "class": "grid", "x1": SVGValue(x(tick)), "x2": SVGValue(x(tick)),
            "y1": SVGValue(Self.margin.top), "y2": SVGValue(bottom),
          ]),
        PictureStyle.text(
          PictureStyle.short(tick), x(tick), bottom + 16, "quiet", anchor: "middle"),
      ]
    }
    parts.append(
      SVGElement(
        "line",
        [
          "class": "axis", "x1": SVGValue(x(bias)), "x2": SVGValue(x(bias)),
          "y1": SVGValue(Self.margin.top), "y2": SVGValue(bottom), "stroke-dasharray": "3 3",
        ]))
    return parts
  }
}
