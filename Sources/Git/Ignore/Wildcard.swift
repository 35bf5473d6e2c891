/// A shell pattern as gitignore has it, made ready to match bytes.
///
/// It runs as a set of states over the text, so a hostile pattern (`*a*a*a*a*`) costs its length times the text's, never
/// more.
struct Wildcard {
  private enum Token {
    case byte(UInt8)
    /// One byte, not a slash.
    case one
    case oneOf(ByteSet)
    /// Any bytes of one name.
    case star
    /// Any bytes, slashes too.
    case anything
    /// `**/`: folders, or none. The state after it is "inside a folder's name".
    case folders
    case insideFolder
    case never
  }

  private var tokens: [Token] = []

  /// - Parameter crossesSlashes: whether `*` and `?` take a slash too (a pattern for a name alone).
  init(_ pattern: ArraySlice<UInt8>, crossesSlashes: Bool) {
    let slash = UInt8(ascii: "/")
    let text = Array(pattern)
    var i = 0
    while i < text.count {
      let byte = text[i]
      switch byte {
      case UInt8(ascii: "\\"):
        i += 1
        // A backslash at the end matches nothing.
        tokens.append(i < text.count ? .byte(text[i]) : .never)
        i += 1
      case UInt8(ascii: "?"):
        tokens.append(crossesSlashes ? .oneOf(.all) : .one)
        i += 1
      case UInt8(ascii: "*"):
        let start = i
        while i < text.count, text[i] == byte { i += 1 }
        if crossesSlashes {
          tokens.append(.anything)
          continue
        }
        let opens = start == 0 || text[start - 1] == slash
        if i - start > 1, opens, i == text.count {
          tokens.append(.anything)
        } else if i - start > 1, opens, text[i] == slash {
          tokens += [.folders, .insideFolder]
          i += 1
        } else if i - start > 1, opens, text[i...].starts(with: [UInt8(ascii: "\\"), slash]) {
          tokens += [.folders, .insideFolder]
          i += 2
        } else {
          tokens.append(.star)
        }
      case UInt8(ascii: "["):
        if let (set, next) = ByteSet.parse(text, from: i + 1) {
          var set = set
          if !crossesSlashes { set.remove(slash) }
          tokens.append(.oneOf(set))
          i = next
        } else {
          tokens.append(.never)
          i = text.count
        }
      default:
        tokens.append(.byte(byte))
        i += 1
      }
    }
  }

  func matches(_ text: ArraySlice<UInt8>) -> Bool {
    let slash = UInt8(ascii: "/")
    var active = [Bool](repeating: false, count: tokens.count + 1)
    enter(0, &active)
    for byte in text {
      var next = [Bool](repeating: false, count: tokens.count + 1)
      var isAlive = false
      for (state, token) in tokens.enumerated() where active[state] {
        switch token {
        case .byte(let wanted): if byte == wanted { enter(state + 1, &next) } else { continue }
        case .one: if byte != slash { enter(state + 1, &next) } else { continue }
        case .oneOf(let set): if set.contains(byte) { enter(state + 1, &next) } else { continue }
        case .star: if byte != slash { enter(state, &next) } else { continue }
        case .anything: enter(state, &next)
        case .folders: if byte == slash { enter(state, &next) } else { next[state + 1] = true }
        case .insideFolder: if byte == slash { enter(state - 1, &next) } else { next[state] = true }
        case .never: continue
        }
        isAlive = true
      }
      guard isAlive else { return false }
      active = next
    }
    return active[tokens.count]
  }

  /// Marks a state, and those that follow it without a byte.
  private func enter(_ state: Int, _ active: inout [Bool]) {
    var state = state
    while !active[state] {
      active[state] = true
      guard state < tokens.count else { return }
      switch tokens[state] {
      case .star, .anything: state += 1
      case .folders: state += 2
      default: return
      }
    }
  }
}

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
