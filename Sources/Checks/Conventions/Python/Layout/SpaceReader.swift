import Python

/// The tokens and bytes of a file, and the white space between them.
struct SpaceReader {
  let tokens: UnsafeBufferPointer<Token>
  let traits: UnsafeBufferPointer<TokenTraits>
  let bytes: UnsafeBufferPointer<UInt8>

  enum Space {
    case none, one, many, tab
  }

  @inline(__always)
  func start(_ index: Int) -> Int { Int(tokens[index].start) }

  @inline(__always)
  func end(_ index: Int) -> Int { Int(tokens[index].end) }

  @inline(__always)
  func kind(_ index: Int) -> TokenKind { tokens[index].kind }

  /// The space between a token of a line and the one behind it, and its bytes; that before a comment does not count.
  @inline(__always)
  func space(after index: Int, in line: Range<Int>) -> (Space, Range<Int>) {
    let start = end(index)
    guard index + 1 < line.upperBound else { return (.none, start..<start) }
    let next = self.start(index + 1)
    guard next > start, !traits[index + 1].contains(.isComment) else {
      return (.none, start..<start)
    }
    if next == start + 1, bytes[start] == 0x20 { return (.one, start..<next) }
    return measured(from: start)
  }

  @inline(never)
  private func measured(from start: Int) -> (Space, Range<Int>) {
    var place = start
    var hasTab = false
    while place < bytes.count {
      switch bytes[place] {
      case 0x09: hasTab = true
      case 0x20, 0x0C: break
      case UInt8(ascii: "#"): return (.none, start..<start)
      default: return (Self.sort(place - start, hasTab), start..<place)
      }
      place += 1
    }
    return (Self.sort(place - start, hasTab), start..<place)
  }

  /// The space between a token of a line and the one before it; indentation does not count.
  @inline(__always)
  func space(before index: Int, in line: Range<Int>) -> (Space, Range<Int>) {
    let end = start(index)
    guard index > line.lowerBound else { return (.none, end..<end) }
    let last = self.end(index - 1)
    guard last < end, !traits[index - 1].contains(.endsLine) else { return (.none, end..<end) }
    if last + 1 == end, bytes[last] == 0x20 { return (.one, last..<end) }
    return measured(to: end)
  }

  @inline(never)
  private func measured(to end: Int) -> (Space, Range<Int>) {
    var place = end
    var hasTab = false
    while place > 0 {
      switch bytes[place - 1] {
      case 0x09: hasTab = true
      case 0x20, 0x0C: break
      case 0x0A, 0x0D: return (.none, end..<end)
      default: return (Self.sort(end - place, hasTab), place..<end)
      }
      place -= 1
    }
    return (.none, end..<end)
  }

  private static func sort(_ count: Int, _ hasTab: Bool) -> Space {
    hasTab ? .tab : count == 0 ? .none : count == 1 ? .one : .many
  }
}
