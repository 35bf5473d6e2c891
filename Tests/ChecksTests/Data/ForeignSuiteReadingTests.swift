import Formats
import Platform
import Support
import Testing

@testable import Checks

/// What is taken over is written so that it reads, whatever stands in the other tool's file.
@Suite("Suites that were taken over read without a problem") struct ForeignSuiteReadingTests {
  private static let names = [
    "a", "b c", "d", "x.y", "label", "schema", "1", "null", "a:b", "`q`", "#c", "한", "in", "and",
    "rows", "a'b", "\"", "-", "", " ", "a\nb", "unique where a > 1",
  ]
  private static let values: [JSONValue] = [
    0, 1, -2.5, 1e300, "x", "", "a,b", "it's", "]", "2020-01-01", true, .null,
    9_007_199_254_740_993, "null", "\u{1B}",
  ]

  private static func texts(_ random: inout SeededRandom, most: Int) -> JSONValue {
    .array((0..<Int(random.next() % UInt64(most + 1))).map { _ in .string(random.pick(names)) })
  }

  private static func list(_ random: inout SeededRandom) -> JSONValue {
    .array((0..<Int(random.next() % 4)).map { _ in random.pick(values) })
  }

  private static func check(_ text: String, _ tool: ForeignSuite.Tool) throws -> Int {
    let suites: [ForeignSuite]
    do { suites = try ForeignSuite.read(Array(text.utf8), file: "foreign", tool: tool) } catch {
      return 0
    }
    var count = 0
    for own in suites where !own.suite.tests.isEmpty {
      do {
        let read = try DataSuite(parsing: Array(own.text().utf8), file: "own.yml")
        #expect(read.tests.count >= own.suite.tests.count, "\(text)\n\(own.text())")
        count += own.suite.tests.count
      } catch { Issue.record("\(error)\n\(text)\n\(own.text())") }
    }
    return count
  }

  private static let expectations = [
    "expect_column_values_to_be_between", "expect_column_values_to_be_in_set",
    "expect_column_values_to_not_be_in_set", "expect_column_values_to_not_be_null",
    "expect_column_values_to_be_null", "expect_column_values_to_be_unique",
    "expect_column_value_lengths_to_be_between", "expect_column_values_to_match_regex",
    "expect_column_values_to_match_strftime_format", "expect_column_values_to_be_of_type",
    "expect_column_values_to_be_increasing", "expect_column_mean_to_be_between",
    "expect_column_median_to_be_between", "expect_column_distinct_values_to_equal_set",
    "expect_table_row_count_to_be_between", "expect_table_columns_to_match_ordered_list",
    "expect_table_columns_to_match_set", "expect_column_to_exist",
    "expect_compound_columns_to_be_unique", "expect_column_pair_values_to_be_equal",
    "expect_multicolumn_sum_to_equal", "expect_column_value_z_scores_to_be_less_than",
    "expect_select_column_values_to_be_unique_within_record",
  ]

