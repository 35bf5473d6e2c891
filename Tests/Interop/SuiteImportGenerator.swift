import Formats
import Support

/// Tables, and expectations about them that hold or just do not.
struct SuiteImportGenerator {
  private var random: StatisticsGenerator
  private(set) var rows: [[String]] = []
  static let names = ["id", "a", "b", "n", "city", "code", "day", "late"]

  init(seed: UInt64) { random = StatisticsGenerator(seed: seed) }

  mutating func makeTable() {
    let count = random.integer(20...120)
    let cities = ["Seoul", "Busan", "Jeju", "Daegu"].prefix(random.integer(2...4))
    let holes = random.pick([0.0, 0, 0.05, 0.3])
    let hasRepeats = random.integer(0...2) == 0
    var day = 0
    rows = (0..<count).map { row in
      day += random.integer(hasRepeats ? -1...3 : 0...3)
      let id = hasRepeats && row > 0 && random.integer(0...15) == 0 ? row - 1 : row
      let digits = String(1000 + random.integer(0...8999))
      return [
        "\(id)", "\(random.integer(-5...40))", text(random.bell() * 10 + 50),
        random.unit() < holes ? "" : text(random.unit() * 8),
        random.unit() < holes / 2 ? "" : random.pick(Array(cities)),
        random.pick(["KR-", "US-", "kr", "KR-"]) + digits,
        "2024-0\(1 + max(0, day) / 28 % 9)-\(10 + max(0, day) % 19)",
        random.pick(["True", "False"]),
      ]
    }
  }

  var csv: String {
    ([Self.names] + rows).map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n"
  }

  private func text(_ number: Double) -> String {
    let scaled = Int((number * 100).rounded())
    return "\(scaled / 100).\(scaled.magnitude % 100 < 10 ? "0" : "")\(scaled.magnitude % 100)5"
  }

  private func values(_ name: String) -> [Double] {
    let place = Self.names.firstIndex(of: name) ?? 0
    return rows.compactMap { Double($0[place]) }
  }

  private func mean(_ name: String) -> Double {
    let values = values(name)
    return values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
  }

  /// About a number, so that half of the tests hold.
  private mutating func near(_ number: Double, _ width: Double) -> Double {
    ((number + (random.unit() - 0.5) * width) * 1000).rounded() / 1000
  }

  private mutating func bounds(_ low: Double, _ high: Double) -> [JSONValue.Member] {
    let width = (high - low) * 0.1 + 0.5
    var members: [JSONValue.Member] = []
    let side = random.integer(0...3)
    let ends = [near(low - width / 4, width), near(high + width / 4, width)].sorted()
    if side != 0 { members.append(.init("min_value", .double(ends[0]))) }
    if side != 1 { members.append(.init("max_value", .double(ends[1] + 0.001))) }
    if side == 3 { members.append(.init("strict_min", true)) }
    return members
  }

  private mutating func mostly() -> [JSONValue.Member] {
    let share = random.pick([nil, nil, 0.9, 0.95, 0.5])
    return share.map { [.init("mostly", .double($0))] } ?? []
  }

  private mutating func number() -> String { random.pick(["a", "b", "n"]) }
  private mutating func cities() -> JSONValue {
    .array(["Seoul", "Busan", "Jeju", "Daegu"].prefix(random.integer(1...4)).map { .string($0) })
  }
  private mutating func pattern() -> String {
    random.pick([
      "^KR-[0-9]{4}$", "KR", "^[A-Z]{2}", "[0-9]{4}$", "(?i)^kr-?\\d+$", "^(KR|US|kr)-?\\d+$", "9",
      "^..-?\\d*$", "[^KUSRkr\\-0-9]",
    ])
  }

