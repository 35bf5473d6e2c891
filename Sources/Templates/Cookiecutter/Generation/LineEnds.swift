/// The line ends of a file as Python notices them while it reads the first line.
enum LineEnds {
  /// What every line feed of the result is written as: `\r`, else `\n`, else `\r\n`, of those that stand in the pieces of
  /// 8192 bytes up to and including the one with the first line end; a line feed when there is none.
  static func kind(of content: [UInt8], _ survey: ByteSurvey) -> [UInt8] {
    guard survey.hasReturns else { return feed }
    var hasReturn = false
    var hasFeed = false
    var hasBoth = false
    var index = 0
    var limit = 0
    while limit < content.count {
      limit = min(limit + 8192, content.count)
      while index < limit {
        switch content[index] {
        case 0x0A: hasFeed = true
        case 0x0D:
          // A return at the end of a piece waits for what follows.
          if index + 1 == limit, limit < content.count {
            limit = min(limit + 8192, content.count)
            if hasReturn || hasFeed || hasBoth { return result(hasReturn, hasFeed, hasBoth) }
          }
          if index + 1 < content.count, content[index + 1] == 0x0A {
            hasBoth = true
            index += 1
          } else {
            hasReturn = true
          }
        default: break
        }
        index += 1
      }
      if hasReturn || hasFeed || hasBoth { break }
    }
    return result(hasReturn, hasFeed, hasBoth)
  }

  private static let feed: [UInt8] = [0x0A]

  private static func result(_ hasReturn: Bool, _ hasFeed: Bool, _ hasBoth: Bool) -> [UInt8] {
    if hasReturn { return [0x0D] }
    return hasFeed || !hasBoth ? [0x0A] : [0x0D, 0x0A]
  }

  /// The text with every line feed written as a kind.
  static func applied(_ kind: [UInt8], to text: [UInt8]) -> [UInt8] {
    guard kind != feed else { return text }
    var result: [UInt8] = []
    result.reserveCapacity(text.count + text.count / 32)
    for byte in text {
      if byte == 0x0A { result.append(contentsOf: kind) } else { result.append(byte) }
    }
    return result
  }
}
