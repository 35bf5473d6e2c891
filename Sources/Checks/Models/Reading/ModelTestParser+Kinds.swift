import Platform

extension ModelTestParser {
  /// A test that begins with a word of its own; nil when none does.
  mutating func special() throws(SuiteProblem) -> ModelTest.Kind? {
    try refuseNetworks()
    if cursor.takeWord("beats") { return try beats() }
    if cursor.takeWords("no worse than champion") { return try noWorse() }
    if cursor.takeWords("no nan") { return .finite }
    if cursor.takeWords("matches served") { return try skew() }
    if cursor.takeWords("overfits one batch") { return try oneBatch() }
    if cursor.takeWord("overfit") {
      let metric = try takeMetric()
      return .overfit(metric, max: try most(.size, of: "`overfit`") ?? 0.05)
    }
    if cursor.takeWord("ece") { return try calibration(.ece) }
    if cursor.takeWord("mce") { return try calibration(.mce) }
    if cursor.takeWord("calibration") { return try recalibration() }
    if cursor.takeWords("invariant to") { return try invariant() }
    if cursor.takeWord("raising") { return try direction(raises: true) }
    if cursor.takeWord("lowering") { return try direction(raises: false) }
    if cursor.takeWord("monotone") { return try monotone() }
    if cursor.takeWord("latency") { return try latency() }
    if cursor.takeWord("throughput") {
      let bounds = try bounds(.size, of: "`throughput`")
      return .throughput(batch: try batch() ?? 1000, bounds)
    }
    if cursor.takeWord("size") { return try size() }
    if cursor.takeWord("trained") { return try staleness() }
    if cursor.takeWord("deterministic") { return .deterministic(tolerance: try within() ?? 0) }
    if cursor.takeWords("label shuffle") { return .labelShuffle(margin: try within() ?? 0.1) }
    if cursor.hyphenatedWord?.text == "round-trip", let end = cursor.hyphenatedWord?.end {
      cursor.move(to: end)
      let format: ModelTest.ExportFormat = try choice("`round-trip`")
      return .roundTrip(format, tolerance: try within() ?? 1e-5)
    }
    return nil
  }

  /// What is only of networks, of which there is no trainer yet.
  private func refuseNetworks() throws(SuiteProblem) {
    let names = ["loss at init", "loss-at-init", "grad flow", "grad-flow"]
    for name in names {
      var copy = cursor
      guard copy.takeWords(name) || cursor.hyphenatedWord?.text == name else { continue }
      throw cursor.problem(
        "`\(name)` is a test of neural networks, which nothing here trains yet",
        hint: "leave it out; `overfits one batch` and `label shuffle` are of every trainer")
    }
  }

