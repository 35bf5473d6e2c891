import Platform

/// Words of 64 bits in the order in which they came: in memory, or in a temporary file once there are too many.
final class WordStore: @unchecked Sendable {
  private(set) var count = 0
  private let budget: MemoryBudget
  /// Those that are in no file.
  private var chunks: [[UInt64]] = []
  private var file: UnnamedFile?

  init(_ budget: MemoryBudget) {
    self.budget = budget
    budget.add(self)
  }

  deinit { budget.give(memory) }

  /// In bytes.
  private(set) var memory = 0

  var isSpilled: Bool { file != nil }

  /// How many words fit into the memory that all stores share.
  var roomInMemory: Int { max(1 << 10, budget.limit / 8) }

  func append(_ words: [UInt64]) throws {
    guard !words.isEmpty else { return }
    count += words.count
    chunks.append(words)
    memory += words.count * 8
    try budget.take(words.count * 8)
  }

  /// Moves what is in memory to the file.
  func spill() throws {
    let target = try file ?? UnnamedFile(in: budget.folder)
    file = target
    for chunk in chunks { try chunk.withUnsafeBytes { try target.append($0) } }
    chunks = []
    memory = 0
  }

  /// Gives all words in order, some at a time.
  func forEachBlock(_ body: (UnsafeBufferPointer<UInt64>) throws -> Void) throws {
    if let file {
      var buffer = [UInt64](repeating: 0, count: min(file.size / 8, 1 << 17))
      var place = 0
      while place < file.size {
        let words = min(buffer.count, (file.size - place) / 8)
        try buffer.withUnsafeMutableBytes { bytes in
          try file.read(
            at: place, into: UnsafeMutableRawBufferPointer(rebasing: bytes[..<(words * 8)]))
        }
        try buffer.withUnsafeBufferPointer {
          try body(UnsafeBufferPointer(rebasing: $0[..<words]))
        }
        place += words * 8
      }
    }
    for chunk in chunks { try chunk.withUnsafeBufferPointer(body) }
  }

  /// Gives all words in order, so many at a time; fewer at the end.
  func forEachChunk(of size: Int, _ body: ([UInt64]) throws -> Void) throws {
    var chunk: [UInt64] = []
    try forEachBlock { words in
      var rest = words[...]
      while !rest.isEmpty {
        let part = rest.prefix(size - chunk.count)
        chunk += part
        rest = rest.dropFirst(part.count)
        guard chunk.count == size else { continue }
        try body(chunk)
        chunk.removeAll(keepingCapacity: true)
      }
    }
    if !chunk.isEmpty { try body(chunk) }
  }

  /// Some words from a place on, as many as lie together and not more than wanted; none behind the last.
  func words(from place: Int, most: Int) throws -> [UInt64] {
    var start = (file?.size ?? 0) / 8
    if let file, place < start {
      var words = [UInt64](repeating: 0, count: min(most, start - place))
      try words.withUnsafeMutableBytes { try file.read(at: place * 8, into: $0) }
      return words
    }
    for chunk in chunks {
      if place < start + chunk.count { return Array(chunk[(place - start)...].prefix(most)) }
      start += chunk.count
    }
    return []
  }

  /// Gives the words of two stores beside each other, some at a time, as far as both reach.
  static func forEachPair(
    _ first: WordStore, _ second: WordStore,
    _ body: (UnsafeBufferPointer<UInt64>, UnsafeBufferPointer<UInt64>) throws -> Void
  ) throws {
    var place = 0
    while true {
      let left = try first.words(from: place, most: 1 << 14)
      let right = try second.words(from: place, most: left.count)
      let count = min(left.count, right.count)
      guard count > 0 else { return }
      try left.withUnsafeBufferPointer { left in
        try right.withUnsafeBufferPointer { right in
          try body(
            UnsafeBufferPointer(rebasing: left[..<count]),
            UnsafeBufferPointer(rebasing: right[..<count]))
        }
      }
      place += count
    }
  }

  /// All words one behind the other, as numbers of 64 bits of some kind.
  func all<Word: BitwiseCopyable>(as kind: Word.Type) throws -> [Word] {
    precondition(MemoryLayout<Word>.size == 8, "words of another size")
    return try [Word](unsafeUninitializedCapacity: count) { buffer, filled in
      let target = UnsafeMutableRawBufferPointer(buffer)
      var place = 0
      try forEachBlock { words in
        let words = UnsafeRawBufferPointer(words)
        UnsafeMutableRawBufferPointer(rebasing: target[place...]).copyMemory(from: words)
        place += words.count
      }
      filled = place / 8
    }
  }
}
