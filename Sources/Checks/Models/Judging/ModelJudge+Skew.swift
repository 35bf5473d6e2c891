import Compute
import Platform

extension ModelJudge {
  /// Keys that are named of those that are on one side only.
  private static let mostKeys = 3

  func skew(_ test: ModelTest, _ rule: SkewRule) throws -> TestOutcome {
    guard let served = suite.served else {
      throw Failure(
        .invalid, "the suite does not say what was served", hint: "add `served: logs/served.csv`")
    }
    let evaluation = try evaluation.get()
    let log = try places.table(served.table, asText: predictor.textColumns, threads: threads)
    let rows = try filtered(test, evaluation.table, Array(0..<evaluation.table.rowCount))
    let found = try ServedRows(rule.keys, of: evaluation.table, rows: rows, log: log)
    guard !found.pairs.isEmpty else {
      throw Failure(
        .invalid,
        "no row that was served is here: of \(count(rows.count)) and \(count(log.rowCount))",
        hint: "do both sides spell \(rule.keys.joined(separator: ", ")) alike?")
    }
    // Rows that are not compared may lack an answer.
    let compared = log.selecting(found.pairs.map(\.served))
    let comparison =
      rule.columns.isEmpty
      ? try ServedComparison(evaluation, served: answers(served, compared, evaluation))
      : try ServedComparison(columns: rule.columns, of: evaluation.table, log: compared)
    var failing = 0
    var widest = 0.0
    var samples: [RowSample] = []
    for (place, pair) in found.pairs.enumerated() {
      guard let difference = comparison.difference(pair.row, place) else { continue }
      if difference.size.isFinite { widest = max(widest, difference.size) }
      guard difference.size > rule.tolerance else { continue }
      failing += 1
      if samples.count < RowSample.most {
        samples.append(
          RowSample(
            row: pair.row, line: Self.line(evaluation.table, pair.row),
            value: "\(pair.key): \(difference.text)"))
      }
    }
    var note = widest > 0 ? ", numbers by up to \(shortNumber(widest))" : ""
    note += Self.alone(found.onlyHere, "only here") + Self.alone(found.onlyServed, "only served")
    return shared(
      test, failing, found.pairs.count, rule.most, samples, "mismatched", note: note)
  }

  /// What the log says was answered.
  private func answers(
    _ served: ServedLog, _ log: Table, _ evaluation: Evaluation
  ) throws -> Answers {
    try PredictionsTable(
      log, served.columns, truth: evaluation.label, positive: suite.positive, shownAs: "the log"
    ).answers
  }

  private static func alone(_ keys: [String], _ what: String) -> String {
    guard !keys.isEmpty else { return "" }
    let shown = keys.prefix(mostKeys).joined(separator: "; ")
    let rows = keys.count == 1 ? "1 row" : "\(DigitGroups.text(keys.count)) rows"
    return "; \(rows) \(what) (\(shown)\(keys.count > mostKeys ? "; …" : ""))"
  }
}