  /// One of the words of a kind.
  private mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ what: String
  ) throws(SuiteProblem) -> Choice {
    let words = Choice.allCases.map(\.rawValue)
    if let word = cursor.hyphenatedWord, let found = Choice(rawValue: word.text) {
      cursor.move(to: word.end)
      return found
    }
    let near = cursor.hyphenatedWord.flatMap { nearestName(to: $0.text, among: words) }
    throw cursor.problem(
      "expected \(SuiteCursor.choices(words.map { "`\($0)`" })) behind \(what), found \(cursor.found)",
      hint: near.map { "did you mean `\($0)`?" })
  }

  private mutating func within() throws(SuiteProblem) -> Double? {
    guard cursor.takeWord("within") else { return nil }
    return try cursor.measure(.size, of: "`within`")
  }

  private mutating func batch() throws(SuiteProblem) -> Int? {
    guard cursor.takeWord("batch") else { return nil }
    let count = try cursor.measure(.count, of: "`batch`")
    guard count >= 1, count <= 1e9 else { throw cursor.problem("a batch has at least one row") }
    return Int(count)
  }

  // MARK: Comparisons

  private mutating func beats() throws(SuiteProblem) -> ModelTest.Kind {
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

  private mutating func noWorse() throws(SuiteProblem) -> ModelTest.Kind {
    var metric: ModelMetric?
    if cursor.takeWord("on") {
      metric = try takeMetric()
      guard metric != nil else { throw unknown() }
    }
    guard cursor.takeWord("by") else { return .regression(metric, margin: 0) }
    return .regression(metric, margin: try cursor.measure(.size, of: "`by`"))
  }

  /// `in [age, income] on id within 0.001: mismatched <= 0.1%`.
  private mutating func skew() throws(SuiteProblem) -> ModelTest.Kind {
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

  // MARK: Calibration and fairness

  private mutating func calibration(
    _ measure: CalibrationRule.Measure
  ) throws(SuiteProblem) -> ModelTest.Kind {
    var rule = CalibrationRule(measure)
    var bins: Int?
    while true {
      if cursor.takeWord("quantile") {
        rule.usesQuantiles = true
      } else if cursor.hyphenatedWord?.text == "top-label", let end = cursor.hyphenatedWord?.end {
        cursor.move(to: end)
        rule.isTopLabel = true
      } else if cursor.isAtNumber {
        let count = try cursor.measure(.count, of: "`\(measure.rawValue)`")
        guard (1...10_000).contains(count) else { throw cursor.problem("bins are from 1 to 10000") }
        bins = Int(count)
        guard cursor.takeWord("bins") else {
          throw cursor.problem(
            "expected `bins`, found \(cursor.found)",
            hint: "write `\(measure.rawValue) 15 bins <= 0.05`")
        }
      } else {
        break
      }
    }
    rule.bins = bins ?? (rule.isTopLabel ? 15 : 10)
    return .calibration(rule, try bounds(.probability, of: "`\(measure.rawValue)`"))
  }

  private mutating func recalibration() throws(SuiteProblem) -> ModelTest.Kind {
    let words = ["slope", "intercept"]
    guard let word = cursor.word, words.contains(word) else {
      throw cursor.problem(
        "expected `slope` or `intercept` behind `calibration`, found \(cursor.found)",
        hint: cursor.word.flatMap { nearestName(to: $0, among: words) }.map {
          "did you mean `\($0)`?"
        })
    }
    _ = cursor.takeWord()
    var rule = CalibrationRule(word == "slope" ? .slope : .intercept)
    if cursor.hyphenatedWord?.text == "top-label", let end = cursor.hyphenatedWord?.end {
      cursor.move(to: end)
      rule.isTopLabel = true
    }
    return .calibration(rule, try bounds(.number, of: "`\(rule.measure.rawValue)`"))
  }

  /// Behind `fair by`: several tests of one grouping.
  mutating func fair() throws(SuiteProblem) -> [ModelTest.Kind] {
    let names = try columns("a column behind `by`")
    var support = scope.support ?? SliceRule.usualSupport
    while cursor.take(",") {
      guard cursor.takeWord("support") else {
        throw cursor.problem(
          "expected `support`, found \(cursor.found)", hint: "write `fair by sex, support >= 30: …`"
        )
      }
      support = try self.support()
    }
    guard cursor.take(":") || scope.bounds != nil else {
      throw cursor.problem(
        "expected `:` and a measure, found \(cursor.found)",
        hint: "write `fair by sex: demographic parity ratio >= 0.8`")
    }
    var kinds: [ModelTest.Kind] = []
    repeat {
      guard
        let measure = FairnessRule.Measure.allCases.first(where: { cursor.takeWords($0.rawValue) })
      else {
        throw cursor.problem(
          "there is no measure of fairness \(cursor.found)",
          hint:
            "measures are \(SuiteCursor.choices(FairnessRule.Measure.allCases.map { "`\($0.rawValue)`" }))"
        )
      }
      var bounds = Bounds()
      if cursor.isAtBounds || scope.bounds != nil {
        bounds = try self.bounds(.probability, of: "`\(measure.rawValue)`")
      } else if measure.isRatio {
        // The four-fifths rule.
        bounds.lower = 0.8
      } else {
        bounds.upper = 0.1
      }
      kinds.append(.fairness(FairnessRule(measure, columns: names, support: support), bounds))
    } while cursor.take(",")
    return kinds
  }

  // MARK: Behaviour

  private mutating func invariant() throws(SuiteProblem) -> ModelTest.Kind {
    let perturbation = try perturbation()
    guard cursor.takeWord("on") || cursor.takeWord("in") else {
      throw cursor.problem(
        "expected `on` and columns, found \(cursor.found)",
        hint: "write `invariant to noise(0.01) on [age, income]`")
    }
    var rule = InvarianceRule(perturbation, columns: try columns("a column"))
    if let tolerance = cursor.takeWord("within") ? try cursor.measure(.ratio, of: "`within`") : nil
    {
      rule.tolerance = tolerance
    }
    if cursor.take(":") {
      guard cursor.takeWord("changed") else {
        throw cursor.problem(
          "expected `changed`, found \(cursor.found)", hint: "write `: changed <= 1%`")
      }
    }
    rule.most = try most(.share, of: "`changed`") ?? InvarianceRule.usualMost
    return .invariance(rule)
  }

  private mutating func perturbation() throws(SuiteProblem) -> InvarianceRule.Perturbation {
    let words = ["noise", "shift", "typo", "case", "swap"]
    guard let word = cursor.word, words.contains(word) else {
      let near = cursor.word.flatMap { nearestName(to: $0, among: words) }
      throw cursor.problem(
        "there is no change \(cursor.found)",
        hint: near.map { "did you mean `\($0)`?" }
          ?? "changes are `noise(0.01)`, `shift(0.1)`, `typo`, `case` and `swap(A, B)`")
    }
    _ = cursor.takeWord()
    switch word {
    case "typo": return .typo
    case "case": return .flipCase
    case "swap":
      try open("swap(A, B)")
      let first = try value("a value")
      guard cursor.take(",") else {
        throw cursor.problem("expected `,` and a second value, found \(cursor.found)")
      }
      let second = try value("a value")
      try close()
      return .swap(first, second)
    default:
      try open("\(word)(0.01)")
      let size = try cursor.measure(.number, of: "`\(word)`")
      try close()
      return word == "noise" ? .noise(size) : .shift(size)
    }
  }

  private mutating func open(_ example: String) throws(SuiteProblem) {
    guard cursor.take("(") else {
      throw cursor.problem("expected `(`, found \(cursor.found)", hint: "write `\(example)`")
    }
  }

  private mutating func close() throws(SuiteProblem) {
    guard cursor.take(")") else { throw cursor.problem("expected `)`, found \(cursor.found)") }
  }

  private mutating func direction(raises: Bool) throws(SuiteProblem) -> ModelTest.Kind {
    let verb = raises ? "raising" : "lowering"
    let column = try cursor.column(of: "a column behind `\(verb)`").text
    var rule = DirectionRule(column: column, raises: raises, neverLowers: true)
    if cursor.takeWord("by") {
      let step = try cursor.measure(.size, of: "`by`")
      guard step > 0 else { throw cursor.problem("`by 0` changes nothing") }
      rule.step = step
    }
    guard cursor.takeWord("never") else {
      throw cursor.problem(
        "expected `never`, found \(cursor.found)",
        hint: "write `\(verb) \(SuiteQuotes.column(column)) never lowers prediction`")
    }
    if cursor.takeWord("raises") {
      rule.neverLowers = false
    } else if !cursor.takeWord("lowers") {
      throw cursor.problem("expected `lowers` or `raises`, found \(cursor.found)")
    }
    _ = cursor.takeWord("prediction")
    if let tolerance = try within() { rule.tolerance = tolerance }
    if cursor.take(":"), !cursor.takeWord("violated") {
      throw cursor.problem(
        "expected `violated`, found \(cursor.found)", hint: "write `: violated <= 2%`")
    }
    rule.most = try most(.share, of: "`violated`") ?? DirectionRule.usualMost
    return .directional(rule)
  }

  private mutating func monotone() throws(SuiteProblem) -> ModelTest.Kind {
    let rises: Bool
    if cursor.takeWord("increasing") {
      rises = true
    } else if cursor.takeWord("decreasing") {
      rises = false
    } else {
      throw cursor.problem(
        "expected `increasing` or `decreasing`, found \(cursor.found)",
        hint: "write `monotone increasing in rooms`")
    }
    guard cursor.takeWord("in") else {
      throw cursor.problem("expected `in` and a column, found \(cursor.found)")
    }
    let column = try cursor.column(of: "a column").text
    return .monotone(
      MonotoneRule(column: column, rises: rises, tolerance: try within() ?? 0))
  }

  // MARK: Time and size

  private mutating func latency() throws(SuiteProblem) -> ModelTest.Kind {
    guard let word = cursor.takeWord(), word.hasPrefix("p"), let percent = Double(word.dropFirst()),
      percent > 0, percent <= 100
    else {
      throw cursor.problem(
        "expected `p50`, `p95` or `p99` behind `latency`",
        hint: "write `latency p95 <= 5ms batch 1`")
    }
    let sign = try cursor.comparisonSign(["<=", "<"], of: "`latency`")
    guard let number = try cursor.takeNumber(), number.value > 0 else {
      throw cursor.problem(
        "expected a time, found \(cursor.found)", hint: "write `5ms`, `200us` or `1s`")
    }
    let unit = cursor.takeWord() ?? ""
    guard let scale = ["us": 1e-6, "ms": 1e-3, "s": 1.0][unit] else {
      throw cursor.problem(
        unit.isEmpty ? "a time without a unit" : "`\(unit)` is no unit of time", at: number.end,
        hint: "write `5ms`, `200us` or `1s`")
    }
    let bounds = Bounds(upper: number.value * scale, excludesUpper: sign == "<")
    return .latency(LatencyRule(quantile: percent / 100, batch: try batch() ?? 1), bounds)
  }

  private mutating func size() throws(SuiteProblem) -> ModelTest.Kind {
    _ = try cursor.comparisonSign(["<="], of: "`size`")
    guard let number = try cursor.takeNumber(), number.value > 0 else {
      throw cursor.problem("expected a size, found \(cursor.found)", hint: "write `10MB`")
    }
    let unit = cursor.takeWord() ?? ""
    guard let scale = ByteSize.units.first(where: { $0.name == unit })?.bytes else {
      throw cursor.problem(
        unit.isEmpty ? "a size without a unit" : "`\(unit)` is no unit of size", at: number.end,
        hint: "units are B, kB, MB, GB, KiB, MiB and GiB")
    }
    return .size(Bounds(upper: (number.value * scale).rounded()))
  }

  private mutating func staleness() throws(SuiteProblem) -> ModelTest.Kind {
    var most = scope.bounds?.upper
    if cursor.takeWord("within") { most = try cursor.measure(.duration, of: "`within`") }
    guard let most else {
      throw cursor.problem(
        "expected `within`, found \(cursor.found)", hint: "write `trained within 30d`")
    }
    return .staleness(most)
  }

  private mutating func oneBatch() throws(SuiteProblem) -> ModelTest.Kind {
    var rows = 32
    if cursor.takeWord("of") {
      let count = try cursor.measure(.count, of: "`of`")
      guard (2...100_000).contains(count) else {
        throw cursor.problem("a batch is of 2 to 100000 rows")
      }
      rows = Int(count)
    }
    let least = scope.bounds?.lower
    guard cursor.follows(">") else { return .overfitsOneBatch(rows: rows, minimum: least ?? 0.99) }
    _ = try cursor.comparisonSign([">="], of: "`overfits one batch`")
    return .overfitsOneBatch(
      rows: rows, minimum: try cursor.measure(.probability, of: "`overfits one batch`"))
  }
}

extension ModelTest.Margin {
  /// A tenth of what could be gained over something simple, anything over a champion.
  static func usual(_ baseline: ModelTest.Baseline) -> Self {
    .ofPossible(baseline == .champion ? 0 : 0.1)
  }
}
