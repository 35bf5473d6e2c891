import Formats
import Platform

/// A picture of what a test measured.
///
/// It is drawn as wide as a telephone shows it; where there is room its letters grow a little, and no more.
struct TestChart {
  private let detail: OutcomeDetail
  let words: TestWords

  init(_ detail: OutcomeDetail, _ words: TestWords) {
    self.detail = detail
    self.words = words
  }

  var svg: String {
    switch detail {
    case .bins(let names, let reference, let current): categories(names, reference, current)
    case .tenths(let edges, let reference, let current): tenths(edges, reference, current)
    case .distribution(let xs, let reference, let current, let gap):
      distribution(xs, reference, current, gap)
    case .histogram(let histogram): self.histogram(histogram)
    case .numbers(let names, let values): numbers(names, values)
    case .reliability(let points): reliability(points)
    case .slices(let rows, let overall): slices(rows, overall)
    case .groups(let names, let rates): groups(names, rates)
    }
  }

  static let width = 440.0
  /// Where names end and bars begin, and how long a bar can be.
  static let margin = 138.0
  static let room = 200.0
  /// As many letters stand in the margin.
  static let nameLength = 21

  func figure(_ body: String, height: Double, legend: Bool = false) -> String {
    var text = "<figure>"
    if legend {
      text += "<figcaption><i class=\"before\"></i>\(words.reference) "
      text += "<i class=\"after\"></i>\(words.current)</figcaption>"
    }
    text += "<svg viewBox=\"0 0 \(Self.number(Self.width)) \(Self.number(height))\" role=\"img\">"
    return text + body + "</svg></figure>\n"
  }

  // MARK: Pieces

  static func number(_ value: Double) -> String {
    shortNumber((value * 100).rounded() / 100)
  }

  static func text(_ text: String, _ x: Double, _ y: Double, _ anchor: String? = nil) -> String {
    let anchor = anchor.map { " text-anchor=\"\($0)\"" } ?? ""
    return "<text x=\"\(number(x))\" y=\"\(number(y))\"\(anchor)>\(TestPage.escaped(text))</text>"
  }

  static func bar(
    _ kind: String, x: Double, y: Double, width: Double, height: Double, title: String? = nil
  ) -> String {
    let title = title.map { "<title>\(TestPage.escaped($0))</title>" } ?? ""
    return
      "<rect class=\"\(kind)\" x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(width))\""
      + " height=\"\(number(height))\">\(title)</rect>"
  }

  static func line(_ kind: String, from: (Double, Double), to: (Double, Double)) -> String {
    "<line class=\"\(kind)\" x1=\"\(number(from.0))\" y1=\"\(number(from.1))\""
      + " x2=\"\(number(to.0))\" y2=\"\(number(to.1))\"/>"
  }

  static func fitted(_ text: String, _ most: Int) -> String {
    text.count <= most ? text : String(text.prefix(max(1, most - 1))) + "…"
  }

  /// Three digits and a letter for what is large: `23.8k`, `1.2M`.
  static func brief(_ value: Double) -> String {
    for (unit, sign) in [(1e9, "G"), (1e6, "M"), (1e4, "k")] where abs(value) >= unit {
      let unit = sign == "k" ? 1e3 : unit
      guard abs(value) < unit * 1e6 else { break }
      return digits(value / unit) + sign
    }
    return digits(value)
  }

  private static func digits(_ value: Double) -> String {
    guard value != 0, value.isFinite, abs(value) < 1e9 else { return shortNumber(value) }
    let size = abs(value)
    let places = size >= 100 ? 1.0 : size >= 10 ? 10 : size >= 1 ? 100 : 1000
    return size < 0.001 ? shortNumber(value) : shortNumber((value * places).rounded() / places)
  }

  // MARK: Named numbers

  /// As many bars stand below each other; tests name no more where they have many.
  private static let mostNumbers = 20

  /// Bars that go to the right, as they come.
  private func numbers(_ names: [String], _ values: [Double]) -> String {
    let shown = min(names.count, values.count, Self.mostNumbers)
    guard shown > 0 else { return "" }
    let top = max(values.prefix(shown).map { abs($0) }.max() ?? 0, 1e-12)
    var body = ""
    for place in 0..<shown {
      let y = Double(place) * 22
      let length = Self.room * (values[place].isFinite ? abs(values[place]) / top : 0)
      body += Self.text(
        Self.fitted(names[place], Self.nameLength), Self.margin - 8, y + 14, "end")
      body += Self.bar("after", x: Self.margin, y: y + 3, width: length, height: 14)
      body += Self.text(shortNumber(values[place]), Self.margin + length + 6, y + 14)
    }
    return figure(body, height: Double(shown) * 22 + 4)
  }
}
