import Compute
import Platform

extension ModelJudge {
  func calibration(
    _ test: ModelTest, _ rule: CalibrationRule, _ bounds: Bounds
  ) throws -> TestOutcome {
    let evaluation = try evaluation.get()
    let rows = try rows(test, of: evaluation)
    let table = try Self.reliability(rule, evaluation, rows)
    let value = rule.measure == .ece ? table.expectedError : table.maximumError
    let points = table.bins.map {
      OutcomeDetail.ReliabilityPoint(
        confidence: $0.confidence, accuracy: $0.accuracy, count: $0.count)
    }
    return number(
      test, value, bounds, found: "\(shortNumber(value)) over \(count(rows.count))",
      details: [.reliability(points)])
  }

  static func reliability(
    _ rule: CalibrationRule, _ evaluation: Evaluation, _ rows: [Int]
  ) throws -> ReliabilityTable {
    let view = try evaluation.classes
    guard let all = view.probabilities else {
      throw Failure(
        .invalid, "calibration needs probabilities, and only classes are predicted",
        hint: "name their columns with `proba`")
    }
    let binning: ReliabilityTable.Binning =
      rule.usesQuantiles ? .quantiles(rule.bins) : .equalWidth(rule.bins)
    if !rule.isTopLabel, let positive = view.positive {
      return ReliabilityTable(
        confidences: rows.map { min(1, max(0, all[$0, positive])) },
        isTrue: rows.map { Int(view.actual[$0]) == positive }, binning: binning)
    }
    let top = rows.map { row in
      all.row(row).enumerated().max {
        $0.element < $1.element || ($0.element == $1.element && $0.offset > $1.offset)
      }
    }
    return ReliabilityTable(
      confidences: top.map { min(1, max(0, $0?.element ?? 0)) },
      isTrue: zip(rows, top).map { row, best in Int(view.actual[row]) == best?.offset },
      binning: binning)
  }
}
