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
