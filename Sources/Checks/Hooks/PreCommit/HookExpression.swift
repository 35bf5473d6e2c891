import Patterns
import Platform

/// One regular expression of a configuration: `files`, `exclude`, or what `pygrep` looks for.
///
/// Python's own engine says what is an expression and what it means. Where the linear engine means the same, which is so for
/// the plain ones over ASCII, it answers, because it does so at once.
struct HookExpression {
  private let search: PythonExpressions.Search
  private let fast: PatternMatcher?

  /// - Parameters:
  ///   - flags: `.ascii` for one that is matched against bytes.
  init(
    _ pattern: String, flags: PythonExpressions.Flags = [], _ expressions: PythonExpressions
  ) throws(ParseFailure) {
    let points =
      flags.contains(.ascii)
      ? pattern.utf8.map(UInt32.init) : pattern.unicodeScalars.map(\.value)
    search = try expressions.compile(points, flags)
    var own: Pattern.Flags = []
    if flags.contains(.ignoresCase) { own.insert(.ignoresCase) }
    // Among characters that are plain here none is a line's end.
    let isPlain = Self.isPlain(pattern) && !flags.contains(.multiline)
    fast = isPlain ? (try? Pattern(pattern, flags: own)).map { PatternMatcher($0) } : nil
  }

  /// `re.search(pattern, text)`.
  func matches(_ text: String) throws -> Bool {
    var text = text
    let answer: Bool? = text.withUTF8 { bytes in Self.isPlain(bytes) ? isFastMatch(bytes) : nil }
    return try answer ?? (search(text.unicodeScalars.map(\.value)) != nil)
  }

  /// Where the expression first matches in bytes.
  func firstRange(in bytes: ArraySlice<UInt8>) throws -> Range<Int>? {
    try search(bytes.map(UInt32.init))
  }

  /// Whether the expression matches in a line with its end.
  func matches(line: ArraySlice<UInt8>) throws -> Bool {
    if fast != nil {
      let answer: Bool? = line.withUnsafeBufferPointer { bytes in
        let text = UnsafeBufferPointer(rebasing: bytes.last == 0x0A ? bytes.dropLast() : bytes[...])
        return Self.isPlain(text) ? isFastMatch(text) : nil
      }
      if let answer { return answer }
    }
    return try firstRange(in: line) != nil
  }

  private func isFastMatch(_ text: UnsafeBufferPointer<UInt8>) -> Bool? { fast?.isMatch(in: text) }

  /// ASCII without line ends.
  private static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.allSatisfy { $0 < 0x80 && $0 != 0x0A && $0 != 0x0D }
  }

  /// Whether both engines read an expression alike: letters, digits, `/`, `_`, `-`, escaped punctuation, anchors, choices,
  /// plain groups, sets of such, and `* + ?`.
  private static func isPlain(_ pattern: String) -> Bool {
    var isInSet = false
    var before: UInt8 = 0
    var bytes = Array(pattern.utf8).makeIterator()
    while let byte = bytes.next() {
      defer { before = byte }
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "/"),
        UInt8(ascii: "."), UInt8(ascii: " "), UInt8(ascii: ","):
        break
      case UInt8(ascii: "-"): if isInSet, before == UInt8(ascii: "-") { return false }
      case UInt8(ascii: "\\"):
        guard let next = bytes.next(), [0x2E, 0x2F, 0x2D, 0x5F, 0x2B].contains(next), !isInSet
        else { return false }
      case UInt8(ascii: "["):
        if isInSet { return false }
        isInSet = true
      case UInt8(ascii: "]"):
        if !isInSet || before == UInt8(ascii: "[") { return false }
        isInSet = false
      case UInt8(ascii: "^"), UInt8(ascii: "$"), UInt8(ascii: "|"), UInt8(ascii: "("),
        UInt8(ascii: ")"):
        if isInSet { return false }
      case UInt8(ascii: "*"), UInt8(ascii: "+"):
        if isInSet || isRepetition(before) { return false }
      case UInt8(ascii: "?"):
        if isInSet || before == UInt8(ascii: "(") || before == UInt8(ascii: "?") { return false }
      default: return false
      }
    }
    return true
  }

  private static func isRepetition(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "*") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "?")
  }
}
