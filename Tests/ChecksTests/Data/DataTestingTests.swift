import Compute
import Formats
import Learning
import Platform
import Support
import SystemPackage
import Testing

@testable import Checks

@Suite("Tests of data") struct DataTestingTests {
  private struct Opener: TableOpener {
    let folder: FilePath

    func open(_ reference: TableReference) throws -> any TableStream {
      guard case .path(let name) = reference.place else {
        throw Failure(.unsupported, "only files here")
      }
      return try TableStreams.open(folder.appending(name))
    }
  }

  private static let place = SourceLocation(file: "suite.yml", line: 1)

  private static func outcome(
    _ tables: [String: String], threads: Int = 2, _ edit: (inout DataSuite) -> Void
  ) throws -> SuiteOutcome {
    let folder = try TemporaryFolder()
    for (name, text) in tables { try folder.write(text, to: name) }
    var suite = DataSuite(file: "suite.yml", data: TableReference(.path("t.csv"), at: place))
    edit(&suite)
    return try DataTesting(
      suite, opener: Opener(folder: folder.path), threads: threads, now: 1_700_000_000
    ).outcome()
  }

  private static func test(
    _ kind: DataTest.Kind, _ column: String? = nil, mostly: Double = 1,
    filter: RowExpression? = nil, group: String? = nil
  ) -> DataTest {
    DataTest(
      kind, column: column, mostly: mostly, filter: filter, group: group, location: place,
      text: kind.name)
  }

  private static let people = """
    id,age,city,income,start,end,email,label
    1,34,Seoul,1200.5,2023-01-01,2023-02-01,a@b.kr,0
    2,19,Busan,800,2023-01-02,2023-01-05,c@d.kr,1
    3,,Seoul,950.25,2023-01-03,2023-01-01,nobody,0
    4,77,Jeju,1e6,2023-01-04,2023-03-01,e@f.kr,0
    5,x,Seoul,1100,2023-01-05,,g@h.kr,1
    5,41,NA,1000,2023-01-06,2023-04-01,,0

    """

  /// Each test of the table of people, with what comes of it.
  private static let cases: [(DataTest, TestOutcome.Verdict, String)] = [
    (test(.type(.int), "age"), .failed, "1 of 5 rows (20%)"),
    (test(.type(.int), "id"), .passed, "all 6 rows"),
    (test(.type(.int), "income"), .failed, "2 of 6 rows (33.3333%)"),
    (test(.type(.date), "end"), .passed, "all 5 rows"),
    (test(.range(Bounds(lower: 18, upper: 65)), "age"), .failed, "2 of 5 rows (40%)"),
    (test(.range(Bounds(lower: 18)), "age", mostly: 0.8), .passed, "1 of 5 rows (20%)"),
    (
      test(.inSet(.values(["Seoul", "Busan"]), isNegated: false), "city"), .failed,
      "1 of 5 rows (20%)"
    ),
    (test(.inSet(.values(["0", "1"]), isNegated: false), "label"), .passed, "all 6 rows"),
    (test(.inSet(.values(["Jeju"]), isNegated: true), "city"), .failed, "1 of 5 rows (20%)"),
    (test(.pattern("[^@]+@[^@]+"), "email"), .failed, "1 of 5 rows (20%)"),
    (test(.length(Bounds(lower: 5, upper: 5)), "city"), .failed, "1 of 5 rows (20%)"),
    (test(.dateFormat("%Y-%m-%d"), "start"), .passed, "all 6 rows"),
    (test(.dateFormat("%d.%m.%Y"), "start"), .failed, "6 of 6 rows (100%)"),
    (test(.nulls(max: 0), "age"), .failed, "1 of 6 rows (16.6667%) are missing"),
    (test(.nulls(max: 0.2), "age"), .passed, "1 of 6 rows (16.6667%) are missing"),
    (test(.mixedNulls(max: 1), "city"), .passed, "nothing is spelled NA"),
    (test(.unique, "id"), .failed, "1 of 6 rows (16.6667%) were there before"),
    (test(.unique, "start"), .passed, "no row twice"),
    (test(.monotonic(isStrict: false, isDescending: false), "id"), .passed, "all 6 rows"),
    (
      test(.monotonic(isStrict: true, isDescending: false), "id"), .failed, "1 of 6 rows (16.6667%)"
    ),
    (
      test(.holds(.comparison(.lessOrEqual, .column("start"), .column("end")))), .failed,
      "1 of 5 rows (20%)"
    ),
    (test(.statistic(.mean, Bounds(lower: 0.3, upper: 0.4)), "label"), .passed, "0.333333"),
    (test(.statistic(.max, Bounds(upper: 10_000)), "income"), .failed, "1e+06"),
    (test(.statistic(.median, Bounds(lower: 1000, upper: 1100)), "income"), .passed, "1050"),
    (test(.statistic(.distinct, Bounds(lower: 3, upper: 3)), "city"), .passed, "3"),
    (test(.varies, "city"), .passed, "3 different values"),
    (test(.classBalance(min: 0.6), "label"), .failed, "0.5: 2 of `1`, 4 of `0`"),
    (test(.rowCount(Bounds(lower: 10))), .failed, "6 rows"),
    (test(.columnCount(Bounds(lower: 8, upper: 8))), .passed, "8 columns"),
    (test(.duplicates(columns: ["id", "city"], max: 0)), .passed, "no row twice"),
    (
      test(.schema(columns: ["id", "name"], isOrdered: false, allowsOthers: true)), .failed,
      "without `name`"
    ),
    (
      test(.outliers(.iqr(k: 1.5), max: 0.05), "income"), .failed,
      "1 of 6 rows (16.6667%) outside 643.656..1494.41"
    ),
    (test(.personalData(allowed: []), "email"), .failed, "4 email"),
    (test(.personalData(allowed: [.email]), "email"), .passed, "nothing looks personal"),
    (
      test(.freshness(maxAge: 86_400 * 365), "start"), .passed, "the newest is 2023-01-06, 313d old"
    ),
    (test(.freshness(maxAge: 86_400), "start"), .failed, "the newest is 2023-01-06, 313d old"),
    (test(.rowChange(max: 0.1)), .untested, "the suite names no reference to compare with"),
    (test(.unique, "idd"), .untested, "there is no column `idd`"),
    (
      test(
        .range(Bounds(lower: 18)), "age",
        filter: .comparison(.equal, .column("city"), .text("Seoul"))),
      .passed, "all 1 rows"
    ),
  ]

