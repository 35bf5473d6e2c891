import Compute
import Platform

extension ModelJudge {
  func calibration(
    _ test: ModelTest, _ rule: CalibrationRule, _ bounds: Bounds
  ) throws -> TestOutcome {
    let evaluation = try evaluation.get()
    let rows = try rows(test, of: evaluation)
    let table = try Self.reliability(rule, evaluation, rows)
    let value: Double
    switch rule.measure {
    case .ece: value = table.expectedError
    case .mce: value = table.maximumError
    case .slope: value = try Self.recalibration(rule, evaluation, rows).slope
    case .intercept: value = try Self.recalibration(rule, evaluation, rows).intercept
    }
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
    let (confidences, isTrue) = try predicted(rule, evaluation, rows)
    return ReliabilityTable(
      confidences: confidences, isTrue: isTrue,
      binning: rule.usesQuantiles ? .quantiles(rule.bins) : .equalWidth(rule.bins))
  }

  private static func recalibration(
    _ rule: CalibrationRule, _ evaluation: Evaluation, _ rows: [Int]
  ) throws -> Recalibration {
    let (confidences, isTrue) = try predicted(rule, evaluation, rows)
    do throws(Recalibration.Problem) {
      return try Recalibration(confidences: confidences, isTrue: isTrue)
    } catch {
      let reason =
        switch error {
        case .oneOutcome:
          isTrue.first == true ? "every prediction came true" : "no prediction came true"
        case .oneProbability: "all probabilities are the same"
        case .parted: "a threshold of the probabilities parts the classes without a mistake"
        }
      throw Failure(.invalid, "`\(rule.measure.rawValue)` is not defined here: \(reason)")
    }
  }

  /// Of the positive class, or of each row's likeliest one: its probability, and whether it came true.
  private static func predicted(
    _ rule: CalibrationRule, _ evaluation: Evaluation, _ rows: [Int]
  ) throws -> (confidences: [Double], isTrue: [Bool]) {
    let view = try evaluation.classes
    guard let all = view.probabilities else {
      throw Failure(
        .invalid, "calibration needs probabilities, and only classes are predicted",
        hint: "name their columns with `proba`")
    }
    if !rule.isTopLabel, let positive = view.positive {
      return (
        rows.map { min(1, max(0, all[$0, positive])) },
        rows.map { Int(view.actual[$0]) == positive }
      )
    }
    let top = rows.map { row in
      all.row(row).enumerated().max {
        $0.element < $1.element || ($0.element == $1.element && $0.offset > $1.offset)
      }
    }
    return (
      top.map { min(1, max(0, $0?.element ?? 0)) },
      zip(rows, top).map { row, best in Int(view.actual[row]) == best?.offset }
    )
  }
}
