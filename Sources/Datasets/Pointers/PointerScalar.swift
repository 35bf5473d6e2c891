/// A text as DVC's YAML writer (ruamel, YAML 1.2) writes it.
enum PointerScalar {
  /// - Parameters:
  ///   - column: where on its line the text begins, counted from 0.
  ///   - indent: how far the lines of a folded text are indented.
  static func text(_ value: String, column: Int, indent: Int) -> String {
    if value.isEmpty { return "''" }
    let scalars = Array(value.unicodeScalars)
    if scalars.contains(where: needsEscape) { return doubleQuoted(scalars) }
    if isPlain(scalars) && !looksTyped(value) { return folded(scalars, column, indent, quote: "") }
    return folded(scalars, column + 1, indent, quote: "'")
  }

  private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFFFD: scalar.value == 0xFEFF
    case 0x1_0000...0x10_FFFF: false
    default: true
    }
  }

  /// Whether the text can stand without quotes, whatever it may be read as.
  private static func isPlain(_ scalars: [Unicode.Scalar]) -> Bool {
    guard let first = scalars.first, let last = scalars.last else { return false }
    if first == " " || last == " " { return false }
    if "#,[]{}&*!|>'\"%@`".unicodeScalars.contains(first) { return false }
    let second = scalars.dropFirst().first
    if "?:-".unicodeScalars.contains(first), second == nil || second == " " { return false }
    if scalars.starts(with: "---".unicodeScalars) || scalars.starts(with: "...".unicodeScalars) {
      return false
    }
    if last == ":" { return false }
    for (this, next) in zip(scalars, scalars.dropFirst()) {
      if this == ":" && next == " " || this == " " && next == "#" { return false }
    }
    return true
  }

  /// Whether YAML 1.2's core schema, with ruamel's additions, reads the text as something other than text.
  static func looksTyped(_ text: String) -> Bool {
    let lower = text.lowercased()
    if ["true", "false", "null", "~", "=", "<<"].contains(lower) { return true }
    let sign = lower.hasPrefix("-") || lower.hasPrefix("+")
    let body = sign ? lower.dropFirst() : lower[...]
    if [".inf", ".nan"].contains(String(body)) { return true }
    if isDate(text) { return true }
    let digits = body.filter { $0 != "_" }
    guard let first = digits.utf8.first else { return false }
    if digits.hasPrefix("0x") {
      return digits.utf8.count > 2 && digits.dropFirst(2).allSatisfy(\.isHexDigit)
    }
    if digits.hasPrefix("0o") {
      return digits.utf8.count > 2 && digits.dropFirst(2).allSatisfy { "01234567".contains($0) }
    }
    if digits.hasPrefix("0b") {
      return digits.utf8.count > 2 && digits.dropFirst(2).allSatisfy { "01".contains($0) }
    }
    guard first >= 0x30 && first <= 0x39 || first == UInt8(ascii: ".") else { return false }
    return isNumber(Array(digits.utf8))
  }

  /// `12`, `1.5`, `.5`, `1.`, `1e5`, `1.5e-3`.
  private static func isNumber(_ text: [UInt8]) -> Bool {
    var place = 0
    func digits() -> Int {
      let start = place
      while place < text.count, text[place] >= 0x30, text[place] <= 0x39 { place += 1 }
      return place - start
    }
    var count = digits()
    if place < text.count, text[place] == UInt8(ascii: ".") {
      place += 1
      count += digits()
    }
    guard count > 0 else { return false }
    if place < text.count, text[place] == UInt8(ascii: "e") {
      place += 1
      if place < text.count, text[place] == UInt8(ascii: "+") || text[place] == UInt8(ascii: "-") {
        place += 1
      }
      guard digits() > 0 else { return false }
    }
    return place == text.count
  }

  /// `2024-01-01`, alone or with a time.
  private static func isDate(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    func isDigit(_ index: Int) -> Bool { bytes[index] >= 0x30 && bytes[index] <= 0x39 }
    guard bytes.count >= 8, (0..<4).allSatisfy(isDigit), bytes[4] == UInt8(ascii: "-") else {
      return false
    }
    let parts = text.split(separator: "-", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, (1...2).contains(parts[1].utf8.count), parts[1].allSatisfy(\.isNumber)
    else { return false }
    if bytes.count == 10, parts[2].utf8.count == 2, parts[2].allSatisfy(\.isNumber),
      parts[1].utf8.count == 2
    {
      return true
    }
    let day = parts[2].prefix { $0.isNumber }
    guard (1...2).contains(day.utf8.count) else { return false }
    let rest = parts[2].dropFirst(day.count).drop { $0 == " " || $0 == "\t" }
    let time = rest.first == "T" || rest.first == "t" ? rest.dropFirst() : rest
    guard time.startIndex != parts[2].dropFirst(day.count).startIndex else { return false }
    let clock = time.split(separator: ":", omittingEmptySubsequences: false)
    return clock.count >= 3 && clock[0].allSatisfy(\.isNumber) && clock[1].utf8.count == 2
  }

  /// Words, with the line broken where ruamel breaks it: a plain text before a word that would pass column 80, or at a
  /// single space from there on; a quoted one at a single space beyond it.
  private static func folded(
    _ scalars: [Unicode.Scalar], _ column: Int, _ indent: Int, quote: String
  ) -> String {
    let isPlain = quote.isEmpty
    var text = quote
    var column = column
    func breakLine() {
      text += "\n" + String(repeating: " ", count: indent)
      column = indent
    }
    var index = 0
    while index < scalars.count {
      let isSpace = scalars[index] == " "
      var end = index
      while end < scalars.count, (scalars[end] == " ") == isSpace { end += 1 }
      let run = scalars[index..<end]
      if isSpace {
        let isInner = index > 0 && end < scalars.count
        if run.count == 1, isInner, isPlain ? column >= 80 : column > 80 {
          breakLine()
        } else {
          text.unicodeScalars.append(contentsOf: run)
          column += run.count
        }
      } else {
        if isPlain, column + run.count > 80, column > indent { breakLine() }
        for scalar in run {
          text.unicodeScalars.append(scalar)
          if scalar == "'", !isPlain { text += "'" }
          column += scalar == "'" && !isPlain ? 2 : 1
        }
      }
      index = end
    }
    return text + quote
  }

  private static func doubleQuoted(_ scalars: [Unicode.Scalar]) -> String {
    let short: [UInt32: String] = [
      0: "0", 7: "a", 8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r", 27: "e", 0x22: "\"",
      0x5C: "\\", 0x85: "N", 0x2028: "L", 0x2029: "P",
    ]
    var text = "\""
    for scalar in scalars {
      if let letter = short[scalar.value] {
        text += "\\" + letter
      } else if needsEscape(scalar) {
        let hex = String(scalar.value, radix: 16, uppercase: true)
        let width = scalar.value < 0x100 ? 2 : scalar.value < 0x1_0000 ? 4 : 8
        text += width == 2 ? "\\x" : width == 4 ? "\\u" : "\\U"
        text += String(repeating: "0", count: max(0, width - hex.count)) + hex
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}
