import Formats
import Platform

/// What our pictures look like: readable on light and on dark, the same everywhere.
enum PictureStyle {
  static let fontSize = 12.0

  /// Rules of CSS; a class for each part that a picture can have.
  static let rules = """
    text{font:12px -apple-system,'Segoe UI','DejaVu Sans',Verdana,sans-serif;fill:#1f2430}\
    .paper{fill:#fff}.name{font-weight:600}.quiet{fill:#667085;font-size:11px}\
    .box{fill:#f6f7f9;stroke:#98a2b3}.stub{fill:none;stroke:#98a2b3;stroke-dasharray:3 3}\
    .edge{fill:none;stroke:#98a2b3}.axis{stroke:#98a2b3}.grid{stroke:#e4e7ec}\
    .share{fill:#98a2b3}.up{fill:#d1603d}.down{fill:#2f6db5}.even{fill:#98a2b3}\
    @media (prefers-color-scheme:dark){text{fill:#e6e9ef}.paper{fill:#15181e}\
    .quiet{fill:#98a2b3}.box{fill:#1f242d;stroke:#667085}.grid{stroke:#2b313c}\
    .up{fill:#e07a55}.down{fill:#5b95d8}}
    """

  /// About how wide a text is, in pixels: no font is at hand to measure it with.
  static func width(_ text: String, bold: Bool = false) -> Double {
    Double(textWidth(text)) * (bold ? 7.4 : 6.8)
  }

  /// A text that is cut to a width, with an ellipsis.
  static func fitted(_ text: String, _ width: Double, bold: Bool = false) -> String {
    Platform.fitted(singleLine(text), to: Int(width / (bold ? 7.4 : 6.8)))
  }

  /// A background, so that a dark viewer does not swallow dark text.
  static func paper(_ width: Double, _ height: Double) -> SVGElement {
    SVGElement(
      "rect", ["class": "paper", "width": SVGValue(width), "height": SVGValue(height)])
  }

  static func text(
    _ text: String, _ x: Double, _ y: Double, _ style: String = "", anchor: String? = nil
  ) -> SVGElement {
    var element = SVGElement.text("text", ["x": SVGValue(x), "y": SVGValue(y)], text)
    if !style.isEmpty { element.set("class", SVGValue(style)) }
    if let anchor { element.set("text-anchor", SVGValue(anchor)) }
    return element
  }

  /// A number for a label: four digits that count.
  static func short(_ number: Double) -> String {
    guard number.isFinite, number != 0 else { return number == 0 ? "0" : "\(number)" }
    let magnitude = number.magnitude
    if magnitude >= 1e6 || magnitude < 1e-4 {
      var exponent = 0
      var digits = magnitude
      while digits >= 10 { (digits, exponent) = (digits / 10, exponent + 1) }
      while digits < 1 { (digits, exponent) = (digits * 10, exponent - 1) }
      let rounded = (digits * 1000).rounded() / 1000
      return (number < 0 ? "-" : "") + trimmed(rounded) + "e\(exponent)"
    }
    var scale = 1000.0
    var bound = 10.0
    while magnitude >= bound, scale > 1 { (scale, bound) = (scale / 10, bound * 10) }
    if magnitude < 1 { scale = 10_000 }
    return trimmed((number * scale).rounded() / scale)
  }

  private static func trimmed(_ number: Double) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
