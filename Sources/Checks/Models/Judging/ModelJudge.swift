import Compute
import Platform

/// Judges tests of a model by what it answers.
struct ModelJudge: Sendable {
  let suite: ModelSuite
  let predictor: any Predictor
  let places: any ModelPlaces
  let threads: Int
  /// Seconds since 1970.
  let now: Double
  /// Of the suite's rows; a failure when the model cannot answer them, or there are none.
  let evaluation: Result<Evaluation, Failure>
  /// Of the rows it was trained on; nil without such.
  let training: Result<Evaluation, Failure>?
  /// What the champion answers to the suite's rows.
  let champion: Result<Evaluation, Failure>?

  func outcome(of test: ModelTest) -> TestOutcome {
    do { return try judge(test) } catch let failure as Failure {
      var failure = failure
      if failure.location == nil { failure.location = test.location }
      return TestOutcome(test, untested: failure)
    } catch {
      return TestOutcome(test, untested: Failure(.bug, "\(error)", at: test.location))
    }
  }

  private func judge(_ test: ModelTest) throws -> TestOutcome {
    switch test.kind {
    case .metric(let metric, let bounds): return try self.metric(test, metric, bounds)
    case .baseline(.simpleTree, _, _), .crossValidation, .labelShuffle, .overfitsOneBatch:
      throw Failure(.bug, "a test that trains is judged elsewhere")
    case .baseline(let baseline, let metric, let margin):
      return try self.baseline(test, baseline, metric, margin)
    case .regression(let metric, let margin): return try regression(test, metric, margin)
    case .overfit(let metric, let most): return try overfit(test, metric, most)
    case .calibration(let rule, let bounds): return try calibration(test, rule, bounds)
    case .fairness(let rule, let bounds): return try fairness(test, rule, bounds)
    case .finite: return try finite(test)
    case .skew(let rule): return try skew(test, rule)
    case .invariance(let rule): return try invariance(test, rule)
    case .directional(let rule): return try directional(test, rule)
    case .monotone(let rule): return try monotone(test, rule)
    case .minimumFunction(let row): return try minimumFunction(test, row)
    case .deterministic(let tolerance): return try deterministic(test, tolerance)
    case .latency(let rule, let bounds): return try latency(test, rule, bounds)
    case .throughput(let batch, let bounds): return try throughput(test, batch, bounds)
    case .staleness(let most): return try staleness(test, most)
    case .size(let bounds): return try size(test, bounds)
    case .roundTrip(let format, let tolerance): return try roundTrip(test, format, tolerance)
    }
  }

  // MARK: Rows

  /// The rows that a test looks at and whose label is known.
  func rows(_ test: ModelTest, of evaluation: Evaluation) throws -> [Int] {
    let labelled = try filtered(test, evaluation.table, evaluation.labelledRows)
    guard !labelled.isEmpty else {
      throw Failure(
        .invalid,
        evaluation.table.rowCount == 0
          ? "the table has no rows"
          : test.filter == nil
            ? "no row has a label in `\(evaluation.label.name)`" : "no row that counts has a label")
    }
    return labelled
  }

  /// Those of some rows that the test's condition holds for.
  func filtered(_ test: ModelTest, _ table: Table, _ rows: [Int]) throws -> [Int] {
    guard let filter = test.filter else { return rows }
    for name in filter.columns where table[name] == nil {
      throw Failure.noColumn(name, in: table)
    }
    let evaluator = RowEvaluator(filter, in: table)
    return rows.filter { evaluator.truth(filter, $0) ?? false }
  }

  // MARK: Words

  func count(_ rows: Int) -> String {
    rows == 1 ? "1 row" : "\(DigitGroups.text(rows)) rows"
  }

  func number(
    _ test: ModelTest, _ value: Double, _ bounds: Bounds, found: String? = nil,
    details: [OutcomeDetail] = []
  ) -> TestOutcome {
    TestOutcome(
      test, passed: bounds.contains(value), found: found ?? shortNumber(value), value: value,
      nearest: bounds.widened(to: value).shortForm, details: details)
  }

  func share(_ share: Double) -> String { shortNumber(share * 100) + "%" }
}

extension ModelTest: IdentifiedTest {
  package var identity: TestIdentity {
    TestIdentity(name: kind.name, text: text, severity: severity, location: location)
  }
}
