import Formats
import Platform

/// Reads an expectation suite of Great Expectations, 0.18's or 1's JSON.
struct GreatExpectationsReader {
  private let root: ForeignNode
  var tests: ForeignTests

  /// - Parameter data: nil: a table that is called as the suite.
  init(_ root: ForeignNode, _ data: String?) {
    self.root = root
    let name = root["name"]?.text ?? root["expectation_suite_name"]?.text
    tests = ForeignTests(
      file: root.file, data: data ?? ForeignTests.path(of: name ?? "data"))
  }

  func suites() throws(Failure) -> [ForeignSuite] {
    guard let expectations = root["expectations"]?.items else {
      throw Failure(
        .invalid, "a suite of Great Expectations without `expectations`", at: root.location)
    }
    var reader = self
    for one in expectations { reader.read(Expectation(one)) }
    return [
      ForeignSuite(
        tool: .greatExpectations,
        name: root["name"]?.text ?? root["expectation_suite_name"]?.text,
        suite: reader.tests.finished(), remarks: reader.tests.remarks)
    ]
  }

  /// One expectation with what all of them have.
  struct Expectation {
    var name: String
    var arguments: ForeignNode
    var severity: TestSeverity
    var location: SourceLocation

    init(_ node: ForeignNode) {
      name = node["type"]?.text ?? node["expectation_type"]?.text ?? ""
      arguments = node["kwargs"] ?? node
      let word = node["severity"]?.text
      severity = word == "warning" || word == "info" ? .warn : .error
      location = node.location
    }

    subscript(key: String) -> ForeignNode? { arguments[key] }

    var column: String? { self["column"]?.text }
    var mostly: Double { self["mostly"]?.number ?? 1 }

    func bounds(_ low: String = "min_value", _ high: String = "max_value") -> Bounds? {
      Bounds(
        self[low], self[high], excludesLower: self["strict_min"]?.truth ?? false,
        excludesUpper: self["strict_max"]?.truth ?? false)
    }
  }

  private mutating func read(_ one: Expectation) {
    let before = (tests.suite.tests.count, tests.remarks.count)
    var filter: RowExpression?
    if let condition = one["row_condition"] {
      let text = condition.text.map(Self.plain)
      guard let text, let parsed = try? RowExpression(parsing: text) else {
        return tests.leave(
          title(one), "its `row_condition` cannot be read; write it behind `where`",
          at: condition.location)
      }
      filter = parsed
    }
    let isKnown =
      table(one) || columns(one, filter) || values(one, filter) || statistics(one, filter)
    if !isKnown {
      tests.leave(title(one), reason(one), at: one.location)
    } else if (tests.suite.tests.count, tests.remarks.count) == before {
      // Said twice, or it says nothing.
      return
    }
  }

  /// Why there is no test of ours for an expectation.
  private func reason(_ one: Expectation) -> String {
    if let known = Self.reasons[one.name] { return known }
    if one.name.hasSuffix("_to_be_between"), one.bounds() == nil {
      return one["min_value"] == nil && one["max_value"] == nil
        ? "it has neither `min_value` nor `max_value`" : "its bounds are no numbers"
    }
    return one.name.isEmpty ? "it does not say what it expects" : "there is no such test"
  }

  func title(_ one: Expectation) -> String {
    (one.name.isEmpty ? "an expectation without `type`" : one.name)
      + (one.column.map { " of `\($0)`" } ?? "")
  }

  /// `col("x") > 3` and pandas' `x > 3`, as we write it.
  private static func plain(_ condition: String) -> String {
    var text = condition
    while let start = text.range(of: "col(") {
      guard let end = text[start.upperBound...].firstIndex(of: ")") else { return text }
      let name = text[start.upperBound..<end].filter { $0 != "\"" && $0 != "'" }
      text.replaceSubrange(start.lowerBound...end, with: "`\(name)`")
    }
    return text.replacing("&&", with: " and ").replacing(" & ", with: " and ")
      .replacing(" | ", with: " or ")
  }

  private static let noNegation =
    "a pattern says what a text is, not what it is not; write `not in [a, b]`, or a pattern of what is right"

  private static let reasons: [String: String] = [
    "expect_column_quantile_values_to_be_between":
      "its quantiles are the nearest value, ours lie between two; write `quantile 0.5 1..2`",
    "expect_column_kl_divergence_to_be_less_than":
      "compare with a reference: `drift: {columns: {x: psi < 0.1}}`",
    "expect_column_values_to_be_dateutil_parseable":
      "a time has one format here: write `datetime \"%Y-%m-%d\"`",
    "expect_column_proportion_of_unique_values_to_be_between":
      "there is no share of different values; write `distinct 10..` or `unique`",
    "expect_column_most_common_value_to_be_in_set":
      "there is no most frequent value; write `share of [a] >= 40%`",
    "expect_table_row_count_to_equal_other_table":
      "compare with a reference: `rows change <= 0%`",
    "expect_column_values_to_not_match_regex": noNegation,
    "expect_column_values_to_not_match_regex_list": noNegation,
    "expect_column_values_to_not_match_like_pattern": noNegation,
    "expect_column_values_to_match_json_schema": "cells are tested to be JSON, not for its schema",
    "unexpected_rows_expectation": "SQL is not run; write a condition: `start <= end`",
  ]
}

extension String {
  /// Where another text first stands in it.
  fileprivate func range(of text: String) -> Range<String.Index>? { firstRange(of: text) }
}
