/// Finds places near which a keyword could stand, looking at every second, third or fourth byte.
///
/// Three neighbouring bytes, with bit 5 set so that case does not count, are looked up in a table of the threes that
/// keywords hold. When all keywords have `n` bytes or more, a three at every `n - 2`th place is enough: one of them lies
/// inside. Of the threes of a keyword that would do for the same offset, the rarest is taken.
struct KeywordFilter: Sendable {
  private static let bits: UInt32 = 15
  private static let fold: UInt32 = 0x0020_2020

  /// How far apart the looks are.
  let step: Int
  /// How far before a look a keyword may begin.
  let reach: Int
  private let table: [UInt8]
  /// The threes themselves, which tell a true hit from two that share a place in the table.
  private let threes: Set<UInt32>

  /// Nil when a keyword has less than three bytes, or the threes are too many to rule anything out.
  init?(_ keywords: [Keyword]) {
    let shortest = keywords.map(\.bytes.count).min() ?? 0
    guard shortest >= 3 else { return nil }
    let step = min(shortest - 2, 4)
    var table = [UInt8](repeating: 0, count: 1 << Self.bits)
    var threes: Set<UInt32> = []
    var reach = 0
    for keyword in keywords {
      let bytes = keyword.bytes
      for offset in 0..<step {
        let places = stride(from: offset, through: bytes.count - 3, by: step)
        let best = places.min { Self.frequency(bytes, $0) < Self.frequency(bytes, $1) } ?? offset
        let three = Self.three(bytes[best], bytes[best + 1], bytes[best + 2])
        threes.insert(three)
        table[Int(Self.place(three))] = 1
        reach = max(reach, best)
      }
    }
    guard threes.count < 1 << (Self.bits - 3) else { return nil }
    self.step = step
    self.reach = reach
    self.table = table
    self.threes = threes
  }

  private static func three(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> UInt32 {
    (UInt32(a) | UInt32(b) << 8 | UInt32(c) << 16) | fold
  }

  private static func frequency(_ bytes: [UInt8], _ place: Int) -> Int {
    (place..<place + 3).reduce(1) { $0 * (1 + SearchedText.frequency(bytes[$1].lowered)) }
  }

  @inline(__always)
  private static func place(_ three: UInt32) -> UInt32 {
    ((three << 8) &* 0x9E37_79B1) >> (32 - bits)
  }

  /// The first look at or behind a place that hits.
  func next(in text: UnsafePointer<UInt8>, _ range: Range<Int>) -> Int? {
    table.withUnsafeBufferPointer { table -> Int? in
      guard let table = table.baseAddress else { return nil }
      @inline(__always) func hit(_ position: Int) -> UInt8 {
        let word = UnsafeRawPointer(text + position).loadUnaligned(as: UInt32.self)
        return table[Int(Self.place(UInt32(littleEndian: word) | Self.fold))]
      }
      var position = range.lowerBound
      let step = self.step
      // Eight looks at once; each reads four bytes.
      let last = range.upperBound - 7 * step - 4
      while true {
        while position <= last {
          let some =
            hit(position) | hit(position + step) | hit(position + 2 * step)
            | hit(position + 3 * step) | hit(position + 4 * step) | hit(position + 5 * step)
            | hit(position + 6 * step) | hit(position + 7 * step)
          if some != 0 { break }
          position += 8 * step
        }
        let end = min(position + 8 * step, range.upperBound - 2)
        while position < end {
          let three = Self.three(text[position], text[position + 1], text[position + 2])
          if table[Int(Self.place(three))] != 0, threes.contains(three) { return position }
          position += step
        }
        if position >= range.upperBound - 2 { return nil }
      }
    }
  }
}
