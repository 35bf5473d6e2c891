/// The replacement text of Python's `re.sub`, with `\1`, `\g<name>` and escapes.
package struct PatternReplacement {
  private enum Part {
    case literal([UInt32])
    case group(Int)
  }

  private var parts: [Part] = []

  /// - Throws: `error` (`re.error`), or `IndexError` for a name that the pattern lacks.
  package init(_ source: Text, for pattern: Pattern) throws(TemplateError) {
    let points = source.codePoints
    var position = 0
    var literal: [UInt32] = []
    func failure(_ message: String, _ at: Int) -> TemplateError {
      TemplateError("error", PatternError(message, at: at).text(in: points))
    }
    func isDigit(_ index: Int) -> Bool {
      index < points.count && points[index] >= 0x30 && points[index] <= 0x39
    }
    func isOctal(_ index: Int) -> Bool { isDigit(index) && points[index] <= 0x37 }
    func reference(_ number: Int, _ at: Int) throws(TemplateError) {
      guard number <= pattern.groupCount else {
        throw failure("invalid group reference \(number)", at)
      }
      if !literal.isEmpty { parts.append(.literal(literal)) }
      literal = []
      parts.append(.group(number))
    }
    while position < points.count {
      let start = position
      let point = points[position]
      position += 1
      guard point == 0x5C else {
        literal.append(point)
        continue
      }
      guard position < points.count else {
        throw failure("bad escape (end of pattern)", start)
      }
      let next = points[position]
      position += 1
      switch Unicode.Scalar(next) {
      case "g":
        guard position < points.count, points[position] == 0x3C else {
          throw failure("missing <", position)
        }
        let nameStart = position + 1
        guard let end = points[nameStart...].firstIndex(of: 0x3E) else {
          throw failure(
            nameStart == points.count ? "missing group name" : "missing >, unterminated name",
            nameStart)
        }
        let name = Text(codePoints: points[nameStart..<end])
        position = end + 1
        if name.isEmpty { throw failure("missing group name", nameStart) }
        if name.bytes.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
          let number = Int(name.string) ?? .max
          try reference(number, nameStart)
        } else if !name.isIdentifier {
          throw failure(
            "bad character in group name \(TextRepr.quoted(name))", nameStart)
        } else if let known = pattern.names.first(where: { Text($0.name) == name }) {
          try reference(known.number, nameStart)
        } else {
          throw .index("unknown group name \(TextRepr.quoted(name))")
        }
      case "0":
        var value: UInt32 = 0
        for _ in 0..<2 where isOctal(position) {
          value = value << 3 | (points[position] - 0x30)
          position += 1
        }
        literal.append(value & 0xFF)
      case "1", "2", "3", "4", "5", "6", "7", "8", "9":
        var number = Int(next) - 0x30
        if isDigit(position) {
          if next <= 0x37, isOctal(position), isOctal(position + 1) {
            let value =
              (next - 0x30) << 6 | (points[position] - 0x30) << 3 | (points[position + 1] - 0x30)
            position += 2
            guard value <= 0o377 else {
              let shown = Text(codePoints: points[start..<position])
              throw failure("octal escape value \(shown) outside of range 0-0o377", start)
            }
            literal.append(value)
            continue
          }
          number = number * 10 + Int(points[position]) - 0x30
          position += 1
        }
        try reference(number, start + 1)
      case "a": literal.append(7)
      case "b": literal.append(8)
      case "f": literal.append(0x0C)
      case "n": literal.append(0x0A)
      case "r": literal.append(0x0D)
      case "t": literal.append(0x09)
      case "v": literal.append(0x0B)
      case "\\": literal.append(0x5C)
      default:
        if next < 0x80, CodePoint.isAlpha(next) {
          throw failure("bad escape \\\(Text(codePoints: [next]))", start)
        }
        literal += [0x5C, next]
      }
    }
    if !literal.isEmpty { parts.append(.literal(literal)) }
  }

  /// The replacement of one match; a group that took no part is empty.
  package func text(for match: Pattern.Match) -> Text {
    var result = Text.empty
    for part in parts {
      switch part {
      case .literal(let points): result = result + Text(codePoints: points)
      case .group(let number): result = result + (match.group(number) ?? .empty)
      }
    }
    return result
  }
}
