import Compute
import Platform

extension Judge {
  func schema(
    _ test: DataTest, _ columns: [String], _ isOrdered: Bool, _ allowsOthers: Bool
  ) -> TestOutcome {
    let missing = columns.filter { !known.names.contains($0) }
    let others = allowsOthers ? [] : known.names.filter { !columns.contains($0) }
    var problems: [String] = []
    if !missing.isEmpty { problems.append("without \(list(missing))") }
    if !others.isEmpty { problems.append("with \(list(others)) besides") }
    if isOrdered, problems.isEmpty, known.names.filter(columns.contains) != columns {
      problems.append("in another order: \(list(known.names))")
    }
    return TestOutcome(
      test, passed: problems.isEmpty,
      found: problems.isEmpty ? "\(known.names.count) columns" : problems.joined(separator: ", "),
      value: Double(missing.count + others.count))
  }

  private func list(_ names: [String]) -> String {
    let shown = names.prefix(8).map { "`\($0)`" }.joined(separator: ", ")
    return names.count > 8 ? "\(shown) and \(names.count - 8) more" : shown
  }

  func rowChange(_ test: DataTest, _ most: Double) -> TestOutcome {
    guard let reference else { return withoutReference(test) }
    guard reference.rows > 0 else {
      return TestOutcome(
        test, untested: Failure(.invalid, "the reference has no rows", at: test.location))
    }
    let change = Double(known.rows - reference.rows) / Double(reference.rows)
    return TestOutcome(
      test, passed: abs(change) <= most,
      found:
        "\(grouped(known.rows)) rows, \(grouped(reference.rows)) before (\(change < 0 ? "" : "+")\(percent(change)))",
      value: change, nearest: "<= \(percent(abs(change), up: true))")
  }

  func withoutReference(_ test: DataTest) -> TestOutcome {
    TestOutcome(
      test,
      untested: Failure(
        .invalid, "the suite names no reference to compare with",
        hint: "add `reference:` with a file, or with a version such as `data/train.csv@v1.2`",
        at: test.location))
  }

  func correlation(
    _ test: DataTest, _ kind: CorrelationKind, _ limit: Double, _ most: Int, _ columns: [String]
  ) -> TestOutcome {
    let sorted = correlations(kind, columns, test.filter)
    guard !sorted.isEmpty else {
      return TestOutcome(
        test,
        untested: Failure(
          .invalid, "there are no two columns whose correlation can be measured",
          hint: "declare their types under `columns`", at: test.location))
    }
    // The limit itself is too much: `correlation < 0.9`.
    let above = sorted.filter { abs($0.1) >= limit }
    let shown = (above.isEmpty ? sorted.prefix(1) : above.prefix(3)).map {
      "\($0.0.first) and \($0.0.second) \(shortNumber($0.1))"
    }
    return TestOutcome(
      test, passed: above.count <= most, found: shown.joined(separator: ", "),
      value: abs(sorted[0].1), nearest: nearestCorrelation(sorted.map { abs($0.1) }, most),
      details: [
        .numbers(
          sorted.prefix(20).map { "\($0.0.first) · \($0.0.second)" }, sorted.prefix(20).map(\.1))
      ])
  }

  /// The correlations that can be measured, the closest pair first.
  ///
  /// - Parameter columns: empty: all of the table.
  func correlations(
    _ kind: CorrelationKind, _ columns: [String], _ filter: RowExpression?
  ) -> [(pair: CorrelationPairs.Pair, value: Double)] {
    CorrelationPairs(kind, columns.isEmpty ? known.names : columns, types).pairs.compactMap {
      pair -> (CorrelationPairs.Pair, Double)? in
      guard let value = correlation(pair, filter), !value.isNaN else { return nil }
      return (pair, value)
    }.sorted { abs($0.1) > abs($1.1) }
  }

  /// The least limit of four digits that all but so many pairs stay below; nil when a pair is at 1.
  private func nearestCorrelation(_ descending: [Double], _ most: Int) -> String? {
    guard most < descending.count else { return nil }
    let limit = ((descending[max(0, most)] * 1e4).rounded(.down) + 1) / 1e4
    return limit > 1 ? nil : "correlation < \(PlainValue.text(limit))"
  }

  private func correlation(_ pair: CorrelationPairs.Pair, _ filter: RowExpression?) -> Double? {
    switch pair.kind {
    case .pearson: return known.products(pair.first, pair.second, filter).total.pearson
    case .spearman:
      let numbers = known.pairs(pair.first, pair.second, filter).total.numbers
      return Ranks.spearman(numbers.map(\.0), numbers.map(\.1))
    case .cramer:
      let counts = known.pairs(pair.first, pair.second, filter).total.counts
      let rows = Array(Set(counts.keys.map(\.first))).sorted()
      let columns = Array(Set(counts.keys.map(\.second))).sorted()
      return ContingencyTable(
        rows: rows.map { row in columns.map { counts[.init(first: row, second: $0)] ?? 0 } }
      ).cramersV()
    case .eta:
      let moments = known.pairs(pair.first, pair.second, filter).total.moments
      return CorrelationRatio.eta(moments.sorted { $0.key < $1.key }.map(\.value))
    case .auto: return nil
    }
  }

  /// Rows that are equal in all but the label, less those that are equal in all.
  func labelConflict(
    _ test: DataTest, _ label: String, _ most: Double
  ) throws -> TestOutcome {
    let features = known.names.filter { $0 != label }
    let conflicts = try LabelConflicts(known.labels(features, label, test.filter))
    let share = TestOutcome.RowShare(failing: conflicts.count, considered: conflicts.considered)
    return TestOutcome(
      test, passed: share.share <= most,
      found: conflicts.count == 0
        ? "equal rows have equal labels" : "\(rows(share)) have another label than an equal row",
      value: share.share, rows: share,
      samples: conflicts.first.map { RowSample(row: $0, line: nil, value: "another label") },
      nearest: "<= \(percent(share.share, up: true))")
  }
}
