import Learning
import Platform
import Support
import Testing

/// What holds of folds of any data.
@Suite("Folds") struct FoldTests {
  private func isPartition(_ folds: [Fold], of rows: Int) -> Bool {
    folds.flatMap(\.test).sorted() == Array(0..<rows)
      && folds.allSatisfy { ($0.train + $0.test).sorted() == Array(0..<rows) }
  }

  @Test("plain ones hold every row once, and sizes differ by at most one", arguments: 0..<40)
  func plain(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let rows = Int.random(in: 2...80, using: &random)
    let count = Int.random(in: 2...min(rows, 12), using: &random)
    let folds = try KFold(folds: count, seed: seed % 2 == 0 ? nil : seed).split(rows: rows)
    #expect(folds.count == count)
    #expect(isPartition(folds, of: rows))
    let sizes = folds.map(\.test.count)
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
  }

  @Test("stratified ones have every class in proportion, to within a row", arguments: 0..<40)
  func stratified(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let rows = Int.random(in: 30...120, using: &random)
    let labels = (0..<rows).map { _ in Int32.random(in: 0..<4, using: &random) }
    let count = Int.random(in: 2...6, using: &random)
    let folds = try StratifiedKFold(folds: count, seed: seed % 2 == 0 ? nil : seed)
      .split(labels: labels)
    #expect(isPartition(folds, of: rows))
    let sizes = folds.map(\.test.count)
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
    for label in Int32(0)..<4 {
      let shares = folds.map { fold in fold.test.count { labels[$0] == label } }
      #expect((shares.max() ?? 0) - (shares.min() ?? 0) <= 1, "\(shares)")
    }
  }

  @Test("groups are never on both sides", arguments: 0..<40)
  func groups(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let rows = Int.random(in: 30...120, using: &random)
    let count = Int.random(in: 2...6, using: &random)
    var groups = (0..<rows).map { _ in Int.random(in: 0..<12, using: &random) }
    for group in 0..<12 { groups[group] = group }
    let labels = (0..<rows).map { _ in Int32.random(in: 0..<3, using: &random) }
    let lots = seed % 2 == 0 ? nil : seed
    for folds in [
      try GroupKFold(folds: count, seed: lots).split(groups: groups, groupCount: 12),
      try StratifiedGroupKFold(folds: count, seed: lots).split(
        labels: labels, groups: groups, groupCount: 12),
    ] {
      #expect(isPartition(folds, of: rows))
      #expect(folds.allSatisfy { !$0.test.isEmpty })
      for fold in folds {
        let learnt = Set(fold.train.map { groups[$0] })
        #expect(learnt.isDisjoint(with: fold.test.map { groups[$0] }))
      }
    }
  }

  @Test("folds in time learn from the past only", arguments: 0..<40)
  func time(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let rows = Int.random(in: 30...120, using: &random)
    let gap = Int.random(in: 0...3, using: &random)
    let most = seed % 2 == 0 ? nil : Int.random(in: 1...20, using: &random)
    let folds = try TimeSeriesSplit(folds: 4, gap: gap, maximumTrainSize: most).split(rows: rows)
    for fold in folds {
      let (last, first) = (try #require(fold.train.last), try #require(fold.test.first))
      #expect(last + gap < first)
      #expect(fold.train.count <= most ?? rows)
      #expect(fold.test == Array(first..<(first + rows / 5)))
    }
    #expect(folds.last?.test.last == rows - 1)
  }

  @Test("the seed decides, and nothing else does") func seeds() throws {
    let folds = try (0..<3).map { try KFold(folds: 4, seed: $0).split(rows: 50) }
    #expect(Set(folds).count == 3)
    #expect(try KFold(folds: 4, seed: 1).split(rows: 50) == folds[1])
  }

  @Test("too many are refused with what there is") func refused() {
    func message(_ body: () throws -> [Fold]) -> String? {
      do { _ = try body() } catch { return (error as? Failure)?.message }
      return nil
    }
    #expect(
      message { try KFold(folds: 5).split(rows: 3) } == "5 folds cannot be made of 3 rows")
    #expect(message { try KFold(folds: 5).split(rows: 1) } == "5 folds cannot be made of 1 row")
    #expect(
      message { try StratifiedKFold(folds: 3).split(labels: [0, 0, 1, 1]) }
        == "3 folds, and no class has more than 2 rows")
    #expect(
      message { try GroupKFold(folds: 3).split(groups: [0, 1, 1, 0], groupCount: 2) }
        == "3 folds cannot be made of 2 groups")
    #expect(
      message { try TimeSeriesSplit(folds: 5).split(rows: 5) }
        == "5 folds in time cannot be made of 5 rows")
    #expect(
      message { try TimeSeriesSplit(folds: 2, gap: 40).split(rows: 30) }
        == "no row is left to learn from: 30 rows, 2 test parts of 10, a gap of 40")
    #expect(
      message { try TimeSeriesSplit(folds: 2, testSize: .max).split(rows: 30) }?
        .hasPrefix("no row is left to learn from") == true)
  }
}