  /// An expectation of Great Expectations: its name and its arguments.
  mutating func expectation() -> (String, [JSONValue.Member]) {
    let column = number()
    let of = [JSONValue.Member("column", .string(column))]
    func text(_ name: String) -> [JSONValue.Member] { [.init("column", .string(name))] }
    let (low, high) = (values(column).min() ?? 0, values(column).max() ?? 0)
    switch random.integer(0...27) {
    case 0, 1:
      return ("expect_column_values_to_be_between", of + bounds(low, high) + mostly())
    case 2:
      return (
        "expect_column_values_to_be_in_set",
        text("city") + [.init("value_set", cities())] + mostly()
      )
    case 3:
      return (
        "expect_column_values_to_not_be_in_set",
        text("city") + [.init("value_set", cities())] + mostly()
      )
    case 4:
      return (
        "expect_column_values_to_not_be_null", text(random.pick(["n", "city", "a"])) + mostly()
      )
    case 5: return ("expect_column_values_to_be_unique", text(random.pick(["id", "a"])))
    case 6:
      return (
        "expect_column_value_lengths_to_be_between",
        text("code") + [
          .init("min_value", .int(Int64(random.integer(4...7)))),
          .init("max_value", .int(Int64(random.integer(7...8)))),
        ] + mostly()
      )
    case 7:
      return (
        "expect_column_value_lengths_to_equal",
        text("code") + [.init("value", .int(Int64(random.integer(6...7))))] + mostly()
      )
    case 8, 9:
      return (
        "expect_column_values_to_match_regex",
        text("code") + [.init("regex", .string(pattern()))] + mostly()
      )
    case 10:
      return (
        "expect_column_proportion_of_non_null_values_to_be_between",
        text(random.pick(["n", "city"])) + [
          .init("min_value", .double(random.pick([0.5, 0.7, 0.95, 1])))
        ]
      )
    case 11:
      return (
        "expect_column_values_to_match_regex_list",
        text("code") + [
          .init("regex_list", .array([.string("^KR"), .string(random.pick(["^US", "\\d$"]))])),
          .init("match_on", .string(random.pick(["any", "all"]))),
        ]
      )
    case 12:
      return (
        "expect_column_values_to_match_strftime_format",
        text("day") + [.init("strftime_format", .string(random.pick(["%Y-%m-%d", "%d.%m.%Y"])))]
      )
    case 13:
      return (
        "expect_column_values_to_be_increasing",
        text(random.pick(["id", "a"]))
          + (random.integer(0...1) == 0 ? [.init("strictly", true)] : [])
      )
    case 14: return ("expect_column_mean_to_be_between", of + bounds(mean(column), mean(column)))
    case 15: return ("expect_column_stdev_to_be_between", of + bounds(9, 11))
    case 16:
      return (
        "expect_column_sum_to_be_between",
        of
          + bounds(
            mean(column) * Double(values(column).count), mean(column) * Double(values(column).count)
          )
      )
    case 17: return ("expect_column_min_to_be_between", of + bounds(low, low))
    case 18: return ("expect_column_max_to_be_between", of + bounds(high, high))
    case 19: return ("expect_column_median_to_be_between", of + bounds(mean(column), mean(column)))
    case 20:
      return (
        "expect_column_unique_value_count_to_be_between",
        text("city") + [
          .init("min_value", .int(Int64(random.integer(1...4)))),
          .init("max_value", .int(Int64(random.integer(4...5)))),
        ]
      )
    case 21:
      return (
        random.pick([
          "expect_column_distinct_values_to_be_in_set",
          "expect_column_distinct_values_to_equal_set",
          "expect_column_distinct_values_to_contain_set",
        ]), text("city") + [.init("value_set", cities())]
      )
    case 22:
      return (
        "expect_table_row_count_to_be_between",
        [
          .init("min_value", .int(Int64(random.integer(0...60)))),
          .init("max_value", .int(Int64(random.integer(60...130)))),
        ]
      )
    case 23:
      return (
        "expect_table_column_count_to_equal", [.init("value", .int(Int64(random.integer(7...9))))]
      )
    case 24:
      let names = Self.names.prefix(random.integer(7...8)).map { JSONValue.string($0) }
      return random.integer(0...1) == 0
        ? ("expect_table_columns_to_match_ordered_list", [.init("column_list", .array(names))])
        : (
          "expect_table_columns_to_match_set",
          [
            .init("column_set", .array(names.reversed())),
            .init("exact_match", .bool(random.integer(0...1) == 0)),
          ]
        )
    case 25:
      return (
        "expect_compound_columns_to_be_unique",
        [
          .init(
            "column_list",
            .array(
              random.pick([["id", "a"], ["city", "a"], ["id", "city"]]).map { .string($0) }))
        ]
      )
    case 26:
      return (
        random.pick([
          "expect_column_pair_values_a_to_be_greater_than_b",
          "expect_column_pair_values_to_be_equal",
        ]),
        [
          .init("column_A", .string(random.pick(["b", "a"]))),
          .init("column_B", .string(random.pick(["n", "id", "a"]))),
          .init(
            "ignore_row_if",
            .string(random.pick(["both_values_are_missing", "either_value_is_missing", "neither"]))),
        ] + (random.integer(0...1) == 0 ? [.init("mostly", 0.4)] : [])
      )
    default:
      return (
        "expect_column_value_z_scores_to_be_less_than",
        of + [.init("threshold", .double(near(2.2, 2))), .init("double_sided", true)] + mostly()
      )
    }
  }

