/// The words of a store by their highest bits, which must be spread evenly, so that what is to be known of each word can be
/// found out for some of the groups at a time, in little memory.
struct WordGroups {
  /// How many words are in each group; 0 does not count.
  private(set) var sizes = [Int](repeating: 0, count: Self.count)
  /// How many words are in all groups.
  var total: Int { sizes.reduce(0, +) }

  private static let bits: UInt64 = 11
  static let count = 1 << 11

  /// Of no words yet.
  init() {}

  /// Counts a word, 0 as well.
  @inline(__always)
  mutating func add(_ word: UInt64) { sizes[Self.group(word)] &+= 1 }

  /// - Parameter stride: 2 when every second word only is meant, beginning with the first.
  init(of store: WordStore, stride: Int = 1) throws {
    try store.forEachBlock { block in
      sizes.withUnsafeMutableBufferPointer { sizes in
        for place in Swift.stride(from: 0, to: block.count, by: stride) where block[place] != 0 {
          sizes[Self.group(block[place])] &+= 1
        }
      }
    }
  }

  @inline(__always)
  static func group(_ word: UInt64) -> Int {
    Int(truncatingIfNeeded: word &>> (64 &- bits))
  }

  /// Groups that follow each other, as many as have so many words together; one at least.
  func ranges(of room: Int) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var first = 0
    while first < Self.count {
      var end = first
      var words = 0
      while end < Self.count, end == first || words + sizes[end] <= room {
        words += sizes[end]
        end += 1
      }
      if words > 0 { ranges.append(first..<end) }
      first = end
    }
    return ranges
  }
}
