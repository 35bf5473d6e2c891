@testable import Checks
import Platform
import Support
import SystemPackage
import Testing

@Suite("Suites of data tests") struct DataSuiteReadingTests {
  @Test("a suite says what it tests, where it stands, in the file's order") func whole() throws {
    let read = try suite(
      #"""
      data: data/processed/train.csv            # path, glob, or dvc:name@rev
      reference: data@v1.2
      columns:
        id:      int, unique
        age:     int, 18..90
        income:  float, >= 0, mostly 99.9%, outliers iqr <= 1%
        country: category in [KR, US, JP]
        email:   string ~ "[^@]+@[^@]+", nulls <= 5%
        ts:      datetime "%Y-%m-%d %H:%M:%S", monotonic, age <= 2d
        label:   int in [0, 1], mean 0.1..0.3
      table:
      - rows: 1000..
      - no duplicates on [id]
      - start <= end
      - class balance label >= 0.1
      drift: {method: auto, correction: bh, columns: {income: psi < 0.1}, share: 0.3}
      splits:
        train: data/train.csv
        test: data/test.csv
        check: [overlap == 0, no group leak user_id, time order ts, label psi < 0.1, leak score < 0.95]
      """#)
    #expect(read.data.place == .path("data/processed/train.csv"))
    #expect(read.data.location == SourceLocation(file: "s.yml", line: 1, column: 7))
    #expect(read.reference?.place == .version("data/processed/train.csv", revision: "v1.2"))
    #expect(read.columns.map(\.name) == ["id", "age", "income", "country", "email", "ts", "label"])
    #expect(read.columns[5].type == .dateTime(format: "%Y-%m-%d %H:%M:%S"))
    #expect(read.drift == DriftSettings())
    #expect(read.splits.map(\.name) == ["train", "test"])
    #expect(
      read.tests.map { "\($0.location.line ?? 0):\($0.location.column ?? 0) \($0.text)" } == [
        "3:1 schema extra allow", "4:12 id: int", "4:17 id: unique", "5:12 age: int",
        "5:17 age: 18..90", "6:12 income: float", "6:19 income: >= 0 mostly 99.9%",
        "6:39 income: outliers iqr <= 1%", "7:12 country: category",
        "7:21 country: in [KR, US, JP]", "8:12 email: string",
        "8:19 email: ~ \"[^@]+@[^@]+\"", "8:36 email: nulls <= 5%",
        "9:12 ts: datetime \"%Y-%m-%d %H:%M:%S\"", "9:42 ts: monotonic", "9:53 ts: age <= 2d",
        "10:12 label: int", "10:16 label: in [0, 1]", "10:27 label: mean 0.1..0.3",
        "12:3 rows >= 1000", "13:3 no duplicates on [id]", "14:3 start <= end",
        "15:3 label: class balance >= 10%", "16:57 income: drift psi < 0.1",
        "16:76 drifted columns <= 30%", "20:11 overlap == 0", "20:25 no group leak user_id",
        "20:48 time order ts", "20:63 label label psi < 0.1", "20:80 leak score label < 0.95",
      ])
    #expect(read.tests.allSatisfy { $0.severity == .error && !$0.isGuess })
    #expect(read.tests[6].mostly == 0.999)
  }

  @Test(
    "a column is a line, a list, or a mapping",
    arguments: [
      "int, 18..90, nulls <= 5%", "[int, 18..90, nulls <= 5%]", "[\"int, 18..90\", nulls]",
      "[int, {test: range, min: 18, max: 90}, {test: nulls}]",
      "{type: int, tests: \"18..90, nulls\"}",
      "{type: int, description: years, tests: [18..90, {test: nulls, max: 5%}]}",
      "[\"int, 18..90\", {error: nulls}]",
    ])
  func columns(value: String) throws {
    let read = try column(value)
    #expect(read.columns == [.init("x", .int)])
    #expect(read.own.map(\.text) == ["x: int", "x: 18..90", "x: nulls <= 5%"])
  }

  @Test("a column may be only declared") func declared() throws {
    let read = try suite("data: d.csv\ncolumns:\n  a:\n  b: ~\n  c: int\n")
    #expect(read.columns == [.init("a", nil), .init("b", nil), .init("c", .int)])
    #expect(
      read.tests.first?.kind
        == .schema(columns: ["a", "b", "c"], isOrdered: false, allowsOthers: true))
  }

  @Test("`schema` says more of the declared columns") func schema() throws {
    let read = try suite("data: d.csv\ncolumns: {a: int, b: int}\ntable: [schema ordered]\n")
    #expect(
      read.tests.filter { $0.column == nil }.map(\.kind)
        == [.schema(columns: ["a", "b"], isOrdered: true, allowsOthers: false)])
    #expect(read.tests.last?.text == "schema ordered")
  }

  @Test("severity comes from the suite, the column, the key or the test") func severities() throws {
    let read = try suite(
      """
      data: d.csv
      reference: r.csv
      severity: warn
      columns:
        a: int, unique (error)
        b: {type: int, severity: error, tests: [unique, not null (warn)]}
        c: [int, {warn: nulls <= 1%, error: [nulls <= 5%, unique]}]
      table:
      - rows: 5..
      - error: rows 1..
      - {error: {test: rows, max: 9}}
      drift: {columns: {a: {warn: psi < 0.1, error: psi < 0.25}}, share: {warn: 10%, error: 30%}}
      """)
    let said = read.own.map { "\($0.text) \($0.severity.rawValue)" }
    #expect(
      said == [
        "a: int warn", "a: unique error", "b: int warn", "b: unique error", "b: not null warn",
        "c: int warn", "c: nulls <= 1% warn", "c: nulls <= 5% error", "c: unique error",
        "rows >= 5 warn", "rows >= 1 error", "rows <= 9 error", "a: drift psi < 0.1 warn",
        "a: drift psi < 0.25 error", "drifted columns <= 10% warn", "drifted columns <= 30% error",
      ])
  }

  @Test("conditions of the suite and of a column narrow those of the tests") func filters() throws {
    let read = try suite(
      """
      data: d.csv
      where: a > 0
      columns:
        a: int, unique where a > 1
        b: {type: int, where: b > 2, by: c, tests: [unique where a > 1, not null by d]}
      table: [rows: 5.., columns: 3.., a < b]
      splits: {train: x.csv, test: y.csv, check: [sizes]}
      """)
    #expect(
      read.own.map(\.text) == [
        "a: int where a > 0", "a: unique where a > 0 and a > 1", "b: int where a > 0",
        "b: unique where a > 0 and b > 2 and a > 1 by c", "b: not null where a > 0 and b > 2 by d",
        "rows >= 5 where a > 0", "columns >= 3", "a < b where a > 0", "sizes >= 100",
      ])
  }

  @Test("drift of a list of columns is by the method of the suite") func drift() throws {
    let read = try suite(
      "data: d.csv\nreference: r.csv\ncolumns: {c: \"float, drift\"}\n"
        + "drift: {method: js, correction: none, columns: [a, b]}\n")
    #expect(read.own.map(\.text) == ["c: float", "c: drift js", "a: drift js", "b: drift js"])
    #expect(read.drift == DriftSettings(method: .js, correction: .none))
    let usual = try suite("data: d.csv\nreference: r.csv\ndrift:\n").own
    #expect(usual.map(\.text) == ["drifted columns <= 50%"])
    let own = try suite(
      "data: d.csv\nreference: r.csv\ndrift: {columns: {a: {method: ks, p: 0.01, by: g}}}\n"
    ).own
    #expect(own.map(\.text) == ["a: drift ks p >= 0.01 by g"])
  }

  @Test("splits alone are a suite, of the training table") func splits() throws {
    let read = try suite(
      "splits: {train: a.csv, valid: c.csv, test: b.csv, check: 'overlap on [id] == 0'}\n")
    #expect(read.data == read.splits[0].table)
    #expect(read.splits.map(\.name) == ["train", "valid", "test"])
    #expect(read.own.map(\.kind) == [.split(.overlap(columns: ["id"], max: 0))])
  }

  @Test(
    "tables are named by path, version, artifact",
    arguments: [
      ("data/*.csv", .path("data/*.csv")), ("store.db#orders", .path("store.db#orders")),
      ("sqlite:store.db#orders", .path("store.db#orders")), ("file:a@b.csv", .path("a@b.csv")),
      ("data/a@x.csv@v1", .version("data/a@x.csv", revision: "v1")),
      ("dvc:data/a.csv@main", .version("data/a.csv", revision: "main")),
      ("run:latest/out/p.csv", .artifact(run: "latest", path: "out/p.csv")),
      ("data@v1", .version("data", revision: "v1")), ("C:/x.csv", .path("C:/x.csv")),
    ] as [(String, TableReference.Place)])
  func places(text: String, place: TableReference.Place) throws {
    let read = try suite("data: '\(text)'\ncolumns: {a: int}\n")
    #expect(read.data.place == place)
    #expect(try suite("data: '\(read.data.text)'\ncolumns: {a: int}\n").data.place == place)
  }

  @Test("anchors, aliases and merged mappings are YAML's") func aliases() throws {
    let read = try suite(
      """
      data: d.csv
      columns:
        a: &money float, >= 0
        b: *money
        c: &c {type: int, tests: [unique]}
        d: {<<: *c, type: string}
      """)
    #expect(
      read.own.map(\.text) == [
        "a: float", "a: >= 0", "b: float", "b: >= 0", "c: int", "c: unique", "d: string",
        "d: unique",
      ])
  }

  @Test("text that YAML takes for something else is text") func plain() throws {
    let read = try suite(
      "data: d.csv\ncolumns:\n  no: category in [no, on, 1_0, 0x1F, 2026-02-30, 1:30]\n  1: int\n  null: int\n"
    )
    #expect(read.columns.map(\.name) == ["no", "1", "null"])
    #expect(
      read.own[1].kind
        == .inSet(.values(["no", "on", "1_0", "0x1F", "2026-02-30", "1:30"]), isNegated: false))
  }

  @Test("a file is read, and a missing one is told") func files() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("data: d.csv\ncolumns: {a: intt}\n", to: "tests/data/a.yml")
    let failure = try #require(throws: Failure.self) {
      try DataSuite(reading: path, shownAs: "tests/data/a.yml")
    }
    #expect(failure.location == SourceLocation(file: "tests/data/a.yml", line: 2, column: 14))
    #expect(failure.code == .invalid)
    #expect(throws: Failure.self) {
      try DataSuite(reading: folder.path.appending("b.yml"), shownAs: "b.yml")
    }
  }
}
