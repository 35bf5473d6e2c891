import Formats
import Platform

/// The characters of a suite's file, to say where something stands.
struct SuiteSource: Sendable {
  /// As messages show it.
  let file: String
  let scalars: [Unicode.Scalar]
  /// Where each line begins, in characters.
  private let lineStarts: [Int]

  /// - Parameter bytes: UTF-8; a byte-order mark is not counted, as in ``YAMLMark``.
  init(_ bytes: [UInt8], file: String) {
    self.file = file
    var scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
    var starts = [0]
    for (place, scalar) in scalars.enumerated() where Self.isBreak(scalar) {
      if scalar == "\r", place + 1 < scalars.count, scalars[place + 1] == "\n" { continue }
      starts.append(place + 1)
    }
    self.scalars = scalars
    lineStarts = starts
  }

  /// Lines and columns count from 1.
  func location(_ offset: Int) -> SourceLocation {
    let offset = min(max(0, offset), scalars.count)
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return SourceLocation(file: file, line: low + 1, column: offset - lineStarts[low] + 1)
  }

  /// What ends a line in YAML 1.1.
  static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": true
    default: false
    }
  }

  static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\t" || isBreak(scalar)
  }

  /// Whether only blanks and then a comment stand behind a place in its line.
  func precedesComment(_ offset: Int) -> Bool {
    var place = max(0, offset)
    while place < scalars.count, scalars[place] == " " || scalars[place] == "\t" { place += 1 }
    return place > offset && place < scalars.count && scalars[place] == "#"
  }

  /// Whether the line of a place ends with a comment `# guess`, or `# guess: …`.
  func isMarkedGuess(_ offset: Int) -> Bool {
    let start = min(max(0, offset), scalars.count)
    let end = scalars[start...].firstIndex(where: Self.isBreak) ?? scalars.count
    var place = end - 1
    while place > start {
      if scalars[place] == "#", Self.isBlank(scalars[place - 1]) {
        let comment = scalars[(place + 1)..<end].drop(while: Self.isBlank)
        let word = comment.prefix { !Self.isBlank($0) && $0 != ":" }
        // A quote that ends the line is no comment.
        if word.elementsEqual("guess".unicodeScalars), let last = comment.last,
          last != "'" && last != "\""
        {
          return true
        }
      }
      place -= 1
    }
    return false
  }
}
