import Formats

/// An interval of numbers, as a comment gives it: `# [0, 1]`, `# (0, 1]`, `# [1, inf)`.
package struct ParameterRange: Sendable, Hashable {
  package var lower: Double
  package var upper: Double
  package var includesLower: Bool
  package var includesUpper: Bool

  /// The interval at the beginning of a comment; nil when none stands there.
  package init?(comment: Substring) {
    let text = comment.drop { $0 == " " || $0 == "\t" }
    guard let open = text.first, open == "[" || open == "(",
      let end = text.firstIndex(where: { $0 == "]" || $0 == ")" })
    else { return nil }
    let parts = text[text.index(after: text.startIndex)..<end].split(
      separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 2, let lower = PythonNumber.float(parts[0]),
      let upper = PythonNumber.float(parts[1]), lower <= upper
    else { return nil }
    (self.lower, self.upper) = (lower, upper)
    includesLower = open == "["
    includesUpper = text[end] == "]"
  }

  /// The interval at the beginning of a comment, and what the comment says behind it.
  static func split(comment: some StringProtocol) -> (range: ParameterRange?, help: String) {
    var rest = Substring(comment)
    let range = ParameterRange(comment: rest)
    if range != nil, let end = rest.firstIndex(where: { $0 == "]" || $0 == ")" }) {
      rest = rest[rest.index(after: end)...]
    }
    var help = rest.unicodeScalars
    while let first = help.first, first.isPythonSpace { help.removeFirst() }
    while let last = help.last, last.isPythonSpace { help.removeLast() }
    return (range, String(help))
  }

  package func contains(_ value: Double) -> Bool {
    (includesLower ? value >= lower : value > lower)
      && (includesUpper ? value <= upper : value < upper)
  }

  package var text: String {
    (includesLower ? "[" : "(") + Self.short(lower) + ", " + Self.short(upper)
      + (includesUpper ? "]" : ")")
  }

  private static func short(_ value: Double) -> String {
    let text = PythonText.repr(value)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
