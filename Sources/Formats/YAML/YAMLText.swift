import Platform

/// The check of a text before libyaml sees it.
///
/// libyaml gives a byte offset and no line for these errors, and would read UTF-16, which nothing else of ours does.
enum YAMLText {
  /// The bytes without a byte-order mark.
  static func checked(_ bytes: [UInt8], limits: YAMLLimits) throws(ParseFailure) -> ArraySlice<
    UInt8
  > {
    guard bytes.count <= limits.bytes else {
      throw ParseFailure("YAML text larger than \(ByteCount(Int64(limits.bytes)))")
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw ParseFailure(
        "UTF-16 text", line: 1, column: 1, hint: "save the file as UTF-8")
    }
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    var index = text.startIndex
    while index < text.endIndex {
      if text[index] >= 0x20, text[index] < 0x7F {
        index += 1
        continue
      }
      guard let width = width(of: text[index...]) else {
        let (line, column) = position(of: index, in: text)
        throw ParseFailure(
          "bytes that are not UTF-8", line: line, column: column, hint: "save the file as UTF-8")
      }
      guard isAllowed(text[index..<index + width]) else {
        let (line, column) = position(of: index, in: text)
        throw ParseFailure(
          "a control character, which YAML does not allow", line: line, column: column,
          hint: "remove it, or write it as an escape in double quotes")
      }
      index += width
    }
    return text
  }

  /// How many bytes the first character has; nil when they are not UTF-8 (RFC 3629, table of section 4).
  private static func width(of bytes: ArraySlice<UInt8>) -> Int? {
    guard let first = bytes.first else { return nil }
    let width: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch first {
    case 0..<0x80: return 1
    case 0xC2...0xDF: width = 2
    case 0xE0: (width, second) = (3, 0xA0...0xBF)
    case 0xED: (width, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: width = 3
    case 0xF0: (width, second) = (4, 0x90...0xBF)
    case 0xF4: (width, second) = (4, 0x80...0x8F)
    case 0xF1...0xF3: width = 4
    default: return nil
    }
    guard bytes.count >= width, second ~= bytes[bytes.startIndex + 1],
      bytes[(bytes.startIndex + 2)..<max(bytes.startIndex + 2, bytes.startIndex + width)]
        .allSatisfy({ 0x80...0xBF ~= $0 })
    else { return nil }
    return width
  }

  /// Whether YAML 1.1 (section 5.1) allows a character, given by its bytes.
  private static func isAllowed(_ character: ArraySlice<UInt8>) -> Bool {
    let start = character.startIndex
    switch character[start] {
    case 0x09, 0x0A, 0x0D: return true
    case 0..<0x20, 0x7F: return false
    case 0xC2: return character[start + 1] == 0x85 || character[start + 1] >= 0xA0
    case 0xEF: return !(character[start + 1] == 0xBF && character[start + 2] >= 0xBE)
    default: return true
    }
  }

  private static func position(
    of index: Int, in text: ArraySlice<UInt8>
  ) -> (line: Int, column: Int) {
    let before = text[..<index]
    let line = 1 + before.count { $0 == 0x0A }
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? before.startIndex
    return (line, 1 + before[lineStart...].count { $0 & 0xC0 != 0x80 })
  }
}
