/// How many cells text takes on a terminal: two for a Hangul syllable, an ideograph or an emoji, none for a mark that
/// combines (Unicode TR 11, East Asian Width; ambiguous characters count one).
package func textWidth(_ text: some StringProtocol) -> Int {
  text.utf8.allSatisfy { $0 < 0x80 } ? text.utf8.count : text.reduce(0) { $0 + cells($1) }
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

private func cells(_ character: Character) -> Int {
  guard let first = character.unicodeScalars.first else { return 0 }
  if first.value < 0x300 { return first.value < 0x20 ? 0 : 1 }
  if first.properties.generalCategory == .nonspacingMark { return 0 }
  if first.properties.generalCategory == .format { return 0 }
  if first.properties.isEmojiPresentation { return 2 }
  // The wide and full-width blocks.
  switch first.value {
  case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
    0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
    0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
    return 2
  default: return 1
  }
}