  @Test("each test finds what there is to find", arguments: cases.indices)
  func kinds(index: Int) throws {
    let (test, verdict, found) = Self.cases[index]
    let suite = try Self.outcome(["t.csv": Self.people]) { suite in
      suite.columns = [
        .init("id", .int), .init("age", .int), .init("income", .float), .init("label", .int),
      ]
      suite.tests = [test]
    }
    let outcome = try #require(suite.outcomes.first)
    #expect(outcome.verdict == verdict)
    #expect(outcome.found == found)
  }

  @Test("rows that fail are named, with their lines and what stands there")
  func samples() throws {
    let suite = try Self.outcome(["t.csv": Self.people]) { suite in
      suite.tests = [
        Self.test(.range(Bounds(lower: 18, upper: 65)), "age"), Self.test(.unique, "id"),
      ]
    }
    #expect(
      suite.outcomes[0].samples == [
        RowSample(row: 3, line: 5, value: "77"), RowSample(row: 4, line: 6, value: "x"),
      ])
    #expect(suite.outcomes[1].samples.map(\.row) == [5])
    #expect(suite.outcomes[0].nearest == "mostly 60%")
  }

  @Test("a test by groups is one for each of them")
  func groups() throws {
    let suite = try Self.outcome(["t.csv": Self.people]) { suite in
      suite.tests = [Self.test(.statistic(.max, Bounds(upper: 1150)), "income", group: "city")]
    }
    #expect(
      suite.outcomes.map { "\($0.group ?? "-") \($0.verdict) \($0.found)" } == [
        "Busan passed 800", "Jeju failed 1e+06", "Seoul failed 1200.5",
      ])
  }

  @Test("values of another table are a foreign key")
  func foreignKey() throws {
    let tables = ["t.csv": Self.people, "cities.csv": "name\nSeoul\nBusan\n"]
    let suite = try Self.outcome(tables) { suite in
      let cities = TableReference(.path("cities.csv"), at: Self.place)
      suite.tests = [
        Self.test(.foreignKey(cities, column: "name"), "city"),
        Self.test(.foreignKey(cities, column: "nam"), "city"),
      ]
    }
    #expect(
      suite.outcomes.map(\.found) == [
        "1 of 5 rows (20%)", "there is no column `nam` in cities.csv",
      ])
    #expect(suite.exitCode == 2)
  }

  @Test("drift is measured against the reference")
  func drift() throws {
    let numbers = (0..<2000).map { "\($0 % 100),\($0 % 2 == 0 ? "a" : "b")" }
    let shifted = (0..<2000).map { "\($0 % 100 + 60),\($0 % 10 == 0 ? "a" : "b")" }
    let tables = [
      "t.csv": "x,c\n" + shifted.joined(separator: "\n") + "\n",
      "r.csv": "x,c\n" + numbers.joined(separator: "\n") + "\n",
    ]
    for (reference, verdict) in [("r.csv", TestOutcome.Verdict.failed), ("t.csv", .passed)] {
      let suite = try Self.outcome(tables) { suite in
        suite.columns = [.init("x", .int), .init("c", .category)]
        suite.reference = TableReference(.path(reference), at: Self.place)
        suite.tests = [
          Self.test(.drift(.auto, limit: nil), "x"), Self.test(.drift(.auto, limit: nil), "c"),
          Self.test(.drift(.psi, limit: 0.1), "x"), Self.test(.drift(.ks, limit: 0.05), "x"),
          Self.test(.drift(.chi2, limit: 0.05), "c"), Self.test(.driftedShare(max: 0.3)),
          Self.test(.drift(.ks, limit: nil), "c"),
        ]
      }
      #expect(suite.outcomes.dropLast().map(\.verdict) == Array(repeating: verdict, count: 6))
      #expect(suite.outcomes.last?.verdict == .untested)
    }
  }

  @Test("what the parts of a split share is found")
  func split() throws {
    let tables = [
      "t.csv": "id,day,y\n1,2023-01-01,a\n2,2023-01-02,b\n3,2023-01-03,a\n",
      "u.csv": "id,day,y\n3,2023-01-03,a\n4,2023-01-02,c\n",
    ]
    let suite = try Self.outcome(tables) { suite in
      suite.columns = [.init("y", .category)]
      suite.splits = [
        .init("train", TableReference(.path("t.csv"), at: Self.place)),
        .init("test", TableReference(.path("u.csv"), at: Self.place)),
      ]
      suite.tests = [
        Self.test(.split(.overlap(columns: [], max: 0))),
        Self.test(.split(.groupLeak(column: "id"))),
        Self.test(.split(.timeOrder(column: "day"))),
        Self.test(.split(.newCategories(column: nil))),
        Self.test(.split(.sizes(minRows: 2, minShare: 0.01))),
        Self.test(.split(.groupLeak(column: "idd"))),
      ]
    }
    #expect(
      suite.outcomes.map(\.found) == [
        "1 of 2 test rows are in the training table", "1 values of `id` are in both: `3`",
        "the training table ends at 2023-01-03, the test table begins at 2023-01-02",
        "not in the training table: `y`: `c`", "2 test rows, 3 training rows",
        "the training table has no column `idd`",
      ])
  }

  @Test("the report is the same for any number of threads, and its forms hold every test")
  func reports() throws {
    let reports = try [1, 2, 3].map { threads in
      TestReport(suites: [
        try Self.outcome(["t.csv": Self.people], threads: threads) { suite in
          suite.columns = [
            .init("id", .int), .init("age", .int), .init("income", .float), .init("label", .int),
          ]
          suite.tests = Self.cases.map(\.0)
        }
      ])
    }
    let texts = reports.map { $0.json.text(.indented, sortingKeys: true) }
    #expect(Set(texts).count == 1)
    #expect(reports[0].exitCode == 2)
    let count = reports[0].suites[0].outcomes.count
    #expect(reports[0].junit.split(separator: "<testcase").count - 1 == count)
    let bad = count - reports[0].count(.passed)
    #expect(reports[0].github.split(separator: "\n").count == bad)
    #expect(reports[0].sarif(version: "1").text().split(separator: "\"ruleId\"").count - 1 == bad)
    for language in MessageLanguage.allCases {
      let page = TestPage(reports[0], language: language).html
      #expect(page.split(separator: "<article").count - 1 == count)
    }
  }
}
