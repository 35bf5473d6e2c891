import Platform

extension ModelTestParser {
  mutating func beats() throws(SuiteProblem) -> ModelTest.Kind {
    // The one that is two words.
    let baseline: ModelTest.Baseline =
      cursor.takeWords("simple tree") ? .simpleTree : try choice("`beats`")
    var metric: ModelMetric?
    var margin: ModelTest.Margin?
    while !cursor.isAtEnd {
      if metric == nil, cursor.takeWord("on") {
        metric = try takeMetric()
        guard metric != nil else { throw unknown() }
      } else if margin == nil, cursor.takeWord("by") {
        guard let number = try cursor.takeNumber() else {
          throw cursor.problem("expected a number behind `by`, found \(cursor.found)")
        }
        try cursor.requireEnd(of: number)
        guard number.value >= 0 else {
          throw cursor.problem("`by` is never below 0", at: number.start)
        }
        margin =
          cursor.takeWord("absolute") ? .absolute(number.value) : .ofPossible(number.value)
        if case .ofPossible(let share)? = margin, share > 1 {
          throw cursor.problem(
            "`by` is a share of what could be gained, from 0 to 1", at: number.start,
            hint:
              "write `by \(SuiteNumber.text(number.value)) absolute` for the metric's own numbers")
        }
      } else {
        break
      }
    }
    return .baseline(baseline, metric, margin ?? .usual(baseline))
  }

  mutating func noWorse() throws(SuiteProblem) -> ModelTest.Kind {
    var metric: ModelMetric?
    if cursor.takeWord("on") {
      metric = try takeMetric()
      guard metric != nil else { throw unknown() }
    }
    guard cursor.takeWord("by") else { return .regression(metric, margin: 0) }
    return .regression(metric, margin: try cursor.measure(.size, of: "`by`"))
  }

  /// `in [age, income] on id within 0.001: mismatched <= 0.1%`.
  mutating func skew() throws(SuiteProblem) -> ModelTest.Kind {
    var compared: [String] = []
    if cursor.takeWord("in") { compared = try columns("a column behind `in`") }
    guard cursor.takeWord("on") else {
      throw cursor.problem(
        "expected `on` and the columns that name a row, found \(cursor.found)",
        hint: "write `matches served on id`")
    }
    var rule = SkewRule(keys: try columns("a column behind `on`"), columns: compared)
    if let tolerance = try within() { rule.tolerance = tolerance }
    if cursor.take(":"), !cursor.takeWord("mismatched") {
      throw cursor.problem(
        "expected `mismatched`, found \(cursor.found)", hint: "write `: mismatched <= 0.1%`")
    }
    rule.most = try most(.share, of: "`mismatched`") ?? 0
    return .skew(rule)
  }
}

extension ModelTest.Margin {
  /// A tenth of what could be gained over something simple, anything over a champion.
  static func usual(_ baseline: ModelTest.Baseline) -> Self {
    .ofPossible(baseline == .champion ? 0 : 0.1)
  }
}
