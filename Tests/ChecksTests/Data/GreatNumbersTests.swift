import Platform
import Support
import Testing

@testable import Checks

/// 9007199254740993 is no double: what compares doubles takes it for 9007199254740992.
@Suite("Tests of whole numbers that doubles cannot tell apart") struct GreatNumbersTests {
  private static let near = "9007199254740992"
  private static let great = "9007199254740993"

  private func found(
    _ tables: [String: String], _ tests: String
  ) throws -> [(verdict: TestOutcome.Verdict, found: String)] {
    try SuiteFolder(tables).outcome("data: t.csv\n" + tests + "\n").outcomes
      .filter { !$0.test.text.hasPrefix("schema") }.map { ($0.verdict, $0.found) }
  }

  @Test(
    "two that are near are two",
    arguments: [
      "columns: {a: 'int, unique'}", "columns: {a: 'int, distinct 2..2'}",
      "columns: {a: 'int, monotonic strict'}", "columns: {a: 'category, unique'}",
      "columns: {a: int}\ntable: ['no duplicates on [a]']",
      "columns: {a: int, b: string}\ntable: ['no duplicates on [a, b]']",
      "columns: {a: int, b: string}\nlabel: b\ntable: [no label conflict]",
      "columns: {a: 'int, in [\(near), \(great)]'}",
      "columns: {a: 'int, share of [\(great)] >= 50%'}",
      "columns: {a: 'int, not in [9007199254740994, 9007199254740991]'}",
      "columns: {a: int, c: int}\ntable: ['a == c']",
      "columns: {a: int}\ntable: ['a in [\(near), \(great)]']",
      "columns: {a: int}\ntable: ['a == \(near) or a == \(great)']",
      "columns: {a: int}\ntable: ['a < 9007199254740994 and a >= \(near)']",
    ])
  func differ(tests: String) throws {
    let table = "a,b,c\n\(Self.near),x,\(Self.near)\n\(Self.great),x,\(Self.great)\n"
    let own =
      tests.contains("label conflict") ? table.replacing(",x,\(Self.great)", with: ",y,1") : table
    for outcome in try found(["t.csv": own], tests) {
      #expect(outcome.verdict == .passed, "\(outcome)")
    }
  }

  @Test(
    "one that is near another is not that one",
    arguments: [
      ("columns: {a: 'int, in [\(near)]'}", "1 of 2 rows (50%)"),
      ("columns: {a: 'int, not in [\(great)]'}", "1 of 2 rows (50%)"),
      ("columns: {a: 'int, unique where b == \"x\"'}", nil),
      ("columns: {a: int}\ntable: ['a == \(near)']", "1 of 2 rows (50%)"),
      ("columns: {a: int}\ntable: ['a != \(great)']", "1 of 2 rows (50%)"),
      ("columns: {a: int}\ntable: ['a <= \(near)']", "1 of 2 rows (50%)"),
      ("columns: {a: int, c: int}\ntable: ['a == c']", "1 of 2 rows (50%)"),
      ("columns: {a: 'int, foreign key in o.csv#k'}", "1 of 2 rows (50%)"),
    ])
  func equal(tests: String, wanted: String?) throws {
    let table = "a,b,c\n\(Self.near),x,\(Self.near)\n\(Self.great),x,\(Self.near)\n"
    let outcomes = try found(["t.csv": table, "o.csv": "k\n\(Self.near)\n5\n"], tests)
    guard let wanted else {
      return #expect(outcomes.allSatisfy { $0.verdict == .passed }, "\(outcomes)")
    }
    #expect(outcomes.contains { $0.verdict == .failed && $0.found == wanted }, "\(outcomes)")
  }

  @Test("rows that are equal are found, and named by their digits") func repeats() throws {
    let rows = (0..<4000).map { "\(9_007_199_254_740_000 + $0 * 3)" }
    let table = (["a"] + rows + [rows[3999], rows[17]]).joined(separator: "\n") + "\n"
    let outcome = try SuiteFolder(["t.csv": table]).outcome(
      "data: t.csv\ncolumns: {a: 'int, unique, monotonic strict, in [1, 2]'}\n")
    let unique = try #require(outcome.outcomes.first { $0.test.text.hasSuffix("unique") })
    #expect(unique.rows?.failing == 2 && unique.samples.map(\.row) == [4000, 4001])
    let order = try #require(outcome.outcomes.first { $0.test.text.contains("monotonic") })
    #expect(order.samples.map(\.value) == [rows[3999], rows[17]])
    let values = try #require(outcome.outcomes.first { $0.test.text.contains(" in [1") })
    #expect(values.samples.map(\.value) == Array(rows.prefix(5)))
  }

  @Test("rows and groups of two tables are shared when they are equal") func splits() throws {
    let tables = [
      "t.csv": "a\n\(Self.near)\n", "near.csv": "a\n\(Self.great)\n",
      "same.csv": "a\n\(Self.great)\n5\n",
    ]
    func verdicts(_ train: String, _ test: String) throws -> [TestOutcome.Verdict] {
      try found(
        tables,
        "columns: {a: int}\nsplits: {train: \(train), test: \(test), check: [overlap == 0, no group leak a]}"
      ).map(\.verdict).suffix(2)
    }
    #expect(try verdicts("t.csv", "near.csv") == [.passed, .passed])
    #expect(try verdicts("near.csv", "same.csv") == [.failed, .failed])
  }

  @Test("each value is a group of its own") func groups() throws {
    let table =
      "a,b\n" + [Self.near, Self.great, Self.great].map { "\($0),1\n" }.joined()
    let outcome = try SuiteFolder(["t.csv": table]).outcome(
      "data: t.csv\ncolumns: {a: int, b: 'int, sum == 1 by a'}\n")
    let groups = outcome.outcomes.filter { $0.group != nil }
    #expect(groups.map(\.group) == [Self.near, Self.great])
    #expect(groups.map(\.verdict) == [.passed, .failed])
  }

  @Test("a number of an expression reads back as it is written") func written() throws {
    for text in [
      "a == 9007199254740993", "a > -9007199254740993", "a in [18446744073709551615]",
      "a == 9007199254740992",
    ] {
      let expression = try RowExpression(parsing: text)
      #expect(expression.text == text)
      #expect(try RowExpression(parsing: expression.text) == expression)
    }
  }
}
