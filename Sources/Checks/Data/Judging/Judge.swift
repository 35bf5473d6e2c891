import Compute
import Platform

/// Judges tests by what is known of a table.
struct Judge {
  let known: Knowledge
  let types: [String: ColumnType]
  let sets: [TestSet: ResolvedSet]
  /// Of the reference; nil without one.
  var reference: Knowledge?
  let driftSettings: DriftSettings
  /// Seconds since 1970.
  let now: Double
  /// Where the names of pictures begin.
  var imageFolder = ""
  /// Whether a test asks what pictures look like.
  var hashesImages = false
  /// Of a folder of pictures: classes without any.
  var emptyClasses: [String] = []
  /// How far columns are from the reference.
  var measures: [DriftKey: DriftMeasure] = [:]

  init(
    known: Knowledge, types: [String: ColumnType], sets: [TestSet: ResolvedSet],
    drift: DriftSettings, now: Double
  ) {
    self.known = known
    self.types = types
    self.sets = sets
    driftSettings = drift
    self.now = now
  }

  /// What is kept in temporary files may be gone: then it is said of the test.
  func outcome(of test: DataTest) -> TestOutcome {
    do {
      return try checkedOutcome(of: test)
    } catch let failure as Failure {
      return TestOutcome(test, untested: failure)
    } catch {
      return TestOutcome(test, untested: Failure(.io, "it cannot be tested", cause: "\(error)"))
    }
  }

  private func checkedOutcome(of test: DataTest) throws -> TestOutcome {
    if let failure = missing(test) { return TestOutcome(test, untested: failure) }
    if test.isOfRows { return ofRows(test) }
    switch test.kind {
    case .schema(let columns, let isOrdered, let allowsOthers):
      return schema(test, columns, isOrdered, allowsOthers)
    case .rowCount(let bounds):
      return number(
        test, Double(known.rows), bounds, known.rows == 1 ? "1 row" : "\(grouped(known.rows)) rows")
    case .columnCount(let bounds):
      return number(test, Double(known.names.count), bounds, "\(known.names.count) columns")
    case .rowChange(let most): return rowChange(test, most)
    case .nulls(let most): return nulls(test, most)
    case .mixedNulls(let most): return mixedNulls(test, most)
    case .mixedTypes(let low, let high): return mixedTypes(test, low, high)
    case .unique: return try duplicates(test, [test.column ?? ""], 0)
    case .duplicates(let columns, let most):
      return try duplicates(test, columns.isEmpty ? known.names : columns, most)
    case .statistic(let statistic, let bounds): return try self.statistic(test, statistic, bounds)
    case .varies: return varies(test)
    case .share(let set, let bounds): return share(test, set, bounds)
    case .classBalance(let least): return classBalance(test, least)
    case .outliers(let rule, let most): return try outliers(test, rule, most)
    case .freshness(let age): return freshness(test, age)
    case .personalData(let allowed): return personal(test, allowed)
    case .correlation(let kind, let limit, let pairs, let columns):
      return correlation(test, kind, limit, pairs, columns)
    case .labelConflict(let label, let most): return try labelConflict(test, label, most)
    case .leakScore(let label, let most):
      let scores = try LeakScores(
        of: known.names.filter { $0 != label }, label: label,
        learnt: { known.cells($0, as: types[$0], test.filter) }, judged: nil)
      return scores.outcome(of: test, label: label, below: most)
    case .drift(let method, let limit): return drift(test, method, limit)
    case .driftedShare(let most): return driftedShare(test, most)
    case .images(let rule): return images(test, rule)
    case .nearImages(let distance, let most): return nearImages(test, distance, most)
    case .split, .type, .range, .inSet, .pattern, .length,
      .dateFormat, .monotonic, .holds, .foreignKey:
      return TestOutcome(
        test, untested: Failure(.unsupported, "this test is not done here", at: test.location))
    }
  }