  @Test("of Great Expectations", arguments: 0..<150) func expectations(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed) &* 77 &+ 3)
    let all = (0..<Int(1 + random.next() % 9)).map { _ -> JSONValue in
      var arguments: [JSONValue.Member] = []
      func add(_ key: String, _ value: JSONValue, _ part: Int, of whole: Int) {
        if random.chance(part, of: whole) { arguments.append(.init(key, value)) }
      }
      let names = Self.texts(&random, most: 4)
      add("column", .string(random.pick(Self.names)), 9, of: 10)
      add("column_A", .string(random.pick(Self.names)), 9, of: 10)
      add("column_B", .string(random.pick(Self.names)), 9, of: 10)
      for key in ["min_value", "max_value", "threshold", "value", "sum_total"] {
        add(key, random.pick(Self.values), 2, of: 3)
      }
      add("mostly", .double(random.pick([0, 0.5, 0.999, 1, 2])), 1, of: 3)
      add("value_set", Self.list(&random), 9, of: 10)
      for key in ["column_list", "column_set"] { add(key, names, 9, of: 10) }
      add("regex", .string(random.pick(["a", "^x$", "[", "(?<=a)b", "'\"`", "\n"])), 9, of: 10)
      add("strftime_format", .string(random.pick(["%Y", "%Q", ""])), 9, of: 10)
      add("type_", .string(random.pick(["int64", "str", "bool", "date", "float"])), 9, of: 10)
      add("strict_min", true, 1, of: 3)
      add("double_sided", true, 1, of: 2)
      add("ignore_row_if", .string("any_value_is_missing"), 1, of: 2)
      add("row_condition", .string(random.pick(["a > 1", "`b c` == 'x'", "d ="])), 1, of: 6)
      return [
        "type": .string(random.pick(Self.expectations)), "kwargs": .object(arguments),
        "severity": .string(random.pick(["critical", "warning"])),
      ]
    }
    let suite: JSONValue = [
      "name": .string(random.pick(["s", "s@v1", "a/b", "#x", ""])), "expectations": .array(all),
    ]
    _ = try Self.check(suite.text(.indented), .greatExpectations)
  }

  @Test("of pandera", arguments: 0..<150) func schemas(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed) &* 91 &+ 5)
    let columns = (0..<Int(1 + random.next() % 5)).map { _ -> JSONValue.Member in
      var keys: [JSONValue.Member] = []
      for key in ["nullable", "unique", "regex", "required"] where random.chance(1, of: 3) {
        keys.append(.init(key, .bool(random.chance(1, of: 2))))
      }
      keys.append(
        .init(
          "dtype", .string(random.pick(["int64", "string[pyarrow]", "bool", "datetime64[ns]"]))))
      for key in [
        "greater_than", "less_than_or_equal_to", "in_range", "equal_to", "isin", "notin",
        "str_matches", "str_length", "unique_values_eq", "str_startswith", "mine",
      ] where random.chance(1, of: 4) {
        let value: JSONValue =
          switch key {
          case "isin", "notin", "unique_values_eq": Self.list(&random)
          case "in_range":
            ["min_value": random.pick(Self.values), "max_value": random.pick(Self.values)]
          default: random.pick(Self.values)
          }
        keys.append(.init(key, value))
      }
      return .init(random.pick(Self.names), .object(keys))
    }
    let schema: JSONValue = [
      "schema_type": "dataframe", "name": .string(random.pick(["s", "s@v1", "a/b"])),
      "columns": .object(columns), "strict": .bool(random.chance(1, of: 2)),
      "ordered": .bool(random.chance(1, of: 2)), "unique": Self.texts(&random, most: 2),
    ]
    _ = try Self.check(schema.text(.indented), .pandera)
  }

  @Test("of Soda", arguments: 0..<150) func checks(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed) &* 57 &+ 11)
    let metrics = [
      "row_count", "min", "max", "avg", "stddev", "missing_count", "missing_percent",
      "duplicate_count", "duplicate_percent", "invalid_percent", "distinct_count", "min_length",
      "percentile", "freshness",
    ]
    var items = (0..<Int(1 + random.next() % 8)).map { _ -> JSONValue in
      let columns = (0..<Int(random.next() % 3)).map { _ in random.pick(Self.names) }
      let condition = random.pick(["> 0", "= 0", "< 5%", "between 1 and 2", "< 1", "<= 2", "x"])
      let text = "\(random.pick(metrics))(\(columns.joined(separator: ", "))) \(condition)"
      guard random.chance(1, of: 2) else { return .string(text) }
      return [text: ["valid min": random.pick(Self.values), "filter": "a = 1"]]
    }
    if random.chance(1, of: 2) {
      items.append([
        "schema": [
          "fail": [
            "when required column missing": Self.texts(&random, most: 3),
            "when wrong column type": [random.pick(Self.names): "integer"],
          ]
        ]
      ])
    }
    let table = random.pick(["people", "a@v1", "x#y", "한"])
    let file: JSONValue = ["checks for \(table)": .array(items)]
    _ = try Self.check(file.text(.indented), .soda)
  }

  @Test("beside a list of all columns, others are declared") func closed() throws {
    let suite = """
      {"name": "s", "expectations": [
        {"type": "expect_table_columns_to_match_set", "kwargs": {"column_set": ["a", "b"]}},
        {"type": "expect_column_pair_values_to_be_equal", "kwargs": {"column_A": "a", "column_B": "d"}},
        {"type": "expect_compound_columns_to_be_unique", "kwargs": {"column_list": ["a", "e"]}}]}
      """
    #expect(try Self.check(suite, .greatExpectations) == 3)
  }
}
