import Platform

extension PatternParser {
  /// A backslash outside brackets, and what follows it.
  mutating func escaped() throws(ParseFailure) -> PatternNode {
    let start = position
    let isUnicode = flags.isUnicode
    if let set = try classEscape() { return .set(set) }
    position += 1
    guard let letter = next else {
      throw failure("a `\\` at the end", at: start, hint: "write `\\\\` for the character")
    }
    position += 1
    switch letter {
    case "A": return .assertion(.textStart)
    case "z": return .assertion(.textEnd)
    case "b": return .assertion(isUnicode ? .unicodeWordBoundary : .wordBoundary)
    case "B": return .assertion(isUnicode ? .notUnicodeWordBoundary : .notWordBoundary)
    case "Z":
      throw failure("`\\Z` is not supported", at: start, hint: "`\\z` is the end of the text")
    case "1"..."9", "k", "g":
      throw failure(
        "a back-reference is not supported: `\\\(letter)`", at: start,
        hint: "patterns are matched in time linear in the text")
    case "p", "P", "X":
      throw failure(
        "Unicode properties are not supported: `\\\(letter)`", at: start,
        hint: "`(?u)\\w` takes the letters and digits of all languages")
    default:
      position = start
      return literal(try scalarEscape())
    }
  }

  /// `\d` and its like; nil, and nothing read, when something else stands here.
  mutating func classEscape() throws(ParseFailure) -> ScalarSet? {
    guard position + 1 < text.count, text[position] == "\\" else { return nil }
    let letter = text[position + 1]
    let kind: PerlClass
    switch letter {
    case "d", "D": kind = .digit
    case "w", "W": kind = .word
    case "s", "S": kind = .space
    default: return nil
    }
    position += 2
    let set = kind.set(unicode: flags.isUnicode)
    return ("A"..."Z").contains(letter) ? set.inverted : set
  }

  /// An escape that stands for one scalar, in brackets or out of them.
  mutating func scalarEscape() throws(ParseFailure) -> Unicode.Scalar {
    let start = position
    position += 1
    guard let letter = next else {
      throw failure("a `\\` at the end", at: start, hint: "write `\\\\` for the character")
    }
    position += 1
    switch letter {
    case "a": return "\u{7}"
    case "f": return "\u{C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "v": return "\u{B}"
    case "0":
      var value: UInt32 = 0
      for _ in 0..<2 {
        guard let digit = next, ("0"..."7").contains(digit) else { break }
        value = value * 8 + digit.value - 0x30
        position += 1
      }
      return Unicode.Scalar(value) ?? "\0"
    case "x": return try hexadecimal(2, start)
    case "u": return try hexadecimal(4, start)
    case "U": return try hexadecimal(8, start)
    default:
      let isPlain = letter.value >= 0x80 || !UInt8(letter.value).isWord || letter == "_"
      guard isPlain else {
        throw failure(
          "`\\\(letter)` means nothing", at: start, hint: "leave the backslash out for the letter")
      }
      return letter
    }
  }

  private mutating func hexadecimal(
    _ count: Int, _ start: Int
  ) throws(ParseFailure) -> Unicode.Scalar {
    var digits = ""
    if next == "{" {
      position += 1
      while let digit = next, digit != "}" {
        guard digits.utf8.count <= 8 else { break }
        digits.unicodeScalars.append(digit)
        position += 1
      }
      guard next == "}" else { throw failure("an escape that never ends", at: start) }
      position += 1
    } else {
      while digits.utf8.count < count, let digit = next, digit.value < 0x80 {
        digits.unicodeScalars.append(digit)
        position += 1
      }
      guard digits.utf8.count == count else {
        throw failure("an escape that wants \(count) hexadecimal digits", at: start)
      }
    }
    guard let first = digits.utf8.first, first != 0x2B, first != 0x2D,
      let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value)
    else { throw failure("an escape that names no character", at: start) }
    return scalar
  }
}