  /// A column that is not there.
  func missing(_ test: DataTest) -> Failure? {
    for name in test.neededColumns where !known.names.contains(name) {
      return Failure(
        .notFound, "there is no column `\(name)`",
        hint: nearestName(to: name, among: known.names).map { "did you mean `\($0)`?" }
          ?? "the table has: \(known.names.prefix(20).joined(separator: ", "))",
        at: test.location)
    }
    return nil
  }

  // MARK: Rows

  private func ofRows(_ test: DataTest) -> TestOutcome {
    let share: TestOutcome.RowShare
    var samples: [RowSample]
    if case .monotonic(let isStrict, let isDescending) = test.kind, let column = test.column {
      let scan = known.order(
        .order(column, isStrict: isStrict, isDescending: isDescending, by: test.group), test.filter)
      share = .init(failing: scan.total.failing, considered: scan.total.considered)
      samples = scan.total.samples
    } else {
      guard let rowTest = test.rowTest(sets: sets) else {
        return TestOutcome(
          test, untested: Failure(.invalid, "its values are not known", at: test.location))
      }
      let scan = known.rowTest(rowTest, test.filter).total
      // What is no number at all fails as well.
      let strays = rowTest.column.map { known.census($0, test.filter).total }
      share = .init(
        failing: scan.failing + (strays?.strays ?? 0),
        considered: scan.considered + (strays?.strays ?? 0))
      samples = Array(
        (scan.samples + (strays?.samples ?? [])).sorted { $0.row < $1.row }.prefix(RowSample.most))
    }
    let passed = Double(share.failing) <= (1 - test.mostly) * Double(share.considered) + 1e-9
    return TestOutcome(
      test, passed: passed, found: rows(share), value: share.share, rows: share, samples: samples,
      nearest: nearest(share))
  }

  private func nearest(_ share: TestOutcome.RowShare) -> String? {
    guard share.considered > 0, share.failing < share.considered else { return nil }
    return "mostly \(percent(1 - share.share, down: true))"
  }

  // MARK: Words

  func rows(_ share: TestOutcome.RowShare) -> String {
    if share.failing == 0 { return "all \(grouped(share.considered)) rows" }
    return
      "\(grouped(share.failing)) of \(grouped(share.considered)) rows (\(percent(share.share)))"
  }

  /// 1,234,567.
  func grouped(_ count: Int) -> String { DigitGroups.text(count) }

  /// Four digits that say something; never `0%` for something and never `100%` for not all.
  ///
  /// - Parameters:
  ///   - down: never more than the share.
  ///   - up: never less.
  func percent(_ share: Double, down: Bool = false, up: Bool = false) -> String {
    guard down || up else { return shortNumber(share * 100) + "%" }
    let scaled = (share * 1e6).rounded(down ? .down : .up) / 1e4
    return PlainValue.text(scaled) + "%"
  }

  /// A number in bounds.
  func number(
    _ test: DataTest, _ value: Double, _ bounds: Bounds, _ found: String? = nil,
    details: [OutcomeDetail] = []
  ) -> TestOutcome {
    TestOutcome(
      test, passed: bounds.contains(value), found: found ?? shortNumber(value), value: value,
      nearest: bounds.widened(to: value).shortForm, details: details)
  }

  /// For tests of what has no values.
  func empty(_ test: DataTest) -> TestOutcome {
    TestOutcome(
      test,
      untested: Failure(
        .invalid,
        known.rows == 0 ? "the table has no rows" : "no row has a value in `\(test.column ?? "")`",
        at: test.location))
  }
}

extension Bounds {
  /// With a number in it too, by ends that are short to write.
  func widened(to value: Double) -> Bounds {
    var bounds = self
    if let lower, value <= lower {
      bounds.lower = NearNumber.below(value)
      bounds.excludesLower = false
    }
    if let upper, value >= upper {
      bounds.upper = NearNumber.above(value)
      bounds.excludesUpper = false
    }
    return bounds
  }
}
