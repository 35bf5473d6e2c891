/// A regular expression in the syntax and with the meaning of Python's `re`.
///
/// Matching goes back and forth as CPython's does, so it finds the same match; a search that takes too many steps ends in
/// `LimitExceeded`.
package struct Pattern {
  package struct Flags: OptionSet, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }

    package static let ignoreCase = Flags(rawValue: 2)
    package static let multiline = Flags(rawValue: 8)
    package static let dotAll = Flags(rawValue: 16)
    package static let verbose = Flags(rawValue: 64)
    package static let ascii = Flags(rawValue: 256)
    static let unicode = Flags(rawValue: 32)

    init?(letter: UInt32) {
      switch Unicode.Scalar(letter) {
      case "i": self = .ignoreCase
      case "m": self = .multiline
      case "s": self = .dotAll
      case "x": self = .verbose
      case "a": self = .ascii
      case "u": self = .unicode
      default: return nil
      }
    }
  }

  /// Where a match and its groups lie, in characters.
  package struct Match {
    let text: [UInt32]
    let slots: [Int]

    package var range: Range<Int> { slots[0]..<slots[1] }

    /// The text of a group, 0 for the whole; nil when it took no part.
    package func group(_ number: Int) -> Text? {
      guard number * 2 + 1 < slots.count, slots[number * 2] >= 0,
        slots[number * 2 + 1] >= slots[number * 2]
      else { return nil }
      return Text(codePoints: text[slots[number * 2]..<slots[number * 2 + 1]])
    }
  }

  private let program: PatternProgram
  package let groupCount: Int
  /// The named groups in the order of the pattern.
  package let names: [(name: String, number: Int)]

  /// - Throws: `error`, the class that Python's `re.error` calls itself.
  package init(_ source: Text, flags: Flags = []) throws(TemplateError) {
    let points = source.codePoints
    var parser = PatternParser(points, flags: flags)
    do {
      var node = try parser.parse()
      if parser.flags != flags, parser.flags.contains(.verbose), !flags.contains(.verbose) {
        // A pattern that turns verbose is read again as that.
        parser = PatternParser(points, flags: parser.flags)
        node = try parser.parse()
      }
      program = PatternProgram(node)
    } catch {
      throw TemplateError("error", error.text(in: points))
    }
    groupCount = parser.groupCount
    names = parser.names
  }

  /// `re.search`.
  package func firstMatch(in text: Text) throws(TemplateError) -> Match? {
    try firstMatch(in: text.codePoints, from: 0, mustAdvance: false)
  }

  /// `re.match`: a match at the start.
  package func prefixMatch(in text: Text) throws(TemplateError) -> Match? {
    let points = text.codePoints
    var machine = PatternMachine(program, groups: groupCount, text: points)
    return try match(&machine, at: 0, mustAdvance: false, end: nil)
  }

  /// `re.fullmatch`.
  package func wholeMatch(in text: Text) throws(TemplateError) -> Match? {
    let points = text.codePoints
    var machine = PatternMachine(program, groups: groupCount, text: points)
    return try match(&machine, at: 0, mustAdvance: false, end: points.count)
  }

  /// `re.finditer`.
  package func matches(in text: Text, most: Int = .max) throws(TemplateError) -> [Match] {
    let points = text.codePoints
    var found: [Match] = []
    var start = 0
    var mustAdvance = false
    while found.count < most,
      let match = try firstMatch(in: points, from: start, mustAdvance: mustAdvance)
    {
      found.append(match)
      start = match.range.upperBound
      mustAdvance = match.range.isEmpty
    }
    return found
  }

  /// `re.sub(pattern, replacement, text, most)`; `most` 0 is no limit.
  package func replace(
    in text: Text, most: Int = 0, with replacement: (Match) throws(TemplateError) -> Text
  ) throws(TemplateError) -> Text {
    let matches = try matches(in: text, most: most > 0 ? most : .max)
    guard !matches.isEmpty else { return text }
    let points = text.codePoints
    var result: [UInt8] = []
    var position = 0
    for match in matches {
      for point in points[position..<match.range.lowerBound] { Text.append(point, to: &result) }
      result += try replacement(match).bytes
      try TextLimits.check(result.count)
      position = match.range.upperBound
    }
    for point in points[position...] { Text.append(point, to: &result) }
    return Text(bytes: result)
  }

  private func firstMatch(
    in points: [UInt32], from start: Int, mustAdvance: Bool
  ) throws(TemplateError) -> Match? {
    guard start <= points.count else { return nil }
    var machine = PatternMachine(program, groups: groupCount, text: points)
    for position in start...points.count {
      let mustMove = mustAdvance && position == start
      if let match = try match(&machine, at: position, mustAdvance: mustMove, end: nil) {
        return match
      }
    }
    return nil
  }

  private func match(
    _ machine: inout PatternMachine, at position: Int, mustAdvance: Bool, end: Int?
  ) throws(TemplateError) -> Match? {
    guard let found = try machine.match(at: position, mustAdvance: mustAdvance, end: end) else {
      return nil
    }
    var slots = machine.slots
    slots[0] = position
    slots[1] = found
    return Match(text: machine.text, slots: slots)
  }
}
