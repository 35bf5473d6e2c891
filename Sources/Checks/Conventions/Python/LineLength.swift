import Platform
import Python

/// E501: lines that are wider than a page.
///
/// As pycodestyle and ruff do it: East Asian wide characters take two columns, and a line that is one word (a URL) or ends
/// in a comment with nothing but one cannot be broken.
struct LineLength: PythonCheck {
  private let limit: Int

  init(_ options: RuleOptions) throws(ParseFailure) { limit = try options.int("max", 80) }

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let bytes = source.bytes
    let lines = source.list.lines
    for number in 1...max(1, lines.count) {
      let start = lines.start(ofLine: number)
      var end = number < lines.count ? lines.start(ofLine: number + 1) : bytes.count
      while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
      guard end - start > limit else { continue }
      let text = String(decoding: bytes[start..<end], as: UTF8.self)
      let width = text.unicodeScalars.reduce(0) { sum, scalar in
        sum + (scalar == "\t" ? 4 : columns(of: scalar))
      }
      guard width > limit, !isUnbreakable(text) else { continue }
      var fitting = start
      var room = limit
      for scalar in text.unicodeScalars {
        room -= scalar == "\t" ? 4 : columns(of: scalar)
        if room < 0 { break }
        fitting += UTF8.width(scalar)
      }
      report(
        PythonFinding("E501", fitting..<end, ["width": String(width), "max": String(limit)]))
    }
  }

  private func columns(of scalar: Unicode.Scalar) -> Int {
    scalar.isASCII ? 1 : textWidth(String(scalar))
  }

  /// Whether a break would help nothing: one word, or a comment whose second word is the last and is an address.
  private func isUnbreakable(_ text: String) -> Bool {
    let words = text.split(whereSeparator: \.isWhitespace)
    guard let first = words.first else { return true }
    if words.count == 1 { return true }
    guard first == "#" || first == "#:" else { return false }
    if words.count == 2 { return true }
    return false
  }
}
