/// Different words, each with its place in the order in which they first came: open addressing that grows with them.
///
/// About 24 bytes for each different word, however often it comes.
struct WordIndex: Sendable {
  /// In the order of their places.
  private(set) var words: [UInt64] = []
  /// A place, or -1 where a slot is free; a power of two, at most half full.
  private var slots = [Int32](repeating: -1, count: 32)

  var count: Int { words.count }

  /// The place of a word; nil when it never came.
  @inline(__always)
  func place(of word: UInt64) -> Int? {
    let place = slots[slot(of: word)]
    return place < 0 ? nil : Int(place)
  }

  /// The place of a word, a new one when it comes for the first time.
  @inline(__always)
  mutating func add(_ word: UInt64) -> (place: Int, isNew: Bool) {
    let slot = slot(of: word)
    if slots[slot] >= 0 { return (Int(slots[slot]), false) }
    precondition(words.count < Int32.max, "too many words for one index")
    let place = words.count
    slots[slot] = Int32(place)
    words.append(word)
    if words.count * 2 > slots.count { grow() }
    return (place, true)
  }

  /// Where a word is, or would be.
  @inline(__always)
  private func slot(of word: UInt64) -> Int {
    let mask = slots.count &- 1
    // The high bits of a product depend on all bits of the word.
    var slot = Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) &>> 32) & mask
    while slots[slot] >= 0, words[Int(slots[slot])] != word { slot = (slot &+ 1) & mask }
    return slot
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for (place, word) in words.enumerated() { slots[slot(of: word)] = Int32(place) }
  }
}
