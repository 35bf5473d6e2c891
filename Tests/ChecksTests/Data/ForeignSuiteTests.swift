import Formats
import Platform
import Testing

@testable import Checks

@Suite("Suites of other tools") struct ForeignSuiteTests {
  private static func read(_ text: String, _ file: String = "f") throws -> [ForeignSuite] {
    try ForeignSuite.read(Array(text.utf8), file: file)
  }

  private static let soda = """
    checks for people:
      - row_count > 10
      - row_count between 1 and 500
      - missing_count(age) = 0
      - missing_percent(city) < 5 %
      - duplicate_count(id) = 0
      - duplicate_count(city, day) = 0
      - invalid_count(age) = 0:
          valid min: 0
          valid max: 120
      - invalid_percent(email) < 2%:
          valid format: email
      - invalid_count(city) = 0:
          valid values: [Seoul, Busan]
          name: only two
      - avg(age) between 20 and 60
      - stddev(age) < 30
      - max(age):
          warn: when > 100
          fail: when > 130
      - percentile(age, 0.5) >= 18
      - freshness(day) < 2d
      - values in (city) must exist in cities (name)
      - min(age) >= 18:
          filter: city = 'Seoul'
      - failed rows:
          fail condition: age < 0
      - schema:
          fail:
            when required column missing: [id, age]
            when wrong column type:
              age: integer
            when wrong column index:
              id: 0
      - anomaly detection for row_count
      - missing_count(age) < 5
      - failed rows:
          fail query: SELECT 1
    checks for cities:
      - row_count = 3
    checks for people [daily]:
      - row_count > 1
    discover datasets:
      datasets: [include %]
    """

