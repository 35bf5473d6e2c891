import Compute
import Platform

extension ModelJudge {
  func fairness(_ test: ModelTest, _ rule: FairnessRule, _ bounds: Bounds) throws -> TestOutcome {
    let evaluation = try evaluation.get()
    let rows = try rows(test, of: evaluation)
    let slices = try Slices(rule.columns, of: evaluation.table, rows: rows)
    let groups = slices.all.filter { $0.rows.count >= rule.support }
    guard groups.count >= 2 else {
      throw Failure(
        .invalid,
        "there \(groups.count == 1 ? "is one group" : "are no groups") of \(rule.support) rows and more by \(rule.columns.joined(separator: ", "))",
        hint: "say `support >= \(max(1, rule.support / 3))`, or take another column")
    }
    let rates = try GroupRates(
      groups, evaluation, isOfOneClass: rule.measure != .accuracyDifference)
    let value: Double
    if rule.measure == .calibrationError {
      let errors = try groups.map {
        try Self.reliability(CalibrationRule(.ece), evaluation, $0.rows).expectedError
      }
      value = errors.max() ?? .nan
      return fair(test, bounds, value, groups, slices, [.init("calibration error", errors)], [])
    }
    value = rates.value(rule.measure)
    guard value.isFinite else {
      throw Failure(
        .invalid, "the \(rule.measure.rawValue) is not defined: the rates of all groups are 0")
    }
    return fair(
      test, bounds, value, groups, slices, rates.shown(rule.measure), rates.notes(rule.measure))
  }

  private func fair(
    _ test: ModelTest, _ bounds: Bounds, _ value: Double, _ groups: [Slices.Slice],
    _ slices: Slices, _ shown: [OutcomeDetail.GroupRate], _ notes: [String]
  ) -> TestOutcome {
    var found = shortNumber(value)
    if let rate = shown.first,
      let least = rate.values.indices.min(by: { rate.values[$0] < rate.values[$1] }),
      let most = rate.values.indices.max(by: { rate.values[$0] < rate.values[$1] })
    {
      found += ": \(rate.name) \(shortNumber(rate.values[least])) for \(groups[least].name)"
      found += ", \(shortNumber(rate.values[most])) for \(groups[most].name)"
    }
    let few = slices.all.count - groups.count
    if few > 0 { found += "; \(few == 1 ? "1 group has" : "\(few) groups have") too few rows" }
    for note in notes { found += "; \(note)" }
    return number(
      test, value, bounds, found: found, details: [.groups(groups.map(\.name), rates: shown)])
  }
}

/// Rates of groups, as fairlearn's `MetricFrame` has them: what cannot be divided is 0.
struct GroupRates {
  private let names: [String]
  /// The share of rows that are predicted positive.
  private(set) var selected: [Double] = []
  private(set) var truePositive: [Double] = []
  private(set) var falsePositive: [Double] = []
  /// The share of predicted positives that are right.
  private(set) var precision: [Double] = []
  private(set) var accuracy: [Double] = []
  private var positives: [Int] = []
  private var negatives: [Int] = []
  private var predicted: [Int] = []

  init(_ groups: [Slices.Slice], _ evaluation: Evaluation, isOfOneClass: Bool) throws {
    names = groups.map(\.name)
    let view = try evaluation.classes
    let positive = isOfOneClass ? try view.positive(for: "fairness") : view.positive ?? 0
    for group in groups {
      var (hits, alarms, positives, chosen, right) = (0, 0, 0, 0, 0)
      for row in group.rows {
        let isPositive = Int(view.actual[row]) == positive
        let isChosen = Int(view.predicted[row]) == positive
        if isPositive { positives += 1 }
        if isChosen { chosen += 1 }
        if isPositive, isChosen { hits += 1 }
        if !isPositive, isChosen { alarms += 1 }
        if view.actual[row] == view.predicted[row] { right += 1 }
      }
      let negatives = group.rows.count - positives
      selected.append(Self.ratio(chosen, group.rows.count))
      truePositive.append(Self.ratio(hits, positives))
      falsePositive.append(Self.ratio(alarms, negatives))
      precision.append(Self.ratio(hits, chosen))
      accuracy.append(Self.ratio(right, group.rows.count))
      self.positives.append(positives)
      self.negatives.append(negatives)
      predicted.append(chosen)
    }
  }

  private static func ratio(_ part: Int, _ whole: Int) -> Double {
    whole == 0 ? 0 : Double(part) / Double(whole)
  }

  private static func difference(_ rates: [Double]) -> Double {
    (rates.max() ?? .nan) - (rates.min() ?? .nan)
  }

  /// NaN where all are 0.
  private static func ratio(_ rates: [Double]) -> Double {
    (rates.min() ?? .nan) / (rates.max() ?? .nan)
  }

  func value(_ measure: FairnessRule.Measure) -> Double {
    switch measure {
    case .demographicParityDifference: return Self.difference(selected)
    case .demographicParityRatio: return Self.ratio(selected)
    case .equalizedOddsDifference:
      return max(Self.difference(truePositive), Self.difference(falsePositive))
    case .equalizedOddsRatio:
      // As fairlearn: without false alarms the other ratio decides; where nobody's positive rows are found, none does.
      let (found, alarms) = (Self.ratio(truePositive), Self.ratio(falsePositive))
      return found.isNaN || alarms.isNaN ? found : min(found, alarms)
    case .equalOpportunityDifference: return Self.difference(truePositive)
    case .predictiveParityDifference: return Self.difference(precision)
    case .accuracyDifference: return Self.difference(accuracy)
    case .calibrationError: return .nan
    }
  }

  func shown(_ measure: FairnessRule.Measure) -> [OutcomeDetail.GroupRate] {
    switch measure {
    case .demographicParityDifference, .demographicParityRatio: [.init("selected", selected)]
    case .equalizedOddsDifference, .equalizedOddsRatio:
      // The one that decides first.
      Self.difference(truePositive) >= Self.difference(falsePositive)
        ? [.init("true positive rate", truePositive), .init("false positive rate", falsePositive)]
        : [.init("false positive rate", falsePositive), .init("true positive rate", truePositive)]
    case .equalOpportunityDifference: [.init("true positive rate", truePositive)]
    case .predictiveParityDifference: [.init("precision", precision)]
    case .accuracyDifference: [.init("accuracy", accuracy)]
    case .calibrationError: []
    }
  }

  /// Groups whose rate is 0 only because there is nothing to divide by.
  func notes(_ measure: FairnessRule.Measure) -> [String] {
    func empty(_ counts: [Int], _ what: String) -> [String] {
      zip(names, counts).filter { $0.1 == 0 }.map {
        "\($0.0) has no row that is \(what), which counts as 0"
      }
    }
    switch measure {
    case .equalizedOddsDifference, .equalizedOddsRatio:
      return empty(positives, "positive") + empty(negatives, "negative")
    case .equalOpportunityDifference: return empty(positives, "positive")
    case .predictiveParityDifference: return empty(predicted, "predicted positive")
    case .demographicParityDifference, .demographicParityRatio, .accuracyDifference,
      .calibrationError:
      return []
    }
  }
}
