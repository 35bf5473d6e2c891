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
    let store = WordStore(MemoryBudget(limit: seed % 2 == 0 ? 1 : 1 << 20))
    try store.append(Array(words.prefix(words.count / 3)))
    try store.append(Array(words.dropFirst(words.count / 3)))
    let found = try RepeatedWords(in: store)
    let counts = Dictionary(words.filter { $0 != 0 }.map { ($0, 1) }, uniquingKeysWith: +)
    #expect(found.words == counts.filter { $0.value > 1 }.keys.sorted())
    #expect(found.count == counts.values.reduce(0) { $0 + $1 - 1 })
    #expect(found.considered == counts.values.reduce(0, +))
  }

  @Test("a disk without room is one failure, and nothing is left")
  func fullDisk() throws {
    let full = "/dev/full-\(UInt64.random(in: 0..<UInt64.max))"
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
