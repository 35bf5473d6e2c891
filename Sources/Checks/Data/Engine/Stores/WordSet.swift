/// Some words, to look one up quickly.
struct WordSet: Sendable {
  private var slots: [UInt64]

  /// - Parameter words: none is 0.
  init(_ words: some Collection<UInt64>) {
    var count = 16
    while count < words.count * 2 { count *= 2 }
    slots = Array(repeating: 0, count: count)
    for word in words {
      var slot = Int(truncatingIfNeeded: word) & (count - 1)
      while slots[slot] != 0, slots[slot] != word { slot = (slot + 1) & (count - 1) }
      slots[slot] = word
    }
  }

  func contains(_ word: UInt64) -> Bool {
    slots.withUnsafeBufferPointer { slots in
      let mask = slots.count &- 1
      var slot = Int(truncatingIfNeeded: word) & mask
      while slots[slot] != 0 {
        if slots[slot] == word { return true }
        slot = (slot &+ 1) & mask
      }
      return false
    }
  }
}
