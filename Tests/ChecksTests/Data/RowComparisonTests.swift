import Compute
import Learning
import Platform
import Support
import SystemPackage
import Testing

@testable import Checks

@Suite("Rows that are equal") struct RowComparisonTests {
  private static func comparison(
    _ text: String, _ columns: [String], numbers: Set<String> = []
  ) throws -> (RowComparison, TemporaryFolder) {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "t.csv")
    let stream = try TableStreams.open(folder.path.appending("t.csv"))
    let comparison = RowComparison(
      stream: stream,
      readings: stream.names.map { numbers.contains($0) ? .declaredNumbers : .text },
      places: Dictionary(uniqueKeysWithValues: zip(stream.names, stream.names.indices)),
      threads: 2, columns: columns, budget: MemoryBudget())
    return (comparison, folder)
  }

  private static func hashes(_ comparison: RowComparison) throws -> [UInt64] {
    var all: [UInt64] = []
    try comparison.stream.read(comparison.readings, threads: 1) { part in
      RowHash.rows(of: RowBlock(part, places: comparison.places), comparison.columns)
    } take: {
      all += $0
    }
    return all
  }

  /// As if the hashes of all rows were equal: each row is compared with all others.
  @Test("rows whose hashes are equal are the same only when their cells are")
  func collisions() throws {
    let text = """
      a,b,x
      1,,1
      ,1,1
      ab,c,1.0
      a,bc,1
      ab,c,1
      ab,c,NA
      ,,
      ab,c,
      ab,c,2

      """
    let (comparison, folder) = try Self.comparison(text, ["a", "b", "x"], numbers: ["x"])
    defer { withExtendedLifetime(folder) {} }
    let hashes = try Self.hashes(comparison)
    #expect(hashes[6] == 0)
    let words = WordStore(comparison.budget)
    try words.append(Set(hashes).subtracting([0]).sorted())
    let found = try comparison.compare(words, nil)
    #expect(found.rows == 8)
    #expect(found.repeats == 2)
    #expect(found.first == [4, 7])
  }

  @Test("duplicates of random rows are those that a set finds", arguments: 0..<30)
  func random(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let values = ["1", "1.0", "-0", "0", "", "NA", "x", "yy", "\"a,b\"", "한"]
    let rows = (0..<400).map { _ in
      (0..<3).map { _ in random.pick(Array(values.prefix(2 + seed % 9))) }
    }
    let text = "a,b,c\n" + rows.map { $0.joined(separator: ",") + "\n" }.joined()
    let folder = try TemporaryFolder()
    try folder.write(text, to: "t.csv")
    let stream = try TableStreams.open(folder.path.appending("t.csv"), partSize: 300)
    for columns in [["a"], ["b", "c"], ["a", "b", "c"]] {
      let request = ScanRequest(.duplicates(columns))
      let types: [String: ColumnType] = seed % 2 == 0 ? ["a": .float] : [:]
      let known = try TableScanner(
        stream, threads: 2, MemoryBudget(limit: seed % 3 == 0 ? 64 : 1 << 20)
      )
      .scan([request], types: types)
      let finding = try known.duplicates(columns, nil).finding()
      var (seen, count, first): (Set<[String]>, Int, [Int]) = ([], 0, [])
      for (row, cells) in rows.enumerated() {
        let own = columns.map { name -> String in
          let cell = cells[["a": 0, "b": 1, "c": 2][name] ?? 0]
          let isNumber = types[name] != nil
          if cell == "NA" || cell == "" { return "" }
          if isNumber { return Double(cell).map { "\($0 == 0 ? 0 : $0)" } ?? "" }
          return "=" + cell
        }
        if own.allSatisfy(\.isEmpty) { continue }
        if !seen.insert(own).inserted {
          count += 1
          if first.count < RowSample.most { first.append(row) }
        }
      }
      #expect(finding.count == count)
      #expect(finding.rows == first)
    }
  }
}
