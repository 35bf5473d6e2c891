import Formats
import Platform

/// How often each class was taken for each other, as squares that are the darker the more there are: an SVG.
package struct ConfusionPicture: Sendable {
  private let matrix: ConfusionMatrix
  /// More classes are left out, and that is said.
  private static let most = 30
  private static let (left, top, edge) = (120.0, 64.0, 34.0)

  package init(_ matrix: ConfusionMatrix) { self.matrix = matrix }

  package var svg: String {
    let count = min(matrix.classes.count, Self.most)
    var parts: [SVGElement] = [
      .text("text", ["x": 16, "y": 22, "class": "title"], "classes and what they were taken for"),
      .text(
        "text", ["x": SVGValue(Self.left), "y": 42],
        "rows: the truth; columns: what the model says\(count < matrix.classes.count ? " (the first \(count) classes)" : "")"
      ),
    ]
    for row in 0..<count { parts += cells(row, count) }
    let side = Double(count) * Self.edge
    return SVGElement.picture(
      width: Swift.max(420, Self.left + side + 24), height: Self.top + side + 40,
      title: "confusion matrix", style: ChartStyle.css, parts
    ).document
  }

  private func cells(_ row: Int, _ count: Int) -> [SVGElement] {
    let y = Self.top + Double(row) * Self.edge
    let total = Swift.max(1, matrix.counts[row].reduce(0, +))
    var parts: [SVGElement] = [
      SVGElement.text(
        "text",
        ["x": SVGValue(Self.left - 8), "y": SVGValue(y + 21), "text-anchor": "end"],
        ChartStyle.fitted(matrix.classes[row], to: 16)
      ).titled(matrix.classes[row])
    ]
    for column in 0..<count {
      let number = matrix.counts[row][column]
      let x = Self.left + Double(column) * Self.edge
      let share = Double(number) / Double(total)
      // What is right in one ink, what is wrong in another; even a little of it is to be seen.
      let ink = row == column ? ChartStyle.inks[0] : ChartStyle.inks[1]
      let strength = number == 0 ? 0.04 : row == column ? 0.1 + 0.9 * share : 0.15 + 0.85 * share
      parts.append(
        SVGElement(
          "rect",
          [
            "x": SVGValue(x + 1), "y": SVGValue(y + 1), "width": SVGValue(Self.edge - 2),
            "height": SVGValue(Self.edge - 2), "rx": 3, "fill": SVGValue(ink),
            "fill-opacity": SVGValue((strength * 100).rounded() / 100),
          ]))
      if number > 0 {
        parts.append(
          .text(
            "text",
            [
              "x": SVGValue(x + Self.edge / 2), "y": SVGValue(y + 21), "text-anchor": "middle",
              "style":
                "font-size: \(number > 9999 ? 9 : 11)px\(strength > 0.6 ? "; fill: #fff" : "")",
            ], String(number)))
      }
      if row == count - 1 {
        parts.append(
          SVGElement.text(
            "text",
            [
              "x": SVGValue(x + Self.edge / 2), "y": SVGValue(y + Self.edge + 16),
              "text-anchor": "middle",
            ], ChartStyle.fitted(matrix.classes[column], to: 5)
          ).titled(matrix.classes[column]))
      }
    }
    return parts
  }
}