  /// A rule of pandera: a column's keys.
  mutating func rule() -> (column: String, keys: [JSONValue.Member]) {
    let column = number()
    let (low, high) = (values(column).min() ?? 0, values(column).max() ?? 0)
    let nullable = JSONValue.Member("nullable", true)
    switch random.integer(0...13) {
    case 0: return (random.pick(Self.names), [.init("nullable", false)])
    case 1: return (random.pick(["id", "a"]), [nullable, .init("unique", true)])
    case 2:
      return (
        column,
        [
          nullable,
          .init(random.pick(["greater_than", "greater_than_or_equal_to"]), .double(near(low, 2))),
        ]
      )
    case 3:
      return (
        column,
        [
          nullable,
          .init(random.pick(["less_than", "less_than_or_equal_to"]), .double(near(high, 2))),
        ]
      )
    case 4:
      return (
        "a",
        [nullable, .init(random.pick(["greater_than", "greater_than_or_equal_to"]), .double(low))]
      )
    case 5:
      return (
        column,
        [
          nullable,
          .init(
            "in_range",
            [
              "min_value": .double(near(low - 1, 3)), "max_value": .double(near(high + 1, 3)),
              "include_min": .bool(random.integer(0...1) == 0), "include_max": true,
            ]),
        ]
      )
    case 6: return ("city", [nullable, .init("isin", cities())])
    case 7: return ("city", [nullable, .init("notin", cities())])
    case 8: return ("code", [nullable, .init("str_matches", .string(pattern()))])
    case 9:
      return (
        "code",
        [nullable, .init("str_contains", .string(random.pick(["KR", "\\d{4}$", "9", "-"])))]
      )
    case 10:
      return (
        "code",
        [
          nullable,
          .init(
            random.pick(["str_startswith", "str_endswith"]),
            .string(random.pick(["K", "k", "", "0"]))),
        ]
      )
    case 11:
      return (
        "code",
        [
          nullable,
          .init(
            "str_length",
            [
              "min_value": .int(Int64(random.integer(4...7))),
              "max_value": .int(Int64(random.integer(7...8))), "exact_value": .null,
            ]),
        ]
      )
    case 12: return ("city", [nullable, .init("unique_values_eq", cities())])
    default:
      // Whole numbers that are stored as such are no `float64` to pandas.
      let (name, type) = random.pick([
        ("a", "int64"), ("b", "int64"), ("b", "float64"), ("code", "float64"), ("code", "int64"),
        ("a", "bool"), ("late", "bool"), ("n", "float64"),
      ])
      return (name, [nullable, .init("dtype", .string(type))])
    }
  }
}
