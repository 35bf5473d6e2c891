import Compute
import Platform

extension ModelJudge {
  func baseline(
    _ test: ModelTest, _ baseline: ModelTest.Baseline, _ named: ModelMetric?,
    _ margin: ModelTest.Margin
  ) throws -> TestOutcome {
    let evaluation = try evaluation.get()
    let metric = named ?? usualMetric(baseline, evaluation)
    var rows = try rows(test, of: evaluation)
    // The first row has none before it.
    if baseline == .last { rows = Array(rows.dropFirst()) }
    guard !rows.isEmpty else { throw Failure(.invalid, "there is a single row with a label") }
    let simple =
      baseline == .champion
      ? try self.champion(for: test) : try self.simple(baseline, evaluation)
    return try compared(test, baseline, metric, margin, to: simple, rows: rows)
  }

  /// Whether the model is better than something else by a margin.
  func compared(
    _ test: ModelTest, _ baseline: ModelTest.Baseline, _ metric: ModelMetric,
    _ margin: ModelTest.Margin, to simple: Evaluation, rows: [Int]
  ) throws -> TestOutcome {
    let evaluation = try evaluation.get()
    let own = try evaluation.value(metric, rows)
    let other = try simple.value(metric, rows)
    let gain = metric.isLoss ? other - own : own - other
    let possible = abs(metric.best - other)
    let passed: Bool
    var found = "\(metric.text) \(shortNumber(own)), \(baseline.rawValue) \(shortNumber(other))"
    switch margin {
    case .absolute(let least):
      passed = least == 0 ? gain > 0 : gain >= least - 1e-12
      found += ": \(shortNumber(abs(gain))) \(gain < 0 ? "worse" : "better")"
    case .ofPossible(let least):
      let share = possible > 0 ? gain / possible : gain == 0 ? 0 : -.infinity
      passed = least == 0 ? gain > 0 : share >= least - 1e-12
      if share.isFinite { found += ": \(self.share(share)) of what could be gained" }
    }
    return TestOutcome(
      test, passed: passed, found: found, value: own,
      details: [.numbers(["the model", baseline.rawValue], [own, other])])
  }

  /// That of which the simple one is the best that knows no column.
  private func usualMetric(
    _ baseline: ModelTest.Baseline, _ evaluation: Evaluation
  ) -> ModelMetric {
    switch baseline {
    case .majority, .stratified: .accuracy
    case .mean: .rmse
    case .last, .simpleTree, .champion: usualMetric(evaluation)
    }
  }

  func champion(for test: ModelTest) throws -> Evaluation {
    guard let champion = try champion?.get() else {
      throw Failure(
        .invalid, "the suite names no champion", hint: "add `champion: run:ID/model`",
        at: test.location)
    }
    return champion
  }

  /// What something simple answers to the rows. It learns from the training table, or else from these rows themselves.
  private func simple(_ baseline: ModelTest.Baseline, _ evaluation: Evaluation) throws -> Evaluation
  {
    let source = try training?.get() ?? evaluation
    let answers: Answers
    switch baseline {
    case .champion, .simpleTree: throw Failure(.bug, "a baseline that is made elsewhere")
    case .mean:
      let view = try evaluation.numbers
      let known = try source.numbers.actual.filter { !$0.isNaN }
      let mean = Moments(known).mean
      answers = Answers(.numbers(view.actual.map { _ in mean }))
    case .last:
      answers = try last(evaluation)
    case .majority, .stratified:
      answers = try frequencies(baseline, evaluation, source)
    }
    return Evaluation(
      evaluation.table, answers, label: evaluation.label, positive: evaluation.positiveName)
  }

