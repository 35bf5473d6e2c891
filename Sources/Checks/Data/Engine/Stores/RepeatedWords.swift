/// The words of a store that stand there more than once; 0 does not count.
///
/// Words are parted by their highest bits, which must be spread evenly, into groups that fit into the processor's cache; when all
/// of them do not fit into memory, those of some of the groups are read at a time. A group with too many words, which it has when
/// one stands there very often, is looked at as it is read.
///
/// Beside the store it takes as much memory as the budget allows at once for what is parted, at most half of that for a table of
/// what was met, and 24 bytes for each different word of one group; what is found counts towards the budget.
struct RepeatedWords {
  /// In ascending order, each once.
  let words: WordStore
  /// How many words are not the first of their kind.
  private(set) var count = 0
  /// How many words are not 0.
  let considered: Int
  /// How many words are among ``words``.
  var rows: Int { count + words.count }

  init(in store: WordStore, _ budget: MemoryBudget) throws {
    words = WordStore(budget)
    let groups = try WordGroups(of: store)
    considered = groups.total
    // Of a larger one neither the words nor a table of them are kept.
    let most = max(1 << 6, store.roomInMemory / 8)
    for range in groups.ranges(of: store.roomInMemory) {
      // Large groups part a range.
      var first = range.lowerBound
      for group in range where groups.sizes[group] > most {
        try add(first..<group, groups.sizes, store)
        try addStreamed(group, store)
        first = group + 1
      }
      try add(first..<range.upperBound, groups.sizes, store)
    }
  }

  /// Looks at the words of some groups.
  private mutating func add(_ groups: Range<Int>, _ sizes: [Int], _ store: WordStore) throws {
    var starts = [0]
    for group in groups { starts.append(starts[starts.count - 1] + sizes[group]) }
    let room = starts[starts.count - 1]
    guard room > 0 else { return }
    var next = starts
    let parted = UnsafeMutablePointer<UInt64>.allocate(capacity: room)
    defer { parted.deallocate() }
    try store.forEachBlock { block in
      next.withUnsafeMutableBufferPointer { next in
        for word in block where word != 0 {
          let group = WordGroups.group(word) &- groups.lowerBound
          guard group >= 0, group < groups.count else { continue }
          (parted + next[group]).initialize(to: word)
          next[group] &+= 1
        }
      }
    }
    var table = Table()
    for group in 0..<groups.count {
      let members = UnsafeBufferPointer(
        start: parted + starts[group], count: starts[group + 1] - starts[group])
      try meet(members, &table)
    }
  }

  /// What was met of a group, in slots.
  private struct Table {
    var words: [UInt64] = []
    /// Whether a word was met twice.
    var isRepeated: [Bool] = []
  }

  /// Meets the words of a group one after the other.
  private mutating func meet(
    _ members: UnsafeBufferPointer<UInt64>, _ table: inout Table
  ) throws {
    guard members.count > 1 else { return }
    var slots = 16
    while slots < members.count * 2 { slots *= 2 }
    if table.words.count < slots {
      table.words = Array(repeating: 0, count: slots)
      table.isRepeated = Array(repeating: false, count: slots)
    }
    let mask = slots - 1
    var found: [UInt64] = []
    table.words.withUnsafeMutableBufferPointer { words in
      table.isRepeated.withUnsafeMutableBufferPointer { isRepeated in
        for slot in 0..<slots { (words[slot], isRepeated[slot]) = (0, false) }
        for word in members {
          var slot = Int(truncatingIfNeeded: word) & mask
          while words[slot] != 0, words[slot] != word { slot = (slot &+ 1) & mask }
          guard words[slot] == word else {
            words[slot] = word
            continue
          }
          count += 1
          if !isRepeated[slot] { found.append(word) }
          isRepeated[slot] = true
        }
      }
    }
    found.sort()
    try words.append(found)
  }

  /// Meets the words of a group as they are read.
  private mutating func addStreamed(_ group: Int, _ store: WordStore) throws {
    var index = WordIndex()
    var isRepeated: [Bool] = []
    var found: [UInt64] = []
    try store.forEachBlock { block in
      for word in block where word != 0 && WordGroups.group(word) == group {
        let (place, isNew) = index.add(word)
        if isNew {
          isRepeated.append(false)
          continue
        }
        count += 1
        if !isRepeated[place] { found.append(word) }
        isRepeated[place] = true
      }
    }
    found.sort()
    try words.append(found)
  }
}
