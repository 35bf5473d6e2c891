extension GreatExpectationsReader {
  /// Expectations of single values.
  ///
  /// - Returns: whether it was one.
  mutating func values(_ one: Expectation, _ filter: RowExpression?) -> Bool {
    guard let column = one.column else { return false }
    if one.name == "expect_column_values_to_match_regex_list", one["match_on"]?.text == "all" {
      // A row has to pass each by itself, and all of them only where all rows have to.
      guard one.mostly == 1, let list = one["regex_list"]?.texts else { return false }
      for pattern in list {
        tests.add(
          .pattern(WholePattern.searching(pattern)), column, severity: one.severity,
          filter: filter, of: title(one), at: one.location)
      }
      return true
    }
    guard let kind = valueKind(one, column) else { return false }
    if case .type(let type) = kind {
      tests.declare(column, type)
      tests.remark(
        title(one),
        "types are of what stands in the cells, not of how a column is stored; whole numbers are floats too",
        at: one.location)
    }
    tests.add(
      kind, isOfTable(kind) ? nil : column, mostly: one.mostly, severity: one.severity,
      filter: filter, of: title(one), at: one.location)
    return true
  }

  private func isOfTable(_ kind: DataTest.Kind) -> Bool {
    if case .holds = kind { true } else { false }
  }

  private func valueKind(_ one: Expectation, _ column: String) -> DataTest.Kind? {
    switch one.name {
    case "expect_column_values_to_be_between":
      return one.bounds().map { .range($0) } ?? times(one, column)
    case "expect_column_values_to_be_in_set", "expect_column_distinct_values_to_be_in_set":
      return one["value_set"]?.values.map { .inSet(.values($0), isNegated: false) }
    case "expect_column_values_to_not_be_in_set":
      return one["value_set"]?.values.map { .inSet(.values($0), isNegated: true) }
    case "expect_column_values_to_not_be_null":
      return .nulls(max: ((1 - one.mostly) * 1e12).rounded() / 1e12)
    case "expect_column_values_to_be_null":
      return .holds(.isMissing(.column(column), isNegated: false))
    case "expect_column_values_to_be_unique": return one.mostly == 1 ? .unique : nil
    case "expect_column_value_lengths_to_be_between": return one.bounds().map { .length($0) }
    case "expect_column_value_lengths_to_equal":
      return one["value"]?.number.map { .length(Bounds(lower: $0, upper: $0)) }
    case "expect_column_values_to_match_regex":
      return one["regex"]?.text.map { .pattern(WholePattern.searching($0)) }
    case "expect_column_values_to_match_regex_list":
      guard let list = one["regex_list"]?.texts, !list.isEmpty else { return nil }
      return .pattern(WholePattern.searching(list.map { "(?:\($0))" }.joined(separator: "|")))
    case "expect_column_values_to_match_like_pattern":
      return one["like_pattern"]?.text.map { .pattern(WholePattern.like($0)) }
    case "expect_column_values_to_match_strftime_format":
      return one["strftime_format"]?.text.map { .dateFormat($0) }
    case "expect_column_values_to_be_json_parseable": return .type(.json)
    case "expect_column_values_to_be_increasing":
      return .monotonic(isStrict: one["strictly"]?.truth ?? false, isDescending: false)
    case "expect_column_values_to_be_decreasing":
      return .monotonic(isStrict: one["strictly"]?.truth ?? false, isDescending: true)
    case "expect_column_values_to_be_of_type":
      return one["type_"]?.text.flatMap(ColumnType.init(storage:)).map { .type($0) }
    case "expect_column_values_to_be_in_type_list":
      // One of ours for all of them.
      let types = Set((one["type_list"]?.texts ?? []).map(ColumnType.init(storage:)))
      guard let type = types.first ?? nil, types.count == 1 else { return nil }
      return .type(type)
    default: return nil
    }
  }

  /// A range of times, which are compared as texts.
  private func times(_ one: Expectation, _ column: String) -> DataTest.Kind? {
    let low = one["min_value"].flatMap { $0.isText ? $0.text : nil }
    let high = one["max_value"].flatMap { $0.isText ? $0.text : nil }
    var all: RowExpression?
    if let low {
      let isStrict = one["strict_min"]?.truth ?? false
      all = .comparison(isStrict ? .greater : .greaterOrEqual, .column(column), .text(low))
    }
    if let high {
      let isStrict = one["strict_max"]?.truth ?? false
      let own = RowExpression.comparison(
        isStrict ? .less : .lessOrEqual, .column(column), .text(high))
      all = all.map { .and($0, own) } ?? own
    }
    return all.map { .holds($0) }
  }

  /// Expectations of a column as a whole.
  mutating func statistics(_ one: Expectation, _ filter: RowExpression?) -> Bool {
    guard let column = one.column else { return false }
    let kinds: [DataTest.Kind]?
    func statistic(_ statistic: Statistic) -> [DataTest.Kind]? {
      one.bounds().map { [.statistic(statistic, $0)] }
    }
    switch one.name {
    case "expect_column_mean_to_be_between": kinds = statistic(.mean)
    case "expect_column_median_to_be_between": kinds = statistic(.median)
    case "expect_column_stdev_to_be_between": kinds = statistic(.std)
    case "expect_column_sum_to_be_between": kinds = statistic(.sum)
    case "expect_column_min_to_be_between": kinds = statistic(.min)
    case "expect_column_max_to_be_between": kinds = statistic(.max)
    case "expect_column_unique_value_count_to_be_between": kinds = statistic(.distinct)
    case "expect_column_distinct_values_to_equal_set":
      kinds = one["value_set"]?.values.map { values in
        let count = Double(values.count)
        return [
          .inSet(.values(values), isNegated: false),
          .statistic(.distinct, Bounds(lower: count, upper: count)),
        ]
      }
    case "expect_column_distinct_values_to_contain_set":
      kinds = one["value_set"]?.values.map { values in
        values.map { .share(.values([$0]), Bounds(lower: 0, excludesLower: true)) }
      }
    case "expect_column_proportion_of_non_null_values_to_be_between":
      guard one["max_value"] == nil || one["max_value"]?.number == 1,
        one["strict_min"]?.truth != true, let least = one["min_value"]?.number
      else { return false }
      kinds = [.nulls(max: ((1 - least) * 1e12).rounded() / 1e12)]
    case "expect_column_value_z_scores_to_be_less_than":
      guard one["double_sided"]?.truth == true, let threshold = one["threshold"]?.number else {
        return false
      }
      kinds = [.outliers(.z(threshold), max: ((1 - one.mostly) * 1e12).rounded() / 1e12)]
    default: return false
    }
    guard let kinds else { return false }
    for kind in kinds {
      tests.add(
        kind, column, severity: one.severity, filter: filter, of: title(one), at: one.location)
    }
    return true
  }
}

extension ColumnType {
  /// By what pandas, polars and SQL call the storage of a column; nil: none of ours.
  init?(storage name: String) {
    let word = name.lowercased().prefix { $0 != "[" && $0 != "(" }
    switch word {
    case "int", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "integer",
      "bigint", "smallint":
      self = .int
    case "float", "float16", "float32", "float64", "double", "numeric", "decimal", "real":
      self = .float
    case "bool", "boolean": self = .bool
    case "str", "string", "object", "text", "varchar", "utf8", "char": self = .string
    case "category", "categorical", "enum": self = .category
    case "datetime", "datetime64", "timestamp": self = .dateTime(format: nil)
    case "date": self = .date
    default: return nil
    }
  }
}
