import Compute
import Platform
import Support
import SystemPackage
import Testing

@testable import Checks

@Suite("What is kept of a table, in memory or in temporary files") struct StoreTests {
  private static func words(_ count: Int, of values: UInt64, seed: UInt64) -> [UInt64] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in (random.next() % values) &* 0x9E37_79B9_7F4A_7C15 }
  }

  @Test(
    "words come back in their order, also when some went to a file", arguments: [1, 100, 1 << 20])
  func order(limit: Int) throws {
    let budget = MemoryBudget(limit: limit)
    let stores = [WordStore(budget), WordStore(budget)]
    var all: [[UInt64]] = [[], []]
    for (place, size) in [3, 0, 50, 700, 1, 90, 4000, 2].enumerated() {
      let some = Self.words(size, of: 1 << 40, seed: UInt64(place))
      try stores[place % 2].append(some)
      all[place % 2] += some
    }
    for (store, words) in zip(stores, all) {
      #expect(store.count == words.count)
      #expect(try store.all(as: UInt64.self) == words)
    }
    #expect(stores[1].isSpilled == (limit < 1 << 20))
    #expect(stores[0].memory + stores[1].memory <= limit)
  }

  @Test("repeated words are those that a dictionary counts", arguments: 0..<40)
  func repeated(seed: Int) throws {
    let sizes: [(Int, UInt64)] = [(0, 5), (1, 5), (50, 5), (3000, 2000), (20_000, 1 << 50)]
    let (count, values) = sizes[seed % sizes.count]
    let words = Self.words(count, of: values, seed: UInt64(seed))
    // So little that groups are looked at one after the other.
    let budget = MemoryBudget(limit: seed % 2 == 0 ? 1 : 1 << 20)
    let store = WordStore(budget)
    try store.append(Array(words.prefix(words.count / 3)))
    try store.append(Array(words.dropFirst(words.count / 3)))
    let found = try RepeatedWords(in: store, budget)
    let counts = Dictionary(words.filter { $0 != 0 }.map { ($0, 1) }, uniquingKeysWith: +)
    #expect(
      try found.words.all(as: UInt64.self) == counts.filter { $0.value > 1 }.keys.sorted())
    #expect(found.count == counts.values.reduce(0) { $0 + $1 - 1 })
    #expect(found.considered == counts.values.reduce(0, +))
  }

  @Test("a word that stands there very often is kept once", arguments: [1, 1 << 12, 96 << 20])
  func often(limit: Int) throws {
    let budget = MemoryBudget(limit: limit)
    let store = WordStore(budget)
    let (often, seldom) = (0xABCD_0000_0000_0001 as UInt64, 0xABCD_0000_0000_0002 as UInt64)
    for round in 0..<200 {
      try store.append(Array(repeating: often, count: 1000) + [UInt64(round + 1) << 50])
    }
    try store.append([seldom, 0, seldom, 0])
    let found = try RepeatedWords(in: store, budget)
    #expect(try found.words.all(as: UInt64.self) == [often, seldom])
    #expect(found.count == 200_000)
    #expect(found.considered == 200_202)
    #expect(budget.limit >= found.words.memory)
  }

  @Test("words have the places in which they first came", arguments: [3, 5000] as [UInt64])
  func index(values: UInt64) {
    var index = WordIndex()
    var places: [UInt64: Int] = [:]
    // 0 is a word like others here.
    for word in Self.words(20_000, of: values, seed: values) {
      let known = places[word]
      #expect(index.place(of: word) == known)
      let (place, isNew) = index.add(word)
      #expect(isNew == (known == nil) && place == known ?? places.count)
      places[word] = place
    }
    #expect(index.count == places.count)
    #expect(index.words.enumerated().allSatisfy { places[$0.element] == $0.offset })
  }

  @Test("chunks are all words in order", arguments: [1, 7, 1000, 5000])
  func chunks(size: Int) throws {
    let store = WordStore(MemoryBudget(limit: 3000))
    let words = Self.words(2500, of: 1 << 40, seed: 3)
    for start in stride(from: 0, to: words.count, by: 130) {
      try store.append(Array(words[start..<min(words.count, start + 130)]))
    }
    var chunks: [[UInt64]] = []
    try store.forEachChunk(of: size) { chunks.append($0) }
    #expect(chunks.flatMap(\.self) == words)
    #expect(chunks.dropLast().allSatisfy { $0.count == size })
  }

  @Test("more different texts than are counted are a failure, and no result")
  func tooMany() throws {
    let sight = CountsScan.Sight(
      bytes: Array("abcab".utf8), ends: [1, 2, 3, 5], counts: [1, 1, 1, 1])
    let enough = CountsScan("x", where: nil, mostTexts: 4)
    try enough.take(sight, at: BlockPlace(row: 0))
    try enough.take(sight, at: BlockPlace(row: 4))
    #expect(enough.distinct == 4)
    let scan = CountsScan("x", where: nil, mostTexts: 3)
    let failure = #expect(throws: Failure.self) { try scan.take(sight, at: BlockPlace(row: 0)) }
    #expect(failure?.code == .unsupported)
    #expect(
      failure?.message == "`x` has more than 3 different values, which are not counted")
  }

  @Test("a folder that is not there is one failure")
  func noFolder() throws {
    let full = "/dev/null/nowhere"
    let store = WordStore(MemoryBudget(limit: 8, folder: FilePath(full)))
    let failure = #expect(throws: Failure.self) { try store.append([1, 2, 3]) }
    #expect(failure?.message.hasPrefix("cannot create a temporary file in `\(full)`") == true)
  }

  @Test("quantiles are the same from memory and from a file", arguments: 0..<12)
  func quantiles(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let numbers = (0..<5000).map { _ -> Double in
      let value = Double(Int64(bitPattern: random.next() % 2000) - 1000)
      return seed % 3 == 0 ? value : value * 1e-3 + Double(random.next() % 7) * 1e9
    }
    let shares = [0, 0.1, 0.25, 0.5, 0.75, 0.999, 1]
    func scan(_ limit: Int) throws -> ValuesScan {
      let scan = ValuesScan("x", where: nil, MemoryBudget(limit: limit))
      try scan.take(numbers.map(\.bitPattern), at: BlockPlace(row: 0))
      return scan
    }
    let (large, small) = (try scan(1 << 20), try scan(8))
    #expect(try large.quantiles(shares) == small.quantiles(shares))
    #expect(try large.median() == small.median())
    let sample = OrderedSample(sorting: numbers)
    #expect(try small.quantiles(shares) == shares.map(sample.quantile))
    #expect(try small.medianDistance(from: sample.median) == sample.medianAbsoluteDeviation)
    let bins = Bins.quantiles(of: sample, count: 10)
    #expect(try small.counts(in: bins) == bins.counts(of: sample))
    let wide = Bins.equalWidth(
      over: SamplePair(reference: sample, current: sample), count: 30)
    #expect(try small.counts(in: wide) == wide.counts(of: sample))
  }
}
