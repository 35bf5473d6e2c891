/// What a terminal would show of a text that moves back in its lines, as progress bars do.
enum TerminalText {
  /// The text without what `\b` takes away and what stands before a `\r` in its line, unless the line ends with it.
  static func folded(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0x0D || $0 == 0x08 }) else { return text }
    var result: [Unicode.Scalar] = []
    var lineStart = 0
    // A `\r` counts when something else than the line's end follows.
    var returned: Int?
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\u{08}":
        if result.count > lineStart, result.last != "\r" {
          result.removeLast()
          continue
        }
        result.append(scalar)
      case "\n":
        result.append(scalar)
        lineStart = result.count
        returned = nil
      case "\r":
        if let end = returned { result.removeSubrange(lineStart..<end) }
        result.append(scalar)
        returned = result.count
      default:
        if let end = returned {
          result.removeSubrange(lineStart..<end)
          returned = nil
        }
        result.append(scalar)
      }
    }
    var string = String.UnicodeScalarView()
    string.append(contentsOf: result)
    return String(string)
  }
}
