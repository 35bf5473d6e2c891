import Compute
import Platform

extension Judge {
  /// Measures the drift of all columns that tests ask for; the p-values of one method are corrected for how many there are.
  ///
  /// - Parameter implied: of columns that no test names; those that tell rows apart are left out.
  /// - Throws: ``Failure``: what is kept in temporary files is gone.
  mutating func measureDrift(_ tests: [DataTest], implied: [DataTest] = []) throws {
    guard let reference else { return }
    for (place, test) in (tests + implied).enumerated() {
      guard case .drift(let method, _) = test.kind, let column = test.column,
        reference.names.contains(column)
      else { continue }
      let key = DriftKey(test)
      if DriftColumn(column, types[column]).isNumber {
        measures[key] = try DriftMeasure.of(
          method, reference: reference.values(column, test.filter),
          current: known.values(column, test.filter))
      } else {
        let before = reference.counts(column, test.filter).sorted
        if place >= tests.count, DriftedColumns.tellsRowsApart(before) { continue }
        measures[key] = DriftMeasure.of(
          method, counts: before, known.counts(column, test.filter).sorted)
      }
    }
    let keys = measures.filter { $0.value.method.isPValue }.keys.sorted { $0.order < $1.order }
    let values = keys.map { measures[$0]?.value ?? 1 }
    let corrected: [Double] =
      switch driftSettings.correction {
      case .bh: MultipleTesting.benjaminiHochberg(values)
      case .bonferroni: MultipleTesting.bonferroni(values)
      case .none: values
      }
    for (key, value) in zip(keys, corrected) { measures[key]?.value = value }
  }

  func drift(_ test: DataTest, _ method: DriftMethod, _ limit: Double?) -> TestOutcome {
    guard let reference else { return withoutReference(test) }
    let column = test.column ?? ""
    guard reference.names.contains(column) else {
      return TestOutcome(
        test,
        untested: Failure(
          .notFound, "the reference has no column `\(column)`",
          hint: nearestName(to: column, among: reference.names).map { "did you mean `\($0)`?" },
          at: test.location))
    }
    guard let measure = measures[DriftKey(test)] else {
      return TestOutcome(
        test,
        untested: Failure(
          .invalid,
          method == .auto || known.rows == 0
            ? "there are no values of `\(column)` to compare"
            : "`\(method.rawValue)` is no measure for what is in `\(column)`",
          hint: "use `auto`, or declare the column's type", at: test.location))
    }
    let word = measure.method.rawValue
    let found =
      measure.method.isPValue
      ? "\(word) p \(shortNumber(measure.value)), statistic \(shortNumber(measure.statistic ?? .nan))"
      : "\(word) \(shortNumber(measure.value))"
    return TestOutcome(
      test, passed: !measure.drifts(limit), found: found, value: measure.value,
      nearest: measure.method.isPValue
        ? "\(word) p >= \(PlainValue.text(NearNumber.below(measure.value)))"
        : "\(word) < \(PlainValue.text(NearNumber.beyond(measure.value)))",
      details: measure.detail.map { [$0] } ?? [])
  }

  func driftedShare(_ test: DataTest, _ most: Double) -> TestOutcome {
    guard reference != nil else { return withoutReference(test) }
    guard !measures.isEmpty else {
      return TestOutcome(
        test,
        untested: Failure(
          .invalid, "no column of both tables can be compared",
          hint: "declare their types under `columns`", at: test.location))
    }
    let drifted = measures.filter { $0.value.drifts($0.key.limit) }.keys
      .sorted { $0.order < $1.order }.map(\.column)
    let share = Double(drifted.count) / Double(measures.count)
    return TestOutcome(
      test, passed: share <= most,
      found: drifted.isEmpty
        ? "none of \(measures.count) columns"
        : "\(drifted.count) of \(measures.count) columns: \(drifted.prefix(8).joined(separator: ", "))",
      value: share, nearest: "share <= \(percent(share, up: true))")
  }
}

/// A test of drift, without what only says where it stands.
struct DriftKey: Sendable, Hashable {
  var column: String
  var method: DriftMethod
  var limit: Double?
  var filter: RowExpression?
  /// Sorts tests as the suite has them.
  var order: String

  init(_ test: DataTest) {
    column = test.column ?? ""
    filter = test.filter
    if case .drift(let method, let limit) = test.kind {
      (self.method, self.limit) = (method, limit)
    } else {
      (method, limit) = (.auto, nil)
    }
    order = "\(column) \(method.rawValue) \(test.text)"
  }
}
