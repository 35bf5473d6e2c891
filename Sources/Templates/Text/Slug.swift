/// Makes words for file names and addresses of any text, as python-slugify 9.2.0 does by default (its algorithm `legacy`).
package struct Slug {
  package var entities = true
  package var decimal = true
  package var hexadecimal = true
  package var maxLength = 0
  package var wordBoundary = false
  package var separator: Text = "-"
  package var saveOrder = false
  package var stopwords: [Text] = []
  package var pattern: Text?
  package var lowercase = true
  package var replacements: [(old: Text, new: Text)] = []
  package var allowUnicode = false

  package init() {}

  private static let dash = UInt32(0x2D)

  /// The slug of a text.
  ///
  /// - Throws: what the pattern's fault is, or that the text gets too long.
  package func make(_ source: Text) throws(TemplateError) -> Text {
    var text = try replace(in: source)
    var points = text.codePoints
    points = replacingRuns(in: points, with: [Self.dash]) { $0 == 0x27 }
    if allowUnicode {
      points = Normalisation.composed(points)
    } else {
      points = Romanisation.romanised(Normalisation.decomposed(points))
    }
    points = decodeReferences(points)
    points = allowUnicode ? Normalisation.composed(points) : Normalisation.decomposed(points)
    if lowercase { points = Text(codePoints: points).lowered().codePoints }
    points = replacingRuns(in: points, with: []) { $0 == 0x27 }
    points = withoutCommasInNumbers(points)
    if let pattern, !pattern.isEmpty {
      points = try Pattern(pattern).replace(in: Text(codePoints: points)) { _ in "-" }.codePoints
    } else if allowUnicode {
      points = replacingRuns(in: points, with: [Self.dash]) {
        $0 == 0x5F || !CodePoint.isWord($0)
      }
    } else {
      points = replacingRuns(in: points, with: [Self.dash]) {
        !($0 == Self.dash || ($0 < 0x80 && CodePoint.isAlphanumeric($0)))
      }
    }
    points = replacingRuns(in: points, with: [Self.dash]) { $0 == Self.dash }
    text = Text(codePoints: points).stripped(of: "-")
    if !stopwords.isEmpty {
      let excluded = Set(lowercase ? stopwords.map { $0.lowered() } : stopwords)
      text = try .joined(text.split(by: "-").filter { !excluded.contains($0) }, by: "-")
    }
    text = try replace(in: text)
    if maxLength > 0 { text = truncated(text) }
    return separator == "-" ? text : try text.replacing("-", with: separator)
  }

  private func replace(in text: Text) throws(TemplateError) -> Text {
    var text = text
    for (old, new) in replacements { text = try text.replacing(old, with: new) }
    return text
  }

  /// Every run of such characters becomes one replacement.
  private func replacingRuns(
    in points: [UInt32], with replacement: [UInt32], _ isReplaced: (UInt32) -> Bool
  ) -> [UInt32] {
    var result: [UInt32] = []
    result.reserveCapacity(points.count)
    var isInRun = false
    for point in points {
      let isOne = isReplaced(point)
      if !isOne {
        result.append(point)
      } else if !isInRun {
        result += replacement
      }
      isInRun = isOne
    }
    return result
  }

  private func withoutCommasInNumbers(_ points: [UInt32]) -> [UInt32] {
    guard points.contains(0x2C) else { return points }
    var result: [UInt32] = []
    for (index, point) in points.enumerated() {
      if point == 0x2C, index > 0, index + 1 < points.count, CodePoint.isDecimal(points[index - 1]),
        CodePoint.isDecimal(points[index + 1])
      {
        continue
      }
      result.append(point)
    }
    return result
  }

  /// `&amp;`, `&#38;`, `&#x26;`. One number that is no character leaves all numbers of its kind as they are.
  private func decodeReferences(_ points: [UInt32]) -> [UInt32] {
    guard points.contains(0x26) else { return points }
    var result = points
    if entities { result = replaceReferences(in: result, Self.name) ?? result }
    if decimal { result = replaceReferences(in: result, Self.decimalNumber) ?? result }
    if hexadecimal { result = replaceReferences(in: result, Self.hexadecimalNumber) ?? result }
    return result
  }

  private enum Reference {
    case none
    case bad
    case character(UInt32, end: Int)
  }

  private func replaceReferences(
    in points: [UInt32], _ read: ([UInt32], Int) -> Reference
  ) -> [UInt32]? {
    var result: [UInt32] = []
    var index = 0
    while index < points.count {
      if points[index] == 0x26 {
        switch read(points, index + 1) {
        case .none: break
        case .bad: return nil
        case .character(let point, let end):
          result.append(point)
          index = end
          continue
        }
      }
      result.append(points[index])
      index += 1
    }
    return result
  }

  private static func name(_ points: [UInt32], _ start: Int) -> Reference {
    var end = start
    while end < points.count, points[end] < 0x80, CodePoint.isAlphanumeric(points[end]) { end += 1 }
    guard end < points.count, points[end] == 0x3B,
      let named = Entities.named(points[start..<end].map { UInt8(truncatingIfNeeded: $0) }[...]),
      named.isOld
    else { return .none }
    // Of two names HTML 4 and 5 think of different brackets.
    let point: UInt32 =
      switch Text(codePoints: points[start..<end]) {
      case "lang": 0x2329
      case "rang": 0x232A
      default: named.text.codePoints[0]
      }
    return .character(point, end: end + 1)
  }

  private static func decimalNumber(_ points: [UInt32], _ start: Int) -> Reference {
    number(points, start, prefix: [0x23]) { CodePoint.decimalValue($0).map { UInt32($0) } }
  }

  private static func hexadecimalNumber(_ points: [UInt32], _ start: Int) -> Reference {
    number(points, start, prefix: [0x23, 0x78], base: 16) {
      switch $0 {
      case 0x41...0x46: $0 - 0x37
      case 0x61...0x66: $0 - 0x57
      default: CodePoint.decimalValue($0).map { UInt32($0) }
      }
    }
  }

  private static func number(
    _ points: [UInt32], _ start: Int, prefix: [UInt32], base: UInt32 = 10,
    _ digit: (UInt32) -> UInt32?
  ) -> Reference {
    guard points[start...].starts(with: prefix) else { return .none }
    var index = start + prefix.count
    let first = index
    var value: UInt32 = 0
    while index < points.count, let digit = digit(points[index]) {
      value = min(value * base + digit, 0x110000)
      index += 1
    }
    guard index > first, index < points.count, points[index] == 0x3B else { return .none }
    return value < 0x110000 ? .character(value, end: index + 1) : .bad
  }

  /// The legacy way to shorten: a length that is just met counts as too long for a word behind the first.
  private func truncated(_ source: Text) -> Text {
    let text = source.stripped(of: "-")
    if text.count < maxLength { return text }
    let cut = text.characters(0..<min(maxLength, text.count))
    if !wordBoundary { return cut.stripped(of: "-") }
    guard text.contains("-") else { return cut }
    var result = Text.empty
    for word in text.split(by: "-") where !word.isEmpty {
      let length = result.count + word.count
      if length < maxLength {
        result = result + word + "-"
      } else if length == maxLength {
        result = result + word
        break
      } else if saveOrder {
        break
      }
    }
    if result.isEmpty { result = cut }
    return result.stripped(of: "-")
  }
}