  private func frequencies(
    _ baseline: ModelTest.Baseline, _ evaluation: Evaluation, _ source: Evaluation
  ) throws -> Answers {
    let view = try evaluation.classes
    let learnt = try source.classes
    var counts = [Int](repeating: 0, count: view.names.count)
    let places = ClassPlaces(view.names)
    for code in learnt.actual where code >= 0 {
      if let place = places[learnt.names[Int(code)]] { counts[place] += 1 }
    }
    let total = counts.reduce(0, +)
    guard total > 0 else { throw Failure(.invalid, "no row has a label") }
    var matrix = Matrix(rows: view.actual.count, columns: counts.count)
    for row in 0..<matrix.rows {
      for place in counts.indices { matrix[row, place] = Double(counts[place]) / Double(total) }
    }
    var labels = Answers.likeliest(matrix)
    if baseline == .stratified {
      var stream = RandomStream(seed: suite.seed, purpose: "stratified baseline")
      labels = labels.map { _ in
        var left = stream.integer(below: total)
        let place = counts.firstIndex { count in
          left -= count
          return left < 0
        }
        return Int32(place ?? 0)
      }
    }
    return Answers(.classes(names: view.names, labels: labels, probabilities: matrix))
  }

  /// The last true value before each row; of the first row its own, which nobody looks at.
  private func last(_ evaluation: Evaluation) throws -> Answers {
    if evaluation.isOfClasses {
      let view = try evaluation.classes
      var before = view.actual.first { $0 >= 0 } ?? 0
      let labels = view.actual.map { code in
        defer { if code >= 0 { before = code } }
        return before
      }
      return Answers(.classes(names: view.names, labels: labels, probabilities: nil))
    }
    let view = try evaluation.numbers
    var before = view.actual.first { !$0.isNaN } ?? 0
    return Answers(
      .numbers(
        view.actual.map { value in
          defer { if !value.isNaN { before = value } }
          return before
        }))
  }

  // MARK: Champion

  /// Chances below this are none.
  private static let significance = 0.05

  func regression(_ test: ModelTest, _ named: ModelMetric?, _ margin: Double) throws -> TestOutcome
  {
    let evaluation = try evaluation.get()
    let champion = try self.champion(for: test)
    let metric = named ?? usualMetric(evaluation)
    let rows = try rows(test, of: evaluation)
    let own = try evaluation.value(metric, rows)
    let other = try champion.value(metric, rows)
    let loss = metric.isLoss ? own - other : other - own
    var found = "\(metric.text) \(shortNumber(own)), champion \(shortNumber(other))"
    let details = [OutcomeDetail.numbers(["the model", "champion"], [own, other])]
    guard loss > margin else {
      return TestOutcome(test, passed: true, found: found, value: own, details: details)
    }
    let p = try chance(metric, evaluation, champion, rows, margin)
    found += ": \(shortNumber(loss)) worse, p = \(shortNumber(p))"
    return TestOutcome(
      test, passed: p >= Self.significance, found: found, value: own,
      nearest: "by \(PlainValue.text(NearNumber.above(loss)))", details: details)
  }

  /// How likely a loss as large as that is between models that are equally good.
  private func chance(
    _ metric: ModelMetric, _ evaluation: Evaluation, _ champion: Evaluation, _ rows: [Int],
    _ margin: Double
  ) throws -> Double {
    if metric == .accuracy, margin == 0 {
      let (own, other) = (try evaluation.classes, try champion.classes)
      var (onlyOwn, onlyOther) = (0, 0)
      for row in rows {
        let isRight = own.actual[row] == own.predicted[row]
        let wasRight = other.actual[row] == other.predicted[row]
        if isRight, !wasRight { onlyOwn += 1 }
        if wasRight, !isRight { onlyOther += 1 }
      }
      return HypothesisTest.mcNemarExact(onlyOwn, onlyOther).p
    }
    let sign = metric.isLoss ? 1.0 : -1.0
    let losses = PairedBootstrap.statistics(
      rows: rows.count, replicates: Evaluation.replicates(rows.count), seed: suite.seed,
      pool: WorkerPool(threads: threads)
    ) { drawn in
      let own = drawn.map { rows[$0] }
      guard let a = try? evaluation.raw(metric, own), let b = try? champion.raw(metric, own) else {
        return .nan
      }
      return sign * (a - b)
    }.filter(\.isFinite)
    let low = losses.count { $0 <= margin }
    return Double(low + 1) / Double(losses.count + 1)
  }
}
