import Platform

/// Reads one short form of a model test.
struct ModelTestParser {
  var cursor: SuiteCursor
  let scope: ModelTestScope
  /// For conditions.
  var base: SuiteReader

  init(_ cursor: SuiteCursor, _ scope: ModelTestScope, _ base: SuiteReader) {
    self.cursor = cursor
    self.scope = scope
    self.base = base
  }

  /// What the first words of tests are, besides metrics.
  static let beginnings = [
    "beats", "no worse than champion", "no nan", "matches served", "overfit", "ece", "mce",
    "calibration slope", "calibration intercept",
    "fair by", "invariant to",
    "raising", "lowering", "monotone", "latency", "throughput", "size", "trained within",
    "deterministic",
    "round-trip", "label shuffle", "overfits one batch",
  ]

  mutating func tests() throws(SuiteProblem) -> [ModelTest] {
    let start = cursor.offset
    var slices: SliceRule?
    let kinds: [ModelTest.Kind]
    if cursor.takeWords("fair by") {
      kinds = try fair()
    } else if let kind = try special() {
      kinds = [kind]
    } else {
      let (metric, bounds) = try metric()
      kinds = [.metric(metric, bounds)]
      slices = try self.slices()
    }
    let (severity, filter) = try modifiers()
    guard cursor.isAtEnd else {
      throw cursor.problem(
        "expected nothing more, found \(cursor.found)",
        hint: "tests have a `;` between them, or stand in lines of their own")
    }
    return kinds.map { kind in
      var test = ModelTest(
        kind, severity: severity, slices: slices, filter: filter,
        location: base.source.location(start), text: "")
      test.text = test.line
      return test
    }
  }

  // MARK: Metrics

  private mutating func metric() throws(SuiteProblem) -> (ModelMetric, Bounds) {
    guard let metric = try takeMetric() else { throw unknown() }
    let bounds = try self.bounds(.number, of: "`\(metric.text)`")
    // Rates are from 0 to 1: 95 would never be reached.
    if !metric.isLoss, metric != .r2, let lower = bounds.lower, lower > 1 {
      throw cursor.problem(
        "`\(metric.text)` is never above 1",
        hint: lower <= 100 ? "write `\(SuiteNumber.text(lower / 100))`" : nil)
    }
    return (metric, bounds)
  }

  func unknown() -> SuiteProblem {
    let words = ModelMetric.words + Self.beginnings
    let near = cursor.hyphenatedWord.flatMap { word in
      word.text.unicodeScalars.count < 2 ? nil : nearestName(to: word.text, among: words)
    }
    return cursor.problem(
      cursor.isAtEnd ? "a test without words" : "there is no test \(cursor.found)",
      hint: near.map { "did you mean `\($0)`?" }
        ?? "tests begin with a metric, or with \(SuiteCursor.choices(Self.beginnings.map { "`\($0)`" }))"
    )
  }

  /// The metric that comes next, and what it is of.
  mutating func takeMetric() throws(SuiteProblem) -> ModelMetric? {
    if cursor.takeWords("balanced accuracy") { return .balancedAccuracy }
    if cursor.word == "top" {
      _ = cursor.takeWord()
      let count = try cursor.measure(.count, of: "`top`")
      guard count >= 1, count < 1e6 else { throw cursor.problem("`top` counts from 1") }
      _ = cursor.takeWord("accuracy")
      return .topK(Int(count))
    }
    guard let word = cursor.hyphenatedWord else { return nil }
    let metric: ModelMetric
    switch word.text {
    case "accuracy": metric = .accuracy
    case "balanced-accuracy": metric = .balancedAccuracy
    case "precision", "recall", "f1":
      cursor.move(to: word.end)
      let average = try average()
      return word.text == "f1"
        ? .f1(average) : word.text == "recall" ? .recall(average) : .precision(average)
    case "mcc": metric = .mcc
    case "kappa": metric = .kappa
    case "log-loss": metric = .logLoss
    case "brier": metric = .brier
    case "roc-auc", "auc": metric = .rocAUC
    case "pr-auc": metric = .prAUC
    case "mae": metric = .mae
    case "rmse": metric = .rmse
    case "r2": metric = .r2
    case "mape": metric = .mape
    case "smape": metric = .smape
    case "ndcg":
      cursor.move(to: word.end)
      guard cursor.takeWord("at") else { return .ndcg(at: nil) }
      let count = try cursor.measure(.count, of: "`at`")
      guard count >= 1, count < 1e9 else { throw cursor.problem("`at` counts from 1") }
      return .ndcg(at: Int(count))
    default: return nil
    }
    cursor.move(to: word.end)
    return metric
  }

