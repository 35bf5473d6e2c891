import Formats

extension ModelTest {
  /// The short form, as it is written by us; it reads back to the same test.
  package var line: String {
    var text = head
    if let slices {
      text += " by " + Self.columns(slices.columns)
      if let gap = slices.gap { text += ", gap <= \(SuiteNumber.text(gap))" }
      if slices.support != SliceRule.usualSupport { text += ", support >= \(slices.support)" }
      if slices.isConfident { text += ", confident" }
    }
    if let filter { text += " where \(filter.text)" }
    return severity == .warn ? text + " (warn)" : text
  }

  private static func columns(_ names: [String]) -> String {
    let words = names.map { SuiteQuotes.column($0) }
    return words.count == 1 ? words[0] : "[" + words.joined(separator: ", ") + "]"
  }

  private static func on(_ metric: ModelMetric?) -> String { metric.map { " on \($0.text)" } ?? "" }

  private var head: String {
    switch kind {
    case .metric(let metric, let bounds): return "\(metric.text) \(bounds.shortForm)"
    case .baseline(let baseline, let metric, let margin):
      let text = "beats \(baseline.rawValue)\(Self.on(metric))"
      switch margin {
      case _ where margin == .usual(baseline): return text
      case .ofPossible(let share): return text + " by \(SuiteNumber.text(share))"
      case .absolute(let value): return text + " by \(SuiteNumber.text(value)) absolute"
      }
    case .regression(let metric, let margin):
      let by = margin == 0 ? "" : " by \(SuiteNumber.text(margin))"
      return "no worse than champion\(Self.on(metric))\(by)"
    case .overfit(let metric, let most):
      return "overfit\(metric.map { " \($0.text)" } ?? "") <= \(SuiteNumber.text(most))"
    case .calibration(let rule, let bounds):
      var text = rule.measure.rawValue
      if rule.isTopLabel { text += " top-label" }
      if rule.usesQuantiles { text += " quantile" }
      if rule.measure.isOfBins, rule.bins != (rule.isTopLabel ? 15 : 10) {
        text += " \(rule.bins) bins"
      }
      return "\(text) \(bounds.shortForm)"
    case .fairness(let rule, let bounds):
      let support =
        rule.support == SliceRule.usualSupport ? "" : ", support >= \(rule.support)"
      return
        "fair by \(Self.columns(rule.columns))\(support): \(rule.measure.rawValue) \(bounds.shortForm)"
    case .finite: return "no nan"
    case .skew(let rule):
      var text = "matches served"
      if !rule.columns.isEmpty { text += " in \(Self.columns(rule.columns))" }
      text += " on \(Self.columns(rule.keys))"
      if rule.tolerance != SkewRule.usualTolerance {
        text += " within \(SuiteNumber.text(rule.tolerance))"
      }
      return rule.most == 0 ? text : text + ": mismatched <= \(SuiteNumber.percentage(rule.most))"
    case .invariance, .directional, .monotone: return behaviour
    case .minimumFunction(let row): return row.text
    case .deterministic(let tolerance):
      return tolerance == 0
        ? "deterministic" : "deterministic within \(SuiteNumber.text(tolerance))"
    case .latency(let rule, let bounds):
      let limit = (bounds.upper ?? 0) * 1e3
      let sign = bounds.excludesUpper ? "<" : "<="
      let time = limit < 1 ? "\(Self.number(limit * 1e3))us" : "\(Self.number(limit))ms"
      return "latency p\(Self.number(rule.quantile * 100)) \(sign) \(time) batch \(rule.batch)"
    case .throughput(let batch, let bounds):
      return "throughput \(bounds.shortForm) batch \(batch)"
    case .staleness(let most): return "trained within \(SuiteNumber.duration(most))"
    case .size(let bounds): return "size <= \(ByteSize.text(bounds.upper ?? 0))"
    case .roundTrip(let format, let tolerance):
      return
        "round-trip \(format.rawValue)"
        + (tolerance == 1e-5 ? "" : " within \(SuiteNumber.text(tolerance))")
    case .crossValidation(let rule): return rule.text
    case .labelShuffle(let margin):
      return "label shuffle" + (margin == 0.1 ? "" : " within \(SuiteNumber.text(margin))")
    case .overfitsOneBatch(let rows, let minimum):
      return "overfits one batch" + (rows == 32 ? "" : " of \(rows)")
        + (minimum == 0.99 ? "" : " >= \(SuiteNumber.text(minimum))")
    }
  }

  private var behaviour: String {
    switch kind {
    case .invariance(let rule):
      var text = "invariant to \(rule.perturbation.text) on \(Self.columns(rule.columns))"
      if rule.tolerance != InvarianceRule.usualTolerance {
        text += " within \(SuiteNumber.percentage(rule.tolerance))"
      }
      return text + ": changed <= \(SuiteNumber.percentage(rule.most))"
    case .directional(let rule):
      var text =
        "\(rule.raises ? "raising" : "lowering") \(SuiteQuotes.column(rule.column, besides: ["never"]))"
      if let step = rule.step { text += " by \(SuiteNumber.text(step))" }
      text += " never \(rule.neverLowers ? "lowers" : "raises") prediction"
      if rule.tolerance > 0 { text += " within \(SuiteNumber.text(rule.tolerance))" }
      guard rule.most != DirectionRule.usualMost else { return text }
      return text + ": violated <= \(SuiteNumber.percentage(rule.most))"
    case .monotone(let rule):
      let text =
        "monotone \(rule.rises ? "increasing" : "decreasing") in \(SuiteQuotes.column(rule.column))"
      return rule.tolerance > 0 ? text + " within \(SuiteNumber.text(rule.tolerance))" : text
    default: return ""
    }
  }

  /// Without what multiplying by a power of ten added.
  private static func number(_ value: Double) -> String {
    SuiteNumber.text((value * 1e6).rounded() / 1e6)
  }
}

extension InvarianceRule.Perturbation {
  var text: String {
    switch self {
    case .noise(let size): "noise(\(SuiteNumber.text(size)))"
    case .shift(let size): "shift(\(SuiteNumber.text(size)))"
    case .typo: "typo"
    case .flipCase: "case"
    case .swap(let first, let second):
      "swap(\(ModelSuiteText.value(first)), \(ModelSuiteText.value(second)))"
    }
  }
}

extension ModelCase {
  /// `case age=30, income=50000: 1`.
  var text: String {
    let values = inputs.map { "\($0.column)=\($0.value.text)" }.joined(separator: ", ")
    switch expectation {
    case .value(let value): return "case \(values): \(value.text)"
    case .bounds(let bounds): return "case \(values): \(bounds.shortForm)"
    }
  }
}

extension ModelCase.Value {
  var text: String {
    switch self {
    case .number(let number): PlainValue.text(number)
    case .text(let text): text
    case .missing: "null"
    }
  }
}

extension CrossValidationRule {
  var text: String {
    let std =
      factor == 0
      ? ""
      : factor == 1 ? " - std" : " \(factor < 0 ? "+" : "-") \(SuiteNumber.text(abs(factor))) std"
    return "\(nested == nil ? "" : "nested ")cv \(metric.text): mean\(std) \(bounds.shortForm)"
  }
}