  @Test("checks of Soda become a suite a table, with a place for what has no counterpart")
  func soda()
    throws
  {
    let suites = try Self.read(Self.soda, "checks.yml")
    #expect(suites.map(\.name) == ["people", "cities"])
    #expect(
      suites[0].suite.tests.map { "\($0.severity == .warn ? "warn " : "")\($0.text)" } == [
        "age: int", "rows > 10", "rows 1..500", "age: not null", "city: nulls <= 5%", "id: unique",
        "no duplicates on [city, day]", "age: 0..120",
        #"email: ~ "[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}" mostly 98%"#,
        "city: in [Seoul, Busan]", "age: mean 20..60", "age: std < 30", "age: max <= 130",
        "warn age: max <= 100", "age: quantile 50% >= 18", "day: age <= 2d",
        "city: foreign key in data/cities.csv#name", "age: min >= 18 where city == 'Seoul'",
        "not age < 0", "schema [id, age] extra allow",
      ])
    #expect(
      suites[0].remarks.map { "\($0.location.line ?? 0) \($0.what)" } == [
        // Ours has no `<` of shares.
        "5 `missing_percent(city) < 5 %`", "11 `invalid_percent(email) < 2%`",
        "34 `when wrong column index` of `schema`", "35 `anomaly detection for row_count`",
        "36 `missing_count(age) < 5`", "38 `failed rows`", "42 `checks for people [daily]`",
        "44 `discover datasets`",
      ])
    // What is written can be read.
    for own in suites {
      let read = try suite(own.text())
      #expect(
        read.tests.filter { $0.column != nil }.count
          >= own.suite.tests.filter { $0.column != nil }.count)
      #expect(
        own.text().split(separator: "\n").count { $0.hasPrefix("# left out") }
          == own.remarks.count { !$0.isTranslated })
    }
  }

  @Test("what another tool has and we do not is left out, with its line") func leftOut() throws {
    let text = """
      {"name": "s", "expectations": [
        {"type": "expect_column_kl_divergence_to_be_less_than", "kwargs": {"column": "x", "threshold": 1}},
        {"type": "expect_column_values_to_be_between", "kwargs": {"column": "x", "min_value": 3, "max_value": 1}},
        {"type": "expect_column_values_to_be_between", "kwargs": {"column": "x", "min_value": {"$PARAMETER": "low"}}},
        {"type": "expect_column_values_to_be_in_set", "severity": "warning",
         "kwargs": {"column": "x", "value_set": [1, 2.5, true, null, "a b"], "mostly": 0.9,
                    "row_condition": "city==\\"A\\" and y > 3", "condition_parser": "pandas"}},
        {"type": "expect_made_up", "kwargs": {}}
      ]}
      """
    let own = try #require(Self.read(text).first)
    #expect(own.remarks.map { $0.location.line ?? 0 } == [2, 3, 4, 8])
    #expect(
      own.suite.tests.map(\.text) == [
        "x: in [1, 2.5, true, True, a b] mostly 90% where city == 'A' and y > 3"
      ])
    #expect(own.suite.tests.first?.severity == .warn)
    #expect(own.suite.data.text == "data/s.csv")
  }

  @Test("older schemas of pandera have their checks below a key") func older() throws {
    let text = """
      schema_type: dataframe
      version: 0.20.4
      columns:
        a:
          title: null
          dtype: int64
          nullable: false
          checks:
            greater_than: 0
            isin:
              value: [1, 2]
              options: {raise_warning: true}
            mine: {x: 1}
          unique: true
          coerce: false
          required: true
          regex: false
        day:
          dtype: datetime64[ns]
          checks:
            in_range: {min_value: '2024-01-01', max_value: '2024-12-31'}
      checks: null
      index: null
      strict: true
      unique: [a, day]
      """
    let own = try #require(Self.read(text).first)
    #expect(
      own.suite.tests.map { "\($0.severity == .warn ? "warn " : "")\($0.text)" } == [
        "a: int", "day: datetime", "a: not null", "a: unique", "a: > 0", "warn a: in [1, 2]",
        "day: not null", "day >= '2024-01-01'", "day <= '2024-12-31'", "schema [a, day]",
        "no duplicates on [a, day]",
      ])
    #expect(own.remarks.map(\.what) == ["`mine` of `a`"])
  }

  /// As pandera 0.35 writes built-in checks with options: a value alone without any, else its arguments by their names.
  @Test(
    "options of pandera's checks stand beside their arguments",
    arguments: [
      ("greater_than_or_equal_to: {min_value: 0, raise_warning: true}", "warn a: >= 0"),
      ("greater_than: {min_value: 0, n_failure_cases: 3}", "a: > 0"),
      ("less_than_or_equal_to: {max_value: 5, raise_warning: true, name: nm}", "warn a: <= 5"),
      ("less_than: 5", "a: < 5"), ("equal_to: {value: 3, raise_warning: true}", "warn a: == 3"),
      ("not_equal_to: {value: 3, raise_warning: true}", "warn a: not in [3]"),
      (
        "in_range: {min_value: 0, max_value: 5, include_min: true, include_max: false, raise_warning: true}",
        "warn a: >= 0 and < 5"
      ),
      ("isin: {allowed_values: [1, 2], raise_warning: true}", "warn a: in [1, 2]"),
      ("notin: {forbidden_values: [1, 2], raise_warning: true}", "warn a: not in [1, 2]"),
      (
        "unique_values_eq: {values: [1, 2], raise_warning: true, error: x}",
        "warn a: in [1, 2]; warn a: distinct == 2"
      ),
      ("str_matches: {pattern: a, raise_warning: true}", #"warn a: ~ "(?:a)[\s\S]*""#),
      ("str_contains: {pattern: a, raise_warning: true}", #"warn a: ~ "[\s\S]*(?:a)[\s\S]*""#),
      ("str_startswith: {string: a, raise_warning: true}", #"warn a: ~ "a[\s\S]*""#),
      ("str_endswith: {string: a, raise_warning: true}", #"warn a: ~ "[\s\S]*a""#),
      (
        "str_length: {min_value: 1, max_value: null, exact_value: null, raise_warning: true}",
        "warn a: length >= 1"
      ),
      ("str_length: {exact_value: 3, raise_warning: true}", "warn a: length == 3"),
      ("str_length: 3", "a: length == 3"),
      (
        "checks: [{min_value: 0, options: {check_name: greater_than, raise_warning: true}}, {min_value: 1, options: {check_name: greater_than}}]",
        "warn a: > 0; a: > 1"
      ),
    ])
  func options(check: String, wanted: String) throws {
    let text = "schema_type: dataframe\ncolumns:\n  a:\n    nullable: true\n    \(check)\n"
    let own = try #require(Self.read(text).first)
    let found = own.suite.tests.map { "\($0.severity == .warn ? "warn " : "")\($0.text)" }
    #expect(found.joined(separator: "; ") == wanted)
    #expect(own.remarks.isEmpty, "\(own.remarks)")
  }

  @Test("a pattern of names is no column of a list") func namePatterns() throws {
    let text = """
      schema_type: dataframe
      columns:
        x_.*: {dtype: int64, regex: true}
        b: {dtype: int64, nullable: true}
        c: {nullable: true, required: false}
      strict: true
      ordered: true
      """
    let own = try #require(Self.read(text).first)
    #expect(own.suite.tests.map(\.text) == ["b: int", "schema [b, c] ordered extra allow"])
    #expect(
      own.remarks.filter { !$0.isTranslated }.map(\.what) == [
        "`x_.*`, which is a pattern of names", "`strict`",
      ])
    #expect(own.remarks.contains { $0.isTranslated && $0.what == "`ordered`" })
  }

  @Test("what says nothing is left out with its reason") func empty() throws {
    let text = """
      {"expectations": [{},
        {"type": "expect_column_mean_to_be_between", "kwargs": {"column": "x", "min_value": null}},
        {"type": "expect_column_mean_to_be_between", "kwargs": {"column": "x", "min_value": "low"}},
        {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "x"}},
        {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "x"}, "severity": "warning"}]}
      """
    let own = try #require(Self.read(text).first)
    #expect(
      own.remarks.map { "\($0.what): \($0.why)" } == [
        "an expectation without `type`: it does not say what it expects",
        "expect_column_mean_to_be_between of `x`: it has neither `min_value` nor `max_value`",
        "expect_column_mean_to_be_between of `x`: its bounds are no numbers",
        "expect_column_values_to_not_be_null of `x`: the same test stands there already, for another share of rows or severity",
      ])
  }

  @Test(
    "what is of no tool, or broken, is one message",
    arguments: [
      "", "[1, 2]", "a: 1", "{", "expectations: 3", "checks for x: 1",
      "columns: []\nschema_type: x",
    ])
  func broken(text: String) {
    do throws(Failure) {
      let read = try ForeignSuite.read(Array(text.utf8), file: "f")
      #expect(read.allSatisfy { $0.suite.tests.isEmpty }, "\(text)")
    } catch {
      #expect(!error.message.isEmpty && error.location?.file == "f")
    }
  }
}