  private mutating func average() throws(SuiteProblem) -> ModelMetric.ClassAverage {
    if cursor.takeWord("macro") { return .macro }
    if cursor.takeWord("weighted") { return .weighted }
    guard cursor.takeWord("of") else { return .usual }
    return .of(try value("a class behind `of`"))
  }

  /// A class, or a value of a column: a word, a number, or a text in quotes.
  mutating func value(_ what: String) throws(SuiteProblem) -> String {
    if let quoted = try cursor.takeQuoted() { return quoted.string }
    if let number = try cursor.takeNumber() {
      return SuiteText.string(cursor.text.scalars[number.start..<number.end])
    }
    if let word = cursor.hyphenatedWord {
      cursor.move(to: word.end)
      return word.text
    }
    throw cursor.problem("expected \(what), found \(cursor.found)")
  }

  // MARK: What stands behind

  /// Bounds that stand here, or that a long form has beside its words.
  mutating func bounds(_ measure: Measure, of what: String) throws(SuiteProblem) -> Bounds {
    if let bounds = scope.bounds, !cursor.isAtBounds { return bounds }
    return try cursor.bounds(measure, of: what)
  }

  /// `<= 1%`, or what a long form has as `max`; nil where neither is.
  mutating func most(_ measure: Measure, of what: String) throws(SuiteProblem) -> Double? {
    guard cursor.follows("<") || cursor.follows("=") || cursor.isAtNumber else {
      return scope.bounds?.upper
    }
    _ = try cursor.comparisonSign(["<=", "=="], of: what)
    return try cursor.measure(measure, of: what)
  }

  /// One column, or some in brackets.
  mutating func columns(_ what: String) throws(SuiteProblem) -> [String] {
    if let list = try cursor.takeColumns() { return list.map(\.text) }
    return [try cursor.column(of: what).text]
  }

  private mutating func slices() throws(SuiteProblem) -> SliceRule? {
    var names = scope.slices.map(\.text)
    if cursor.takeWord("by") { names = try columns("a column behind `by`") }
    guard !names.isEmpty else {
      if let word = [scope.gap.map { _ in "gap" }, scope.support.map { _ in "support" }].compactMap(
        \.self
      ).first {
        throw cursor.problem("`\(word)` is of slices", hint: "add `by: COLUMN`")
      }
      return nil
    }
    var rule = SliceRule(
      columns: names, gap: scope.gap, support: scope.support ?? SliceRule.usualSupport,
      isConfident: scope.isConfident)
    while cursor.take(",") {
      if cursor.takeWord("gap") {
        _ = try cursor.comparisonSign(["<="], of: "`gap`")
        rule.gap = try cursor.measure(.size, of: "`gap`")
      } else if cursor.takeWord("support") {
        rule.support = try support()
      } else if cursor.takeWord("confident") {
        rule.isConfident = true
      } else {
        throw cursor.problem(
          "expected `gap`, `support` or `confident`, found \(cursor.found)",
          hint: "write `by city, gap <= 0.05, support >= 30`")
      }
    }
    return rule
  }

  mutating func support() throws(SuiteProblem) -> Int {
    _ = try cursor.comparisonSign([">="], of: "`support`")
    return Int(min(1e15, try cursor.measure(.count, of: "`support`")))
  }

  /// `where …` and `(warn)`.
  private mutating func modifiers() throws(SuiteProblem) -> (TestSeverity, RowExpression?) {
    var severity = scope.severity
    var filter = scope.filter
    while !cursor.isAtEnd {
      if cursor.takeWord("where") {
        filter = try base.expression(&cursor)
      } else if cursor.take("(") {
        guard let word = cursor.word, let own = TestSeverity(rawValue: word) else {
          throw cursor.problem("expected `warn` or `error`, found \(cursor.found)")
        }
        _ = cursor.takeWord()
        severity = own
        guard cursor.take(")") else { throw cursor.problem("expected `)`, found \(cursor.found)") }
      } else {
        break
      }
    }
    return (severity, filter)
  }
}

extension ModelMetric {
  /// As they begin.
  static let words = [
    "accuracy", "balanced accuracy", "precision", "recall", "f1", "mcc", "kappa", "log-loss",
    "brier",
    "roc-auc", "pr-auc", "top", "mae", "rmse", "r2", "mape", "smape", "ndcg",
  ]
}
