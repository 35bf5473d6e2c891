import Platform
import Support
import Testing

@testable import Checks

@Suite("Rows with equal features, and rows of two tables") struct EqualRowsTests {
  private static let values = ["1", "1.0", "-0", "0", "", "NA", "x", "yy", "\"a,b\"", "한"]

  private static func rows(_ count: Int, _ columns: Int, _ values: Int, seed: Int) -> [[String]] {
    var random = SeededRandom(seed: UInt64(seed))
    return (0..<count).map { _ in
      (0..<columns).map { _ in random.pick(Array(Self.values.prefix(values))) }
    }
  }

  private static func csv(_ names: String, _ rows: [[String]]) -> String {
    names + "\n" + rows.map { $0.joined(separator: ",") + "\n" }.joined()
  }

  /// A cell as it is compared; empty for a missing one.
  private static func plain(_ cell: String, isNumber: Bool) -> String {
    if cell == "NA" || cell == "" { return "" }
    if isNumber { return Double(cell).map { "\($0 == 0 ? 0 : $0)" } ?? "" }
    return "=" + cell
  }

  /// What is known of a table with as much memory as a limit allows.
  private static func scan(
    _ text: String, _ request: ScanRequest, _ types: [String: ColumnType], limit: Int
  ) throws -> Knowledge {
    let folder = try SuiteFolder(["t.csv": text])
    let stream = try folder.open(
      TableReference(.path("t.csv"), at: SourceLocation(file: "")))
    return try TableScanner(stream, threads: 2, MemoryBudget(limit: limit))
      .scan([request], types: types)
  }

  @Test("labels that differ are those that a dictionary finds", arguments: 0..<40)
  func conflicts(seed: Int) throws {
    let rows = Self.rows(300, 3, 2 + seed % 9, seed: seed)
    let types: [String: ColumnType] =
      seed % 2 == 0 ? ["a": .float] : seed % 3 == 0 ? ["y": .int] : [:]
    let folder = try SuiteFolder(["t.csv": Self.csv("a,b,y", rows)])
    let stream = try folder.open(
      TableReference(.path("t.csv"), at: SourceLocation(file: "")))
    let known = try TableScanner(
      stream, threads: 2, MemoryBudget(limit: seed % 4 == 0 ? 64 : 1 << 20)
    ).scan([ScanRequest(.labels(["a", "b"], "y"))], types: types)
    let found = try LabelConflicts(known.labels(["a", "b"], "y", nil))
    let plain = rows.map { row in
      zip(["a", "b", "y"], row).map { Self.plain($1, isNumber: types[$0] != nil) }
    }
    var labels: [[String]: Set<String>] = [:]
    for row in plain { labels[Array(row.prefix(2)), default: []].insert(row[2]) }
    let considered = plain.indices.filter { plain[$0].prefix(2) != ["", ""] }
    let wanted = considered.filter { labels[Array(plain[$0].prefix(2))]?.count ?? 0 > 1 }
    #expect(found.considered == considered.count)
    #expect(found.count == wanted.count)
    #expect(found.first == Array(wanted.prefix(RowSample.most)))
  }

  @Test("shared rows are those that a set finds", arguments: 0..<40)
  func shared(seed: Int) throws {
    let columns = seed % 3 + 1
    let names = ["a", "b", "c"].prefix(columns)
    let tables = (0..<2).map { Self.rows(250, columns, 3 + seed % 8, seed: 2 * seed + $0) }
    let types: [String: ColumnType] = seed % 2 == 0 ? ["a": .float] : [:]
    let budget = MemoryBudget(limit: seed % 4 < 2 ? 64 : 1 << 20)
    let folder = try SuiteFolder([
      // With a column besides, since a line without anything is no row.
      "0.csv": Self.csv(names.joined(separator: ",") + ",z", tables[0].map { $0 + ["z"] }),
      "1.csv": Self.csv(names.joined(separator: ",") + ",z", tables[1].map { $0 + ["z"] }),
    ])
    let scans = try (0..<2).map { place in
      let stream = try folder.open(
        TableReference(.path("\(place).csv"), at: SourceLocation(file: "")))
      let request = ScanRequest(.duplicates(Array(names)))
      return try TableScanner(stream, threads: 2, budget).scan([request], types: types)
        .duplicates(Array(names), nil)
    }
    let found = try SharedRows(of: scans[1], in: scans[0])
    let plain = tables.map { rows in
      rows.map { row in zip(names, row).map { Self.plain($1, isNumber: types[$0] != nil) } }
    }
    let known = Set(plain[0])
    let considered = plain[1].indices.filter { !plain[1][$0].allSatisfy(\.isEmpty) }
    let wanted = considered.filter { known.contains(plain[1][$0]) }
    #expect(found.considered == considered.count)
    #expect(found.count == wanted.count)
    #expect(found.first == Array(wanted.prefix(RowSample.most)))
  }

  @Test("texts with one hash are two texts: as duplicates, with other labels, and in a split")
  func collisions() throws {
    let texts = try #require(CollidingTexts())
    try #require(texts.haveOneHash)
    let (one, other) = (texts.first, texts.second)
    let folder = try SuiteFolder([
      "t.csv": "x,y\n\(one),1\n\(other),2\nz,3\nz,4\n\(one),1\n",
      "train.csv": "x\n\(one)\nz\n", "test.csv": "x\n\(other)\nz\nw\n",
    ])
    let outcome = try folder.outcome(
      """
      data: t.csv
      table:
      - duplicates on [x] <= 0
      - label conflict y <= 0
      splits: {train: train.csv, test: test.csv, check: [overlap == 0]}
      """)
    #expect(
      outcome.outcomes.map(\.found) == [
        "2 of 5 rows (40%) were there before",
        "2 of 5 rows (40%) have another label than an equal row",
        "1 of 3 test rows are in the training table",
      ])
    #expect(outcome.outcomes.map { $0.samples.map(\.row) } == [[3, 4], [2, 3], [1]])
  }

  @Test("the first repeated numbers are found with little memory", arguments: 0..<12)
  func firstRepeats(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let values = [3, 900, 4000][seed % 3]
    let numbers = (0..<6000).map { _ in Int(random.next() % UInt64(values)) }
    let known = try Self.scan(
      "x\n" + numbers.map { "\($0)\n" }.joined(), ScanRequest(.duplicates(["x"])), ["x": .int],
      limit: seed < 6 ? 1 : 1 << 24)
    let finding = try known.duplicates(["x"], nil).finding()
    var seen: Set<Int> = []
    let wanted = numbers.indices.filter { !seen.insert(numbers[$0]).inserted }
    #expect(finding.count == wanted.count)
    #expect(finding.rows == Array(wanted.prefix(RowSample.most)))
  }
}
