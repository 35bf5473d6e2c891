import Platform

extension ModelTestParser {
  mutating func calibration(
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

  mutating func recalibration() throws(SuiteProblem) -> ModelTest.Kind {
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
}
