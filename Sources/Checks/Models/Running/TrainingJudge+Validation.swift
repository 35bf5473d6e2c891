import Compute
import Formats
import Learning
import Platform
import Projects
import SystemPackage

extension TrainingJudge {
  func crossValidation(
    _ test: ModelTest, _ rule: CrossValidationRule
  ) async throws -> TestOutcome {
    let (table, label) = try source()
    guard let nested = rule.nested else {
      let values = try await folds(of: table, label, rule.plan, rule.metric, [:])
      return outcome(test, rule, values, names: values.indices.map { "fold \($0 + 1)" })
    }
    let (values, chosen) = try await self.nested(nested, rule, table, label)
    let texts = chosen.map(nested.text)
    return outcome(
      test, rule, values, names: zip(1..., texts).map { "fold \($0): \($1)" },
      note: "; chosen: \(texts.joined(separator: "; "))")
  }

  private func outcome(
    _ test: ModelTest, _ rule: CrossValidationRule, _ values: [Double], names: [String],
    note: String = ""
  ) -> TestOutcome {
    let moments = Moments(values)
    let (mean, deviation) = (moments.mean, moments.deviation(freedomsLost: 0))
    let value = mean - rule.factor * deviation
    return judge.number(
      test, value, rule.bounds,
      found:
        "\(rule.metric.text) \(shortNumber(mean)) ± \(shortNumber(deviation)) of \(values.count) folds: \(shortNumber(value))\(note)",
      details: [.numbers(names, values)])
  }

  /// The metric of each fold's rows, as a model that had not seen them predicts them.
  ///
  /// - Parameters:
  ///   - plan: as `cv` of an entry point has it.
  ///   - values: parameters besides the trainer's.
  private func folds(
    of table: Table, _ label: String, _ plan: JSONValue, _ metric: ModelMetric,
    _ values: [String: String]
  ) async throws -> [Double] {
    let folder = try TemporaryDirectory(prefix: "reprise-cv-")
    _ = try await train(table, label, values, cv: plan, in: folder.path)
    let made = try TableFile.read(
      folder.path.appending("oof_predictions.csv"), threads: judge.threads)
    guard let truth = made["truth"], case .numbers(let folds)? = made["fold"]?.values else {
      throw Failure(.bug, "a training without predictions of its folds")
    }
    let probabilities = made.columns.contains { $0.name.hasPrefix("p(") }
    let answers = try PredictionsTable(
      made, PredictionColumns(prediction: probabilities ? nil : "prediction"), truth: truth,
      positive: judge.suite.positive, shownAs: "the folds"
    ).answers
    let evaluation = Evaluation(made, answers, label: truth, positive: judge.suite.positive)
    return try Set(folds).sorted().map { fold in
      try evaluation.value(metric, folds.indices.filter { folds[$0] == fold })
    }
  }

  // MARK: Folds in folds

  /// What the choice of each fold scores on the rows that neither it nor its choosing has seen, and the choices.
  private func nested(
    _ nested: NestedPlan, _ rule: CrossValidationRule, _ table: Table, _ label: String
  ) async throws -> (values: [Double], chosen: [[String: String]]) {
    guard let truth = table[label] else { throw Failure.noColumn(label, in: table) }
    let rows = (0..<table.rowCount).filter { !truth.isMissing($0) }
    // As trainers number classes.
    let spelling = ClassSpelling(truth)
    let places = ClassPlaces(CellText.sorted(spelling.names))
    let codes = spelling.codes.map { Int32($0 < 0 ? -1 : places[spelling.names[Int($0)]] ?? 0) }
    guard let outer = try CrossValidation(Setting(CrossValidation.key, rule.plan)) else {
      throw Failure(.bug, "a cross-validation of nothing")
    }
    let all = try outer.folds(
      of: table, rows: rows, labels: rule.metric.isOfNumbers ? nil : rows.map { codes[$0] },
      seed: judge.suite.trainer?.seed.flatMap(UInt64.init) ?? judge.suite.seed)
    // A part has no room for test parts as large as those of the whole.
    let inner = rule.plan.replacing("folds", .int(Int64(nested.inner))).removing("test_size")
    var values: [Double] = []
    var chosen: [[String: String]] = []
    for (number, fold) in all.enumerated() {
      do {
        try Task.checkCancellation()
        let part = table.selecting(fold.train)
        let point = try await best(nested, rule.metric, part, label, inner)
        let folder = try TemporaryDirectory(prefix: "reprise-nested-")
        let result = try await train(
          part, label, point.merging(["test_fraction": "0"]) { $1 }, in: folder.path)
        let own = try evaluation(result, table.selecting(fold.test), label)
        values.append(try own.value(rule.metric, own.labelledRows))
        chosen.append(point)
      } catch var failure as Failure {
        failure.message = "fold \(number + 1) of \(all.count): \(failure.message)"
        throw failure
      }
    }
    return (values, chosen)
  }

  /// The point of the grid with the best mean, the first of equal ones.
  private func best(
    _ nested: NestedPlan, _ metric: ModelMetric, _ table: Table, _ label: String,
    _ plan: JSONValue
  ) async throws -> [String: String] {
    var best: (point: [String: String], mean: Double)?
    for point in nested.points {
      let own = try await folds(of: table, label, plan, metric, point)
      let mean = Moments(own).mean
      if let known = best, metric.isLoss ? mean >= known.mean : mean <= known.mean { continue }
      best = (point, mean)
    }
    guard let best else { throw Failure(.bug, "a grid without a point") }
    return best.point
  }
}

extension JSONValue {
  /// An object with another value of a key that it has.
  fileprivate func replacing(_ key: String, _ value: JSONValue) -> JSONValue {
    .object((members ?? []).map { $0.key == key ? .init(key, value) : $0 })
  }

  /// An object without a key.
  fileprivate func removing(_ key: String) -> JSONValue {
    .object((members ?? []).filter { $0.key != key })
  }
}
