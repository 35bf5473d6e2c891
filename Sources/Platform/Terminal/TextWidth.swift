/// How many cells text takes on a terminal: two for a Hangul syllable, an ideograph or an emoji, none for a mark that
/// combines (Unicode TR 11, East Asian Width; ambiguous characters count one).
package func textWidth(_ text: some StringProtocol) -> Int {
  text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    ? text.utf8.count : text.reduce(0) { $0 + cells($1) }
}

/// The text cut to a width in cells, with `…` at its end when something was cut.
package func fitted(_ text: String, to width: Int) -> String {
  guard textWidth(text) > width else { return text }
  guard width > 0 else { return "" }
  var result = ""
  var used = 0
  for character in text {
    let next = cells(character)
    if used + next > width - 1 { break }
    result.append(character)
    used += next
  }
  return result + "…"
}

/// The text with spaces behind it up to a width in cells.
package func padded(_ text: String, to width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - textWidth(text)))
}

/// The text on one line: control characters, which would break a table or speak to the terminal, as `\n`, `\t` or `\u{1B}`.
package func singleLine(_ text: String) -> String {
  guard holdsControl(text) else { return text }
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    case "\r": result += "\\r"
    case _ where scalar.properties.generalCategory == .control:
      result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// Whether a control character stands in a text: U+0000 to U+001F and U+007F to U+009F are all that there are.
private func holdsControl(_ text: String) -> Bool {
  var last: UInt8 = 0
  return text.utf8.contains { byte in
    defer { last = byte }
    return byte < 0x20 || byte == 0x7F || last == 0xC2 && byte < 0xA0
  }
}

private func cells(_ character: Character) -> Int {
  guard let first = character.unicodeScalars.first else { return 0 }
  switch first.properties.generalCategory {
  case .control, .format, .nonspacingMark, .enclosingMark: return 0
  default: break
  }
  if first.value < 0x300 { return 1 }
  if first.properties.isEmojiPresentation { return 2 }
  // The variation selector that asks for an emoji.
  if character.unicodeScalars.contains("\u{FE0F}") { return 2 }
  // The wide and full-width blocks; what is wide beyond them is an emoji.
  switch first.value {
  case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF,
    0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
    0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x1B2FF,
    0x1F200...0x1F265, 0x20000...0x3FFFD:
    return 2
  default: return 1
  }
}
