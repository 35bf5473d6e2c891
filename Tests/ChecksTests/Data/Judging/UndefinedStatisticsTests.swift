import Testing

@testable import Checks

@Suite("Statistics that numbers do not have") struct UndefinedStatisticsTests {
  @Test(
    "say what is the case",
    arguments: [
      ("inf\n-inf", "mean", "`v` holds infinite numbers, of which there is no `mean`"),
      ("inf\n-inf", "sum", "`v` holds infinite numbers, of which there is no `sum`"),
      ("inf\n-inf", "median", "`v` holds infinite numbers, of which there is no `median`"),
      ("inf\n1", "std", "`v` holds infinite numbers, of which there is no `std`"),
      ("5", "std", "`v` has a value in one row, and `std` needs two"),
      ("NA", "mean", "no row has a value in `v`"), ("NA", "std", "no row has a value in `v`"),
    ])
  func reasons(rows: String, statistic: String, message: String) throws {
    let outcome = try SuiteFolder(["t.csv": "v\n\(rows)\n"]).outcome(
      "data: t.csv\ncolumns: {v: 'float, \(statistic) >= 0'}\n")
    let found = outcome.outcomes.filter { $0.test.name == statistic }
    #expect(found.map(\.verdict) == [.untested] && found.map(\.found) == [message], "\(found)")
  }
}
