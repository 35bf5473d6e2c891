/// What a content is made of, to be compared with others as git's rename detection does.
///
/// git cuts a content into lines, and longer ones into pieces of 64 bytes, hashes the pieces and counts the bytes that
/// two contents have in common (gitdiffcore(7), "Score"). The same numbers come out here, so that a rename is seen
/// where `git diff -M` sees one.
package struct ContentSimilarity: Sendable {
  /// What a score is out of.
  package static let full = 60_000

  private let size: Int
  /// How many bytes the pieces of each hash have.
  private var pieces: [UInt32: Int] = [:]

  package init(of content: [UInt8]) {
    size = content.count
    let isText = !FileMerge.isBinary(content)
    var low: UInt32 = 0
    var high: UInt32 = 0
    var length = 0
    for place in content.indices {
      let byte = content[place]
      // The line ends of Windows make no difference.
      if isText, byte == 0x0D, place + 1 < content.count, content[place + 1] == 0x0A { continue }
      let before = low
      low = (low << 7) ^ (high >> 25)
      high = (high << 7) ^ (before >> 25)
      low &+= UInt32(byte)
      length += 1
      if length < 64, byte != 0x0A { continue }
      pieces[(low &+ high &* 0x61) % 107_927, default: 0] += length
      (low, high, length) = (0, 0, 0)
    }
    if length > 0 { pieces[(low &+ high &* 0x61) % 107_927, default: 0] += length }
  }

  /// How much of the larger content the two have in common: 0 to ``full``.
  package func score(with other: ContentSimilarity) -> Int {
    let larger = max(size, other.size)
    guard larger > 0 else { return 0 }
    // Not half of the larger could come from the smaller.
    guard min(size, other.size) * 2 >= larger else { return 0 }
    var common = 0
    for (hash, length) in pieces {
      if let there = other.pieces[hash] { common += min(length, there) }
    }
    return common * Self.full / larger
  }
}
