/// The words of a store that stand there more than once; 0 does not count.
///
/// Words are parted by their highest bits, which must be spread evenly, into groups that fit into the processor's cache; when all
/// of them do not fit into memory, those of some of the groups are read at a time.
struct RepeatedWords {
  /// In ascending order, each once.
  private(set) var words: [UInt64] = []
  /// How many words are not the first of their kind.
  private(set) var count = 0
  /// How many words are not 0.
  private(set) var considered = 0
  /// How many words are among ``words``.
  var rows: Int { count + words.count }

  private static let groupBits: UInt64 = 11
  private static let groups = 1 << 11

  init(in store: WordStore) throws {
    var sizes = [Int](repeating: 0, count: Self.groups)
    try store.forEachBlock { block in
      sizes.withUnsafeMutableBufferPointer { sizes in
        for word in block where word != 0 { sizes[Self.group(word)] &+= 1 }
      }
    }
    considered = sizes.reduce(0, +)
    var first = 0
    while first < Self.groups {
      // As many groups as fit, one at least.
      var end = first
      var room = 0
      while end < Self.groups, end == first || room + sizes[end] <= store.roomInMemory {
        room += sizes[end]
        end += 1
      }
      try add(first..<end, sizes, room, store)
      first = end
    }
    words.sort()
    // A word that stands there three times was met twice.
    var kept = 0
    for word in words where kept == 0 || words[kept - 1] != word {
      words[kept] = word
      kept += 1
    }
    words.removeSubrange(kept...)
  }

  @inline(__always)
  private static func group(_ word: UInt64) -> Int {
    Int(truncatingIfNeeded: word &>> (64 &- groupBits))
  }

  /// Looks at the words of some groups.
  private mutating func add(
    _ groups: Range<Int>, _ sizes: [Int], _ room: Int, _ store: WordStore
  ) throws {
    guard room > 0 else { return }
    var starts = [0]
    for group in groups { starts.append(starts[starts.count - 1] + sizes[group]) }
    var next = starts
    let parted = UnsafeMutablePointer<UInt64>.allocate(capacity: room)
    defer { parted.deallocate() }
    try store.forEachBlock { block in
      next.withUnsafeMutableBufferPointer { next in
        for word in block where word != 0 {
          let group = Self.group(word) &- groups.lowerBound
          guard group >= 0, group < groups.count else { continue }
          (parted + next[group]).initialize(to: word)
          next[group] &+= 1
        }
      }
    }
    var table: [UInt64] = []
    for group in 0..<groups.count {
      let members = UnsafeBufferPointer(
        start: parted + starts[group], count: starts[group + 1] - starts[group])
      meet(members, &table)
    }
  }

  /// Meets the words of a group one after the other.
  private mutating func meet(_ members: UnsafeBufferPointer<UInt64>, _ table: inout [UInt64]) {
    guard members.count > 1 else { return }
    var slots = 16
    while slots < members.count * 2 { slots *= 2 }
    if table.count < slots { table = Array(repeating: 0, count: slots) }
    let mask = slots - 1
    table.withUnsafeMutableBufferPointer { table in
      for slot in 0..<slots { table[slot] = 0 }
      for word in members {
        var slot = Int(truncatingIfNeeded: word) & mask
        while table[slot] != 0, table[slot] != word { slot = (slot &+ 1) & mask }
        if table[slot] == word {
          count += 1
          words.append(word)
        } else {
          table[slot] = word
        }
      }
    }
  }

  func contains(_ word: UInt64) -> Bool {
    let place = SortedPlace.first(in: words) { $0 >= word }
    return place < words.count && words[place] == word
  }
}
