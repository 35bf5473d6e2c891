/// What `markupsafe` and Python's `html` do to marked-up texts.
package enum MarkupText {
  /// `Markup.striptags()`: without comments and tags, runs of white space as one blank, references decoded.
  package static func strippingTags(_ text: Text) -> Text {
    let bytes = text.bytes
    var kept: [UInt8] = []
    var position = 0
    while let start = bytes[position...].firstIndex(of: UInt8(ascii: "<")) {
      let isComment = bytes[start...].starts(with: "<!--".utf8)
      let end =
        isComment
        ? text.firstOffset(of: "-->", from: min(start + 4, bytes.count)).map { $0 + 3 }
        : bytes[start...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 }
      guard let end else { break }
      kept += bytes[position..<start]
      position = end
    }
    kept += bytes[position...]
    var collapsed: [UInt8] = []
    for word in Text(bytes: kept).words() {
      if !collapsed.isEmpty { collapsed.append(0x20) }
      collapsed += word.bytes
    }
    return unescaped(Text(bytes: collapsed))
  }

  /// `html.unescape(text)`, as HTML 5 decodes references.
  package static func unescaped(_ text: Text) -> Text {
    guard text.bytes.contains(UInt8(ascii: "&")) else { return text }
    let bytes = text.bytes
    var result: [UInt8] = []
    var position = 0
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "&"),
        let (decoded, end) = reference(bytes, position + 1)
      {
        result += decoded.bytes
        position = end
      } else {
        result.append(bytes[position])
        position += 1
      }
    }
    return Text(bytes: result)
  }

  private static func reference(_ bytes: [UInt8], _ start: Int) -> (Text, end: Int)? {
    guard start < bytes.count else { return nil }
    if bytes[start] == UInt8(ascii: "#") { return number(bytes, start + 1) }
    // A name ends before these, and is not longer than 32 characters.
    var end = start
    while end < bytes.count, end - start < 32, !isEnd(bytes[end]) {
      end += 1
      if bytes[end - 1] >= 0x80 {
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
      }
    }
    guard end > start else { return nil }
    if end < bytes.count, bytes[end] == UInt8(ascii: ";"),
      let named = Entities.named(bytes[start..<end])
    {
      return (named.text, end + 1)
    }
    // Without semicolon the longest old name that the text begins with counts.
    var length = end - start
    while length > 1 {
      if let named = Entities.named(bytes[start..<(start + length)]), named.isBare {
        return (named.text, start + length)
      }
      length -= 1
    }
    return nil
  }

  private static func isEnd(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x09, 0x0A, 0x0C, 0x20, UInt8(ascii: "<"), UInt8(ascii: "&"), UInt8(ascii: "#"),
      UInt8(ascii: ";"):
      true
    default: false
    }
  }

  private static func number(_ bytes: [UInt8], _ start: Int) -> (Text, end: Int)? {
    var index = start
    let isHex = index < bytes.count && bytes[index] | 0x20 == UInt8(ascii: "x")
    if isHex { index += 1 }
    let first = index
    var value: UInt32 = 0
    while index < bytes.count {
      let digit: UInt32
      switch bytes[index] {
      case 0x30...0x39: digit = UInt32(bytes[index]) - 0x30
      case 0x41...0x46 where isHex: digit = UInt32(bytes[index]) - 0x37
      case 0x61...0x66 where isHex: digit = UInt32(bytes[index]) - 0x57
      default: digit = 99
      }
      guard digit < 16 else { break }
      value = min(value * (isHex ? 16 : 10) + digit, 0x110000)
      index += 1
    }
    guard index > first else { return nil }
    let end = index < bytes.count && bytes[index] == UInt8(ascii: ";") ? index + 1 : index
    if let replaced = replacements[value] { return (Text(codePoints: [replaced]), end) }
    if (value >= 0xD800 && value <= 0xDFFF) || value > 0x10FFFF {
      return (Text(codePoints: [0xFFFD]), end)
    }
    return (isInvalid(value) ? .empty : Text(codePoints: [value]), end)
  }

  /// Code points that HTML forbids and Python leaves out.
  private static func isInvalid(_ value: UInt32) -> Bool {
    switch value {
    case 0x1...0x8, 0xB, 0xE...0x1F, 0x7F...0x9F, 0xFDD0...0xFDEF: true
    default: value & 0xFFFE == 0xFFFE
    }
  }

  /// HTML reads numbers of this range as windows-1252.
  private static let replacements: [UInt32: UInt32] = [
    0x00: 0xFFFD, 0x0D: 0x0D, 0x80: 0x20AC, 0x81: 0x81, 0x82: 0x201A, 0x83: 0x0192, 0x84: 0x201E,
    0x85: 0x2026, 0x86: 0x2020, 0x87: 0x2021, 0x88: 0x02C6, 0x89: 0x2030, 0x8A: 0x0160,
    0x8B: 0x2039, 0x8C: 0x0152, 0x8D: 0x8D, 0x8E: 0x017D, 0x8F: 0x8F, 0x90: 0x90, 0x91: 0x2018,
    0x92: 0x2019, 0x93: 0x201C, 0x94: 0x201D, 0x95: 0x2022, 0x96: 0x2013, 0x97: 0x2014,
    0x98: 0x02DC, 0x99: 0x2122, 0x9A: 0x0161, 0x9B: 0x203A, 0x9C: 0x0153, 0x9D: 0x9D, 0x9E: 0x017E,
    0x9F: 0x0178,
  ]
}
