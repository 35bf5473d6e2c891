import Platform

/// The check of a text before libyaml sees it.
///
/// libyaml gives a byte offset and no line for these errors, and would read UTF-16, which nothing else of ours does.
enum YAMLText {
  /// The bytes without a byte-order mark.
  static func checked(
    _ bytes: UnsafeBufferPointer<UInt8>, limits: YAMLLimits
  ) throws(ParseFailure) -> UnsafeBufferPointer<UInt8> {
    guard bytes.count <= limits.bytes else {
      throw ParseFailure("YAML text larger than \(ByteCount(Int64(limits.bytes)))")
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw ParseFailure("UTF-16 text", line: 1, column: 1, hint: "save the file as UTF-8")
    }
    let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let text = UnsafeBufferPointer(rebasing: bytes[mark...])
    var index = 0
    while true {
      index = skipPlain(text, from: index)
      guard index < text.count else { return text }
      guard let width = width(text, at: index) else {
        throw failure("bytes that are not UTF-8", hint: "save the file as UTF-8", text, index)
      }
      guard isAllowed(text, at: index) else {
        throw failure(
          "a control character, which YAML does not allow",
          hint: "remove it, or write it as an escape in double quotes", text, index)
      }
      index += width
    }
  }

  /// The first place that is no printable ASCII: eight bytes at a time, then one.
  private static func skipPlain(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let raw = UnsafeRawBufferPointer(text)
    let ones: UInt64 = 0x0101_0101_0101_0101
    let high = ones &* 0x80
    var index = start
    while index + 8 <= raw.count {
      let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let deletes = word ^ (ones &* 0x7F)
      // High bits: of the word itself, of bytes below 0x20, of bytes that are 0x7F (Warren, Hacker's Delight, 6-1).
      let below = (word &- ones &* 0x20) & ~word
      let is7F = (deletes &- ones) & ~deletes
      if (word | below | is7F) & high != 0 { break }
      index += 8
    }
    while index < raw.count, raw[index] >= 0x20, raw[index] < 0x7F { index += 1 }
    return index
  }

  /// How many bytes the character at a place has; nil when they are not UTF-8 (RFC 3629, section 4).
  private static func width(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
    var second: ClosedRange<UInt8> = 0x80...0xBF
    let width: Int
    switch text[index] {
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
    guard text.count - index >= width, second ~= text[index + 1] else { return nil }
    for offset in 2..<max(2, width) where text[index + offset] & 0xC0 != 0x80 { return nil }
    return width
  }

  /// Whether YAML 1.1 (section 5.1) allows the character at a place, which is UTF-8.
  private static func isAllowed(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    switch text[index] {
    case 0x09, 0x0A, 0x0D: true
    case 0..<0x20, 0x7F: false
    case 0xC2: text[index + 1] == 0x85 || text[index + 1] >= 0xA0
    case 0xEF: !(text[index + 1] == 0xBF && text[index + 2] >= 0xBE)
    default: true
    }
  }

  private static func failure(
    _ message: String, hint: String, _ text: UnsafeBufferPointer<UInt8>, _ index: Int
  ) -> ParseFailure {
    let before = text[..<index]
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return ParseFailure(
      message, line: 1 + before.count { $0 == 0x0A },
      column: 1 + before[lineStart...].count { $0 & 0xC0 != 0x80 }, hint: hint)
  }
}
