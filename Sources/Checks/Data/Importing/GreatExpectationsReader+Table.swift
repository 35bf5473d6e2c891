extension GreatExpectationsReader {
  /// Expectations of the table.
  ///
  /// - Returns: whether it was one.
  mutating func table(_ one: Expectation) -> Bool {
    func add(_ kind: DataTest.Kind) {
      tests.add(kind, severity: one.severity, of: title(one), at: one.location)
    }
    switch one.name {
    case "expect_table_row_count_to_be_between":
      if let bounds = one.bounds() { add(.rowCount(bounds)) }
    case "expect_table_row_count_to_equal":
      guard let count = one["value"]?.number else { return false }
      add(.rowCount(Bounds(lower: count, upper: count)))
    case "expect_table_column_count_to_be_between":
      if let bounds = one.bounds() { add(.columnCount(bounds)) }
    case "expect_table_column_count_to_equal":
      guard let count = one["value"]?.number else { return false }
      add(.columnCount(Bounds(lower: count, upper: count)))
    case "expect_table_columns_to_match_ordered_list":
      guard let names = one["column_list"]?.texts, !names.isEmpty else { return false }
      add(.schema(columns: names, isOrdered: true, allowsOthers: false))
    case "expect_table_columns_to_match_set":
      guard let names = one["column_set"]?.texts, !names.isEmpty else { return false }
      let isExact = one["exact_match"]?.truth ?? true
      add(.schema(columns: names, isOrdered: false, allowsOthers: !isExact))
    case "expect_column_to_exist":
      guard let name = one.column, one["column_index"] == nil else { return false }
      add(.schema(columns: [name], isOrdered: false, allowsOthers: true))
    case "expect_compound_columns_to_be_unique", "expect_multicolumn_values_to_be_unique":
      guard let names = one["column_list"]?.texts, one.mostly == 1 else { return false }
      add(.duplicates(columns: names, max: 0))
    default: return false
    }
    return true
  }

  /// Expectations between columns.
  mutating func columns(_ one: Expectation, _ filter: RowExpression?) -> Bool {
    switch one.name {
    case "expect_column_pair_values_a_to_be_greater_than_b",
      "expect_column_pair_values_to_be_equal":
      guard let a = one["column_A"]?.text, let b = one["column_B"]?.text else { return false }
      let comparison: RowExpression.Comparison =
        one.name.hasSuffix("equal")
        ? .equal : one["or_equal"]?.truth == true ? .greaterOrEqual : .greater
      compare([a, b], .comparison(comparison, .column(a), .column(b)), one, filter)
    case "expect_select_column_values_to_be_unique_within_record":
      guard let names = one["column_list"]?.texts, names.count > 1,
        one["ignore_row_if"]?.text == "any_value_is_missing"
      else { return false }
      var all: RowExpression?
      for (place, name) in names.enumerated() {
        for other in names[(place + 1)...] {
          let own = RowExpression.comparison(.unequal, .column(name), .column(other))
          all = all.map { .and($0, own) } ?? own
        }
      }
      guard let all else { return false }
      tests.add(
        .holds(all), mostly: one.mostly, severity: one.severity, filter: filter, of: title(one),
        at: one.location)
    case "expect_multicolumn_sum_to_equal":
      guard let names = one["column_list"]?.texts, let first = names.first,
        let total = one["sum_total"]?.number,
        one["ignore_row_if"]?.text == "any_value_is_missing"
      else { return false }
      let sum = names.dropFirst().reduce(RowExpression.column(first)) {
        .arithmetic(.add, $0, .column($1))
      }
      tests.add(
        .holds(.comparison(.equal, sum, .number(total))), mostly: one.mostly,
        severity: one.severity, filter: filter, of: title(one), at: one.location)
    default: return false
    }
    return true
  }

  /// Adds a comparison of two columns; where one of them is missing it does not hold, unless such rows are left out.
  private mutating func compare(
    _ names: [String], _ comparison: RowExpression, _ one: Expectation, _ filter: RowExpression?
  ) {
    var (kind, filter) = (comparison, filter)
    let ignored = one["ignore_row_if"]?.text ?? "both_values_are_missing"
    if ignored != "either_value_is_missing" {
      let there = names.map { RowExpression.isMissing(.column($0), isNegated: true) }
      kind = .and(.and(there[0], there[1]), comparison)
      if ignored == "both_values_are_missing" {
        let any = RowExpression.or(there[0], there[1])
        filter = filter.map { .and($0, any) } ?? any
      }
    }
    tests.add(
      .holds(kind), mostly: one.mostly, severity: one.severity, filter: filter, of: title(one),
      at: one.location)
  }
}
