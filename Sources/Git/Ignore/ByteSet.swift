/// A set of bytes: a bracket expression.
struct ByteSet {
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  static let all = ByteSet(words: (.max, .max, .max, .max))

  init() {}

  private init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

  func contains(_ byte: UInt8) -> Bool {
    let bit: UInt64 = 1 << UInt64(byte & 63)
    switch byte >> 6 {
    case 0: return words.0 & bit != 0
    case 1: return words.1 & bit != 0
    case 2: return words.2 & bit != 0
    default: return words.3 & bit != 0
    }
  }

  mutating func insert(_ byte: UInt8) {
    let bit: UInt64 = 1 << UInt64(byte & 63)
    switch byte >> 6 {
    case 0: words.0 |= bit
    case 1: words.1 |= bit
    case 2: words.2 |= bit
    default: words.3 |= bit
    }
  }

  mutating func remove(_ byte: UInt8) {
    let keep: UInt64 = ~(1 << UInt64(byte & 63))
    switch byte >> 6 {
    case 0: words.0 &= keep
    case 1: words.1 &= keep
    case 2: words.2 &= keep
    default: words.3 &= keep
    }
  }

  private mutating func invert() { words = (~words.0, ~words.1, ~words.2, ~words.3) }

  /// Reads what follows a `[`; nil when it has no end or names a class that does not exist.
  static func parse(_ text: [UInt8], from start: Int) -> (ByteSet, next: Int)? {
    var set = ByteSet()
    var i = start
    var isInverted = false
    if i < text.count, text[i] == UInt8(ascii: "!") || text[i] == UInt8(ascii: "^") {
      isInverted = true
      i += 1
    }
    var isFirst = true
    var last: UInt8?
    while i < text.count {
      var byte = text[i]
      if byte == UInt8(ascii: "]"), !isFirst {
        if isInverted { set.invert() }
        return (set, i + 1)
      }
      isFirst = false
      if byte == UInt8(ascii: "["), i + 1 < text.count, text[i + 1] == UInt8(ascii: ":") {
        guard let close = text[(i + 2)...].firstIndex(of: UInt8(ascii: "]")) else { return nil }
        if close >= i + 3, text[close - 1] == UInt8(ascii: ":") {
          let name = String(decoding: text[(i + 2)..<(close - 1)], as: UTF8.self)
          guard let members = members(ofClass: name) else { return nil }
          for member in 0...UInt8.max where members(member) { set.insert(member) }
          last = nil
          i = close + 1
          continue
        }
        // Not a class after all: the bracket stands for itself.
      } else if byte == UInt8(ascii: "-"), let low = last, i + 1 < text.count,
        text[i + 1] != UInt8(ascii: "]")
      {
        i += 1
        if text[i] == UInt8(ascii: "\\") {
          i += 1
          guard i < text.count else { return nil }
        }
        if low <= text[i] { for member in low...text[i] { set.insert(member) } }
        last = nil
        i += 1
        continue
      } else if byte == UInt8(ascii: "\\") {
        i += 1
        guard i < text.count else { return nil }
        byte = text[i]
      }
      set.insert(byte)
      last = byte
      i += 1
    }
    return nil
  }

  /// The POSIX classes, over ASCII.
  private static func members(ofClass name: String) -> ((UInt8) -> Bool)? {
    func isLower(_ b: UInt8) -> Bool { b >= 0x61 && b <= 0x7A }
    func isUpper(_ b: UInt8) -> Bool { b >= 0x41 && b <= 0x5A }
    func isDigit(_ b: UInt8) -> Bool { b >= 0x30 && b <= 0x39 }
    func isGraph(_ b: UInt8) -> Bool { b > 0x20 && b < 0x7F }
    switch name {
    case "alnum": return { isLower($0) || isUpper($0) || isDigit($0) }
    case "alpha": return { isLower($0) || isUpper($0) }
    case "blank": return { $0 == 0x20 || $0 == 0x09 }
    case "cntrl": return { $0 < 0x20 || $0 == 0x7F }
    case "digit": return isDigit
    case "graph": return isGraph
    case "lower": return isLower
    case "print": return { isGraph($0) || $0 == 0x20 }
    case "punct": return { isGraph($0) && !isLower($0) && !isUpper($0) && !isDigit($0) }
    case "space": return { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) }
    case "upper": return isUpper
    case "xdigit": return { isDigit($0) || (isLower($0 | 0x20) && ($0 | 0x20) <= 0x66) }
    default: return nil
    }
  }
}
