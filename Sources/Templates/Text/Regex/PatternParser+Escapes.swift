extension PatternParser {
  /// What a backslash begins, outside of a set.
  mutating func escape(ascii: Bool) throws(PatternError) -> PatternNode {
    let start = position
    position += 1
    guard let next = peek else { throw PatternError("bad escape (end of pattern)", at: start) }
    switch Unicode.Scalar(next) {
    case "A": return assertion(.textStart)
    case "Z": return assertion(.textEnd)
    case "b": return assertion(.wordEdge(ascii: ascii))
    case "B": return assertion(.noWordEdge(ascii: ascii))
    case "1", "2", "3", "4", "5", "6", "7", "8", "9": return try reference(start)
    default: break
    }
    if let (kind, isNegated) = Self.kind(next) {
      position += 1
      return .set(PatternSet(classes: [(kind, isNegated)], isASCII: ascii))
    }
    let point = try escapedCharacter(start, inSet: false)
    return .character(point, ignoringCase: flags.contains(.ignoreCase))
  }

  private mutating func assertion(_ assertion: PatternAssertion) -> PatternNode {
    position += 1
    return .assertion(assertion)
  }

  /// `\1`, or three octal digits.
  private mutating func reference(_ start: Int) throws(PatternError) -> PatternNode {
    var digits = [text[position]]
    position += 1
    if let second = peek, Self.isDigit(second) {
      let isOctal = digits[0] <= 0x37 && second <= 0x37
      if isOctal, position + 1 < text.count, text[position + 1] >= 0x30, text[position + 1] <= 0x37
      {
        let value = (digits[0] - 0x30) << 6 | (second - 0x30) << 3 | (text[position + 1] - 0x30)
        position += 2
        guard value <= 0o377 else {
          throw PatternError(
            "octal escape value \(source(start)) outside of range 0-0o377", at: start)
        }
        return .character(value, ignoringCase: flags.contains(.ignoreCase))
      }
      digits.append(second)
      position += 1
    }
    let group = digits.reduce(0) { $0 * 10 + Int($1) - 0x30 }
    guard group <= groupCount else {
      throw PatternError("invalid group reference \(group)", at: start + 1)
    }
    try checkClosed(group, at: start)
    return .reference(group, ignoringCase: flags.contains(.ignoreCase))
  }

  /// A character written with a backslash, which is the next but one.
  private mutating func escapedCharacter(
    _ start: Int, inSet: Bool
  ) throws(PatternError) -> UInt32 {
    let next = text[position]
    position += 1
    switch Unicode.Scalar(next) {
    case "a": return 7
    case "b" where inSet: return 8
    case "f": return 0x0C
    case "n": return 0x0A
    case "r": return 0x0D
    case "t": return 0x09
    case "v": return 0x0B
    case "x": return try hexadecimal(2, start)
    case "u": return try hexadecimal(4, start)
    case "U":
      let value = try hexadecimal(8, start)
      guard value <= 0x10FFFF else { throw PatternError("bad escape \(source(start))", at: start) }
      return value
    case "0", "1", "2", "3", "4", "5", "6", "7":
      // `\0` and two more digits; in a set, or with three digits, any octal number.
      guard next == 0x30 || inSet else { break }
      var value = next - 0x30
      var count = 1
      while count < 3, let digit = peek, digit >= 0x30, digit <= 0x37 {
        value = value << 3 | (digit - 0x30)
        count += 1
        position += 1
      }
      guard value <= 0o377 else {
        throw PatternError(
          "octal escape value \(source(start)) outside of range 0-0o377", at: start)
      }
      return value
    case "8" where inSet, "9" where inSet:
      throw PatternError("bad escape \(source(start))", at: start)
    default: break
    }
    if next < 0x80, CodePoint.isAlpha(next) {
      throw PatternError("bad escape \(source(start))", at: start)
    }
    return next
  }

  private mutating func hexadecimal(_ count: Int, _ start: Int) throws(PatternError) -> UInt32 {
    var value: UInt32 = 0
    var read = 0
    while read < count, let next = peek, let digit = Self.hexValue(next) {
      value = value << 4 | digit
      read += 1
      position += 1
    }
    guard read == count else {
      throw PatternError("incomplete escape \(source(start))", at: start)
    }
    return value
  }

  private func source(_ start: Int) -> String { Text(codePoints: text[start..<position]).string }

  private static func isDigit(_ point: UInt32) -> Bool { point >= 0x30 && point <= 0x39 }

  private static func hexValue(_ point: UInt32) -> UInt32? {
    switch point {
    case 0x30...0x39: point - 0x30
    case 0x41...0x46: point - 0x37
    case 0x61...0x66: point - 0x57
    default: nil
    }
  }

  private static func kind(_ point: UInt32) -> (PatternClass, isNegated: Bool)? {
    switch Unicode.Scalar(point) {
    case "d": (.digit, false)
    case "D": (.digit, true)
    case "s": (.space, false)
    case "S": (.space, true)
    case "w": (.word, false)
    case "W": (.word, true)
    default: nil
    }
  }

  /// `[…]`.
  mutating func set() throws(PatternError) -> PatternSet {
    let start = position
    position += 1
    var set = PatternSet(
      isNegated: take("^"), ignoresCase: flags.contains(.ignoreCase),
      isASCII: flags.contains(.ascii))
    let first = position
    while true {
      guard let next = peek else { throw PatternError("unterminated character set", at: start) }
      if next == 0x5D, position > first {
        position += 1
        return set
      }
      let from = position
      let low = try setItem(start)
      guard isNext("-") else {
        add(low, to: &set)
        continue
      }
      position += 1
      guard let following = peek else {
        throw PatternError("unterminated character set", at: start)
      }
      if following == 0x5D {
        add(low, to: &set)
        set.ranges.append(0x2D...0x2D)
        position += 1
        return set
      }
      let high = try setItem(start)
      guard case .character(let low) = low, case .character(let high) = high, low <= high else {
        throw PatternError("bad character range \(source(from))", at: from)
      }
      set.ranges.append(low...high)
    }
  }

  private enum SetItem {
    case character(UInt32)
    case kind(PatternClass, Bool)
  }

  private func add(_ item: SetItem, to set: inout PatternSet) {
    switch item {
    case .character(let point): set.ranges.append(point...point)
    case .kind(let kind, let isNegated): set.classes.append((kind, isNegated))
    }
  }

  private mutating func setItem(_ setStart: Int) throws(PatternError) -> SetItem {
    let start = position
    let next = text[position]
    position += 1
    guard next == 0x5C else { return .character(next) }
    guard let escaped = peek else {
      throw PatternError("bad escape (end of pattern)", at: start)
    }
    if let (kind, isNegated) = Self.kind(escaped) {
      position += 1
      return .kind(kind, isNegated)
    }
    return .character(try escapedCharacter(start, inSet: true))
  }
}
