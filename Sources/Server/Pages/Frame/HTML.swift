/// A piece of a page. What is interpolated into it is escaped unless it is a piece of a page itself, so that no value can
/// become markup:
///
/// ```swift
/// let cell: HTML = "<td>\(run.name)</td>"
/// ```
///
/// Attributes stand in double quotes.
struct HTML: Sendable, Hashable {
  private(set) var text: String

  /// Markup that is known to be whole and harmless.
  init(markup: String) { text = markup }

  static let nothing = HTML(markup: "")

  var isEmpty: Bool { text.isEmpty }

  static func + (left: HTML, right: HTML) -> HTML { HTML(markup: left.text + right.text) }

  static func += (left: inout HTML, right: HTML) { left.text += right.text }
}

extension HTML: ExpressibleByStringInterpolation {
  init(stringLiteral value: String) { text = value }

  init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

  struct Interpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + interpolationCount * 16)
    }

    mutating func appendLiteral(_ literal: String) { text += literal }
    mutating func appendInterpolation(_ value: String) { HTML.escape(value, into: &text) }
    mutating func appendInterpolation(_ value: Substring) {
      HTML.escape(String(value), into: &text)
    }
    mutating func appendInterpolation(_ value: Int) { text += String(value) }
    mutating func appendInterpolation(_ value: Int64) { text += String(value) }
    mutating func appendInterpolation(_ piece: HTML) { text += piece.text }
    mutating func appendInterpolation(_ piece: HTML?) { if let piece { text += piece.text } }
    mutating func appendInterpolation(_ pieces: [HTML]) {
      for piece in pieces { text += piece.text }
    }

    /// A coordinate of a picture, rounded to hundredths.
    mutating func appendInterpolation(px value: Double) { text += ChartNumber.pixel(value) }
  }
}

extension HTML {
  /// Writes a text so that it means itself between tags and in quoted attributes.
  ///
  /// Characters that no page may hold, and the invisible ones that turn the direction of what follows, become U+FFFD:
  /// a name could otherwise show as another.
  static func escape(_ value: String, into text: inout String) {
    if value.utf8.allSatisfy(isPlain) {
      text += value
      return
    }
    for scalar in value.unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "'": text += "&#39;"
      case "\t", "\n": text.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value): text += "\u{FFFD}"
      case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": text += "\u{FFFD}"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x22, 0x26, 0x27, 0x3C, 0x3E: false
    case 0x20...0x7E, 0x09, 0x0A: true
    default: false
    }
  }
}

extension Sequence<HTML> {
  /// The pieces one after the other.
  func joined(by separator: HTML = .nothing) -> HTML {
    HTML(markup: map(\.text).joined(separator: separator.text))
  }
}
