import Formats
import Platform

/// Images of a set side by side with a few words under each: an SVG, in which each point is a square.
package struct SamplePicture: Sendable {
  package struct Sample: Sendable {
    /// In the set.
    package var index: Int
    package var text: String
  }

  /// More are no help.
  static let most = 24
  private static let (columns, edge, gap, top) = (8, 72.0, 12.0, 44.0)
  /// Larger images are shown with every second point, every third, ….
  private static let points = 48

  private let title: String
  private let images: ImageSamples
  private let samples: [Sample]

  init(title: String, images: ImageSamples, samples: [Sample]) {
    self.title = title
    self.images = images
    self.samples = samples
  }

  package var svg: String {
    var parts: [SVGElement] = [.text("text", ["x": 16, "y": 22, "class": "title"], title)]
    let step = Self.edge + Self.gap
    for (place, sample) in samples.enumerated() {
      let (x, y) = (
        16 + Double(place % Self.columns) * step,
        Self.top + Double(place / Self.columns) * (step + 14)
      )
      parts.append(image(sample.index, x, y))
      parts.append(
        SVGElement.text(
          "text",
          [
            "x": SVGValue(x + Self.edge / 2), "y": SVGValue(y + Self.edge + 15),
            "text-anchor": "middle", "font-size": 11,
          ], ChartStyle.fitted(sample.text, to: 12)
        ).titled("\(sample.text), sample \(sample.index)"))
    }
    let rows = (samples.count + Self.columns - 1) / Self.columns
    return SVGElement.picture(
      width: 32 + Double(Self.columns) * step - Self.gap,
      height: Self.top + Double(rows) * (step + 14) + 8, title: title, style: ChartStyle.css, parts
    ).document
  }

  /// Runs of equal points of a row are one rectangle.
  private func image(_ sample: Int, _ x: Double, _ y: Double) -> SVGElement {
    let shape = images.shape
    let skip = max(1, (max(shape.height, shape.width) + Self.points - 1) / Self.points)
    let size = Self.edge / Double(max(shape.height, shape.width)) * Double(skip)
    var parts: [SVGElement] = [
      SVGElement(
        "rect",
        [
          "x": SVGValue(x), "y": SVGValue(y), "width": SVGValue(Self.edge),
          "height": SVGValue(Self.edge), "fill": "#000",
        ])
    ]
    for (line, row) in stride(from: 0, to: shape.height, by: skip).enumerated() {
      var start = 0
      let colours = stride(from: 0, to: shape.width, by: skip).map { colour(sample, row, $0) }
      for place in colours.indices.dropFirst() + [colours.count] {
        if place < colours.count, colours[place] == colours[start] { continue }
        if colours[start] != "#000" {
          parts.append(
            SVGElement(
              "rect",
              [
                "x": SVGValue(rounded(x + Double(start) * size)),
                "y": SVGValue(rounded(y + Double(line) * size)),
                "width": SVGValue(rounded(Double(place - start) * size + 0.05)),
                "height": SVGValue(rounded(size + 0.05)), "fill": SVGValue(colours[start]),
              ]))
        }
        start = place
      }
    }
    return SVGElement("g", [:], parts)
  }

  private func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

  /// `#fff`: sixteen steps are enough to see what it is.
  private func colour(_ sample: Int, _ row: Int, _ column: Int) -> String {
    let channels = images.shape.channels
    let bytes = (0..<3).map { channel in
      images.byte(sample, row, column, min(channel, channels - 1)) >> 4
    }
    return "#" + bytes.map { String($0, radix: 16) }.joined()
  }
}
