import Learning
import Testing

@Suite("Stratified splits") struct StratifiedSplitTests {
  @Test(
    "every class is held out in proportion",
    arguments: [
      ([152, 68, 124], 0.2, [30, 14, 25]), ([1, 1, 1], 0.2, [0, 0, 0]), ([10, 10], 0.5, [5, 5]),
      ([5, 5], 0.1, [1, 0]), ([100, 1], 0.5, [51, 0]), ([2, 2], 0.9, [1, 1]),
      ([9, 0, 3], 0, [0, 0, 0]),
      ([7, 3], 0.25, [2, 1]),
    ] as [([Int], Double, [Int])])
  func counts(sizes: [Int], fraction: Double, expected: [Int]) {
    let labels = sizes.enumerated().flatMap { label, size in
      Array(repeating: Int32(label), count: size)
    }
    let rows = labels.indices.map { $0 * 2 }
    for seed in 0..<20 as Range<UInt64> {
      let split = StratifiedSplit(
        rows: rows, labels: labels, classCount: sizes.count, fraction: fraction, seed: seed)
      #expect((split.train + split.test).sorted() == rows)
      #expect(split.train == split.train.sorted())
      #expect(split.test == split.test.sorted())
      let held = sizes.indices.map { label in split.test.count { labels[$0 / 2] == Int32(label) } }
      #expect(held == expected)
    }
  }

  @Test("another seed holds out other rows") func seeds() {
    let labels = [Int32](repeating: 0, count: 50) + [Int32](repeating: 1, count: 50)
    let splits = (0..<10 as Range<UInt64>).map { seed in
      StratifiedSplit(
        rows: Array(0..<100), labels: labels, classCount: 2, fraction: 0.3, seed: seed)
    }
    #expect(Set(splits.map(\.test)).count == 10)
  }
}
