import Compute
import Learning
import Platform

/// Judges how the parts of a split belong together: what the one has that the other should not have.
struct SplitJudge {
  let train: Knowledge
  let test: Knowledge
  let types: [String: ColumnType]

  /// What is kept in temporary files may be gone: then it is said of the test.
  func outcome(of own: DataTest, _ kind: SplitTest) -> TestOutcome {
    do {
      return try checkedOutcome(of: own, kind)
    } catch let failure as Failure {
      return TestOutcome(own, untested: failure)
    } catch {
      return TestOutcome(own, untested: Failure(.io, "it cannot be tested", cause: "\(error)"))
    }
  }

  private func checkedOutcome(of own: DataTest, _ kind: SplitTest) throws -> TestOutcome {
    for name in kind.columns {
      for (part, known) in [("training", train), ("test", test)] where !known.names.contains(name) {
        return TestOutcome(
          own,
          untested: Failure(
            .notFound, "the \(part) table has no column `\(name)`",
            hint: nearestName(to: name, among: known.names).map { "did you mean `\($0)`?" },
            at: own.location))
      }
    }
    switch kind {
    case .overlap(let columns, let most): return try overlap(own, columns, most)
    case .groupLeak(let column): return groupLeak(own, column)
    case .timeOrder(let column): return timeOrder(own, column)
    case .labelDrift(let method, let label, let limit):
      return try labelDrift(own, method, label, limit)
    case .newCategories(let column): return newCategories(own, column)
    case .sizes(let rows, let share): return sizes(own, rows, share)
    case .leakScore(let label, let most):
      let features = SplitTest.shared(train.names, test.names).filter { $0 != label }
      let scores = try LeakScores(
        of: features, label: label, learnt: { train.cells($0, as: types[$0], nil) },
        judged: { test.cells($0, as: types[$0], nil) })
      return scores.outcome(of: own, label: label, below: most)
    }
  }

  private func overlap(
    _ own: DataTest, _ columns: [String], _ most: Double
  ) throws -> TestOutcome {
    let columns = columns.isEmpty ? SplitTest.shared(train.names, test.names) : columns
    let shared = try SharedRows(
      of: test.duplicates(columns, nil), in: train.duplicates(columns, nil))
    let share = TestOutcome.RowShare(failing: shared.count, considered: shared.considered)
    return TestOutcome(
      own, passed: share.share <= most,
      found: shared.count == 0
        ? "no test row is in the training table"
        : "\(DigitGroups.text(shared.count)) of \(DigitGroups.text(shared.considered)) test rows are in the training table",
      value: share.share, rows: share,
      samples: shared.first.map {
        RowSample(row: $0, line: nil, value: "in the training table too")
      },
      nearest: "overlap <= \(shortNumber(share.share))")
  }

  private func groupLeak(_ own: DataTest, _ column: String) -> TestOutcome {
    let known = Set(train.counts(column, nil).sorted.map(\.value))
    let shared = test.counts(column, nil).sorted.filter { known.contains($0.value) }
    return TestOutcome(
      own, passed: shared.isEmpty,
      found: shared.isEmpty
        ? "no value of `\(column)` is in both"
        : "\(DigitGroups.text(shared.count)) values of `\(column)` are in both: \(SplitTest.list(shared.map(\.value)))",
      value: Double(shared.count))
  }

  private func timeOrder(_ own: DataTest, _ column: String) -> TestOutcome {
    let format = types[column]?.timeFormat
    guard let last = train.latest(column, format, nil).total.latest,
      let first = test.latest(column, format, nil).total.earliest
    else {
      return TestOutcome(
        own, untested: Failure(.invalid, "`\(column)` holds no times", at: own.location))
    }
    return TestOutcome(
      own, passed: first.seconds > last.seconds,
      found: "the training table ends at \(last.text), the test table begins at \(first.text)",
      value: first.seconds - last.seconds)
  }

  private func labelDrift(
    _ own: DataTest, _ method: DriftMethod, _ label: String, _ limit: Double
  ) throws -> TestOutcome {
    let measure =
      DriftColumn(label, types[label]).isNumber && types[label] == .float
      ? try DriftMeasure.of(
        method, reference: train.values(label, nil), current: test.values(label, nil))
      : DriftMeasure.of(
        method, counts: train.counts(label, nil).sorted, test.counts(label, nil).sorted)
    guard let measure else {
      return TestOutcome(
        own, untested: Failure(.invalid, "`\(label)` has no values to compare", at: own.location))
    }
    return TestOutcome(
      own, passed: !measure.drifts(limit),
      found: "\(measure.method.rawValue) \(shortNumber(measure.value))", value: measure.value,
      nearest: shortNumber(measure.value), details: measure.detail.map { [$0] } ?? [])
  }

  private func newCategories(_ own: DataTest, _ column: String?) -> TestOutcome {
    let columns = column.map { [$0] } ?? SplitTest.categories(test.names, types)
    var found: [String] = []
    var count = 0
    for column in columns where train.names.contains(column) {
      let known = Set(train.counts(column, nil).sorted.map(\.value))
      let new = test.counts(column, nil).sorted.map(\.value).filter { !known.contains($0) }
      count += new.count
      if !new.isEmpty { found.append("`\(column)`: \(SplitTest.list(new))") }
    }
    return TestOutcome(
      own, passed: count == 0,
      found: count == 0
        ? "the training table has all categories"
        : "not in the training table: \(found.prefix(4).joined(separator: "; "))",
      value: Double(count))
  }

  private func sizes(_ own: DataTest, _ rows: Int, _ share: Double) -> TestOutcome {
    let part = train.rows == 0 ? Double.infinity : Double(test.rows) / Double(train.rows)
    return TestOutcome(
      own, passed: test.rows >= rows && part > share,
      found:
        "\(DigitGroups.text(test.rows)) test rows, \(DigitGroups.text(train.rows)) training rows",
      value: Double(test.rows), nearest: "sizes >= \(test.rows)")
  }
}

extension SplitTest {
  /// The columns that it names.
  var columns: [String] {
    switch self {
    case .overlap(let columns, _): columns
    case .groupLeak(let column), .timeOrder(let column): [column]
    case .labelDrift(_, let label, _), .leakScore(let label, _): [label]
    case .newCategories(let column): column.map { [$0] } ?? []
    case .sizes: []
    }
  }

  /// What has to be known of either table.
  func requests(
    train: [String], test: [String], _ types: [String: ColumnType]
  ) -> [ScanRequest.Kind] {
    switch self {
    case .overlap(let columns, _):
      [.duplicates(columns.isEmpty ? Self.shared(train, test) : columns)]
    case .groupLeak(let column): [.counts(column)]
    case .timeOrder(let column): [.latest(column, format: types[column]?.timeFormat)]
    case .labelDrift(_, let label, _): [types[label] == .float ? .values(label) : .counts(label)]
    case .newCategories(let column):
      (column.map { [$0] } ?? Self.categories(test, types)).filter(train.contains).map {
        .counts($0)
      }
    case .leakScore: Self.shared(train, test).map { .cells($0, as: types[$0]) }
    case .sizes: []
    }
  }

  static func shared(_ train: [String], _ test: [String]) -> [String] {
    test.filter(Set(train).contains)
  }

  static func categories(_ names: [String], _ types: [String: ColumnType]) -> [String] {
    names.filter { types[$0] == .category || types[$0] == .bool }
  }

  static func list(_ values: [String]) -> String {
    let shown = values.prefix(5).map { "`\(RowSample.shortened($0))`" }.joined(separator: ", ")
    return values.count > 5 ? "\(shown) and \(values.count - 5) more" : shown
  }
}
