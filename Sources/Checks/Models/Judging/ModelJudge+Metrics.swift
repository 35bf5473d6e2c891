import Platform

extension ModelJudge {
  func metric(_ test: ModelTest, _ metric: ModelMetric, _ bounds: Bounds) throws -> TestOutcome {
    let evaluation = try evaluation.get()
    let rows = try rows(test, of: evaluation)
    let overall = try evaluation.value(metric, rows)
    guard let rule = test.slices else {
      return number(
        test, overall, bounds, found: "\(shortNumber(overall)) over \(count(rows.count))")
    }
    let slices = try Slices(rule.columns, of: evaluation.table, rows: rows)
    let judged = slices.all.map { slice -> OutcomeDetail.SliceRow in
      self.slice(slice, evaluation, metric, bounds, rule, overall)
    }
    let known = judged.filter { $0.value != nil }
    guard !known.isEmpty else {
      throw Failure(
        .invalid, "no slice has \(rule.support) rows with a label",
        hint: "the largest has \(slices.all.map(\.rows.count).max() ?? 0): lower `support`")
    }
    return sliced(test, metric, judged, overall)
  }

  private func slice(
    _ slice: Slices.Slice, _ evaluation: Evaluation, _ metric: ModelMetric, _ bounds: Bounds,
    _ rule: SliceRule, _ overall: Double
  ) -> OutcomeDetail.SliceRow {
    guard slice.rows.count >= rule.support,
      let value = try? evaluation.value(metric, slice.rows)
    else {
      return .init(name: slice.name, count: slice.rows.count, value: nil, passes: true)
    }
    // Wilson's intervals cost nothing; others are drawn only where they decide.
    let interval =
      rule.isConfident
      ? evaluation.interval(metric, slice.rows, seed: suite.seed, threads: threads) : nil
    func isFine(_ value: Double) -> Bool {
      let isNear = rule.gap.map { gap in
        // Sums of decimals are rounded: what is .05 apart passes at .05.
        (metric.isLoss ? value - overall : overall - value) <= gap + 1e-12
      }
      return bounds.contains(value) && isNear != false
    }
    var passes = isFine(value)
    if !passes, let interval {
      // It passes where any number of its interval does: nearest to what is asked for.
      let nearest =
        [interval.lowerBound, interval.upperBound]
        + bounds.ends.map {
          min(max($0, interval.lowerBound), interval.upperBound)
        }
      passes = nearest.contains(where: isFine)
    }
    return .init(
      name: slice.name, count: slice.rows.count, value: value, interval: interval, passes: passes)
  }

  private func sliced(
    _ test: ModelTest, _ metric: ModelMetric, _ rows: [OutcomeDetail.SliceRow], _ overall: Double
  ) -> TestOutcome {
    let known = rows.filter { $0.value != nil }
    let failing = known.filter { !$0.passes }
    let order: (OutcomeDetail.SliceRow, OutcomeDetail.SliceRow) -> Bool = { first, second in
      let (a, b) = (first.value ?? 0, second.value ?? 0)
      return metric.isLoss ? a > b : a < b
    }
    let worst = (failing.isEmpty ? known : failing).min(by: order)
    var found = "worst: \(worst?.name ?? "") \(shortNumber(worst?.value ?? .nan))"
    found += ", all rows \(shortNumber(overall))"
    if failing.count > 1 { found += "; \(failing.count) of \(known.count) slices fail" }
    let few = rows.count - known.count
    if few > 0 { found += "; \(few == 1 ? "1 slice has" : "\(few) slices have") too few rows" }
    return TestOutcome(
      test, passed: failing.isEmpty, found: found, value: worst?.value,
      details: [.slices(rows, overall: overall)])
  }

  // MARK: Overfitting

  /// How much better the metric is where the model learnt.
  func overfit(_ test: ModelTest, _ named: ModelMetric?, _ most: Double) throws -> TestOutcome {
    let evaluation = try evaluation.get()
    if case .predictions = suite.model.place {
      throw Failure(
        .unsupported, "\(predictor.name) says nothing of the rows that the model learnt from",
        hint: "name the model itself: `model:`, `command:` or `http:`, with `train:`")
    }
    guard let training = try training?.get() else {
      throw Failure(
        .invalid, "the suite does not say what the model was trained on",
        hint: "add `train: data/train.csv`")
    }
    let metric = named ?? usualMetric(evaluation)
    let own = try evaluation.value(metric, rows(test, of: evaluation))
    let learnt = try training.value(metric, rows(test, of: training))
    let decline = metric.isLoss ? own - learnt : learnt - own
    return TestOutcome(
      test, passed: decline <= most + 1e-12,
      found:
        "\(metric.text) \(shortNumber(learnt)) in training, \(shortNumber(own)) here: \(shortNumber(decline)) worse",
      value: decline, nearest: "<= \(PlainValue.text(NearNumber.above(decline)))",
      details: [.numbers(["training", "here"], [learnt, own])])
  }

  func usualMetric(_ evaluation: Evaluation) -> ModelMetric {
    evaluation.isOfClasses ? .accuracy : .rmse
  }

  func finite(_ test: ModelTest) throws -> TestOutcome {
    // Answers that are no numbers are refused before anything is computed of them.
    let evaluation = try evaluation.get()
    return TestOutcome(
      test, passed: true, found: "all \(count(evaluation.answers.count))", value: 0)
  }
}

extension Bounds {
  var ends: [Double] { [lower, upper].compactMap(\.self) }
}
