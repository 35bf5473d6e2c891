import Testing

@testable import Checks

@Suite("Shares of columns that drift, and limits of correlation") struct DriftedShareTests {
  /// A key, a number that stays, one that moves, a category that stays, one that moves, a text, a day.
  private static func table(_ shift: Int) -> String {
    let rows = (0..<600).map { row -> String in
      let moved = shift == 0 ? row % 3 : row % 10 == 0 ? 0 : 2
      return
        "\(row + shift * 600),\(row % 50),\(row % 40 + shift * 30),\(row % 2 == 0 ? "a" : "b"),"
        + "\("xyz".map(String.init)[moved]),note \(row + shift),2024-01-\(10 + row % 9 + shift)"
    }
    return "id,still,moves,same,other,note,day\n" + rows.joined(separator: "\n") + "\n"
  }

  private static let columns = """
    data: t.csv
    reference: r.csv
    columns:
      id: int, unique
      still: int
      moves: int
      same: category
      other: category
      note: string
      day: date

    """

  private static func share(_ drift: String) throws -> TestOutcome {
    let folder = try SuiteFolder(["t.csv": table(1), "r.csv": table(0)])
    return try #require(folder.outcome(columns + drift).outcomes.last)
  }

  @Test("without columns, all that are declared are measured, but for what differs in each row")
  func all() throws {
    let outcome = try Self.share("drift:\n")
    #expect(outcome.verdict == .passed)
    #expect(outcome.found == "2 of 4 columns: moves, other")
    #expect(outcome.value == 0.5)
    let strict = try Self.share("drift: {share: 40%}\n")
    #expect(strict.verdict == .failed)
    #expect(strict.nearest == "share <= 50%")
  }

  @Test(
    "a method that is not one for a column is replaced there", arguments: ["ks", "chi2", "psi"])
  func method(name: String) throws {
    #expect(try Self.share("drift: {method: \(name)}\n").found == "2 of 4 columns: moves, other")
  }

  @Test("where columns are named, only these count") func named() throws {
    #expect(
      try Self.share("drift: {columns: [still, moves], share: 10%}\n").found
        == "1 of 2 columns: moves")
  }

  @Test("a suite that declares none takes the table's columns") func undeclared() throws {
    let folder = try SuiteFolder(["t.csv": Self.table(1), "r.csv": Self.table(0)])
    let outcome = try #require(
      folder.outcome("data: t.csv\nreference: r.csv\ndrift:\n").outcomes.last)
    // As categories, of which keys and notes are none.
    #expect(outcome.found == "3 of 5 columns: day, moves, other")
  }

  @Test("tables with nothing in common cannot be compared") func nothing() throws {
    let folder = try SuiteFolder(["t.csv": "x\n1\n", "r.csv": "y\n1\n"])
    let outcome = try #require(
      folder.outcome("data: t.csv\nreference: r.csv\ndrift:\n").outcomes.last)
    #expect(outcome.verdict == .untested)
  }

  @Test("a correlation of exactly the limit is too much") func correlation() throws {
    // Pearson's r is 1 of x and y, and 0.5 of x and z.
    let folder = try SuiteFolder(["t.csv": "x,y,z\n-1,-2,-1\n0,0,1\n1,2,0\n"])
    let head = "data: t.csv\ncolumns: {x: int, y: int, z: int}\ntable:\n"
    func last(_ test: String) throws -> TestOutcome {
      try #require(folder.outcome(head + "- \(test)\n").outcomes.last)
    }
    #expect(try last("correlation < 1").verdict == .failed)
    #expect(try last("correlation < 1").nearest == nil)
    let half = try last("correlation < 0.5 on [x, z]")
    #expect(half.verdict == .failed)
    // What a report proposes does pass.
    #expect(half.nearest == "correlation < 0.5001")
    #expect(try last("correlation < 0.5001 on [x, z]").verdict == .passed)
    #expect(try last("correlation < 1 pairs <= 1").verdict == .passed)
    #expect(try last("correlation < 0.5 pairs <= 2").verdict == .failed)
  }
}
