import Compute
import Formats
import Learning
import Platform
import Projects
import SystemPackage

/// Judges tests for which the suite's trainer trains.
struct TrainingJudge {
  let judge: ModelJudge

  init(_ judge: ModelJudge) { self.judge = judge }

  func outcome(of test: ModelTest) async -> TestOutcome {
    do { return try await self.result(of: test) } catch {
      return TestOutcome(test, untested: Self.failure(error, at: test.location))
    }
  }

  /// Why a test that trains could not be done.
  static func failure(_ error: any Error, at location: SourceLocation) -> Failure {
    if error is CancellationError {
      return Failure(.interrupted, "the training was ended", at: location)
    }
    var failure = error as? Failure ?? Failure(.bug, "\(error)")
    if failure.location == nil { failure.location = location }
    return failure
  }

  private func result(of test: ModelTest) async throws -> TestOutcome {
    switch test.kind {
    case .crossValidation(let rule): return try await crossValidation(test, rule)
    case .baseline(.simpleTree, let metric, let margin):
      return try await simpleTree(test, metric, margin)
    case .labelShuffle(let margin): return try await labelShuffle(test, margin)
    case .overfitsOneBatch(let rows, let minimum):
      return try await oneBatch(test, rows, minimum)
    default: throw Failure(.bug, "a test that does not train")
    }
  }

  /// The rows that trainers learn from: those of `train`, or else of `data`.
  func source() throws -> (table: Table, label: String) {
    let suite = judge.suite
    guard let reference = suite.train ?? suite.data else {
      throw Failure(
        .invalid, "the suite names no rows to train on", hint: "add `train: data/train.csv`")
    }
    let table = try judge.places.table(reference, asText: [], threads: judge.threads)
    guard let label = suite.label ?? suite.model.label ?? judge.predictor.target else {
      throw Failure(
        .invalid, "the suite does not say what is to be predicted", hint: "add `label:`")
    }
    guard table[label] != nil else { throw Failure.noColumn(label, in: table) }
    return (table, label)
  }

  /// Trains on a table, in a folder that goes away.
  ///
  /// - Parameters:
  ///   - values: parameters besides the trainer's.
  ///   - named: nil: the suite's trainer.
  /// - Throws: ``Failure``, also for parameters that the trainer does not have.
  func train(
    _ table: Table, _ label: String, _ values: [String: String],
    with named: TestTrainer? = nil, cv: JSONValue? = nil, in folder: FilePath
  ) async throws -> TrainingResult {
    guard let named = named ?? judge.suite.trainer else {
      throw Failure(
        .invalid, "the suite names no trainer",
        hint: "add `trainer: logistic`, or `{name: xgboost, …}`")
    }
    let trainer = try Trainers.named(named.name)
    let known = trainer.parameters.map(\.name)
    for name in (Array(named.values.keys) + values.keys).sorted() where !known.contains(name) {
      throw Failure(
        .invalid, "`\(named.name)` has no parameter `\(name)`",
        hint: nearestName(to: name, among: known).map { "did you mean `\($0)`?" })
    }
    let data = folder.appending("train.csv")
    try FileSystem.write(TableText(table).csv, to: data, durable: false)
    var all: [String: String] = [:]
    for parameter in trainer.parameters {
      if let standard = parameter.defaultValue { all[parameter.name] = standard }
    }
    all.merge(named.values) { $1 }
    all["target"] = label
    all["data"] = data.string
    // Under another name it is the seed all the same, and deals the rows out as well.
    all["seed"] = named.seed ?? String(judge.suite.seed)
    all.merge(values) { $1 }
    var settings: [String: Setting] = [:]
    if let cv { settings[CrossValidation.key] = Setting(CrossValidation.key, cv) }
    let job = TrainingJob(
      values: all, inputs: [data], folder: folder, output: folder, settings: settings,
      threads: judge.threads)
    return try await trainer.train(job, reporting: SilentObserver())
  }

  func evaluation(
    _ result: TrainingResult, _ table: Table, _ label: String
  ) throws -> Evaluation {
    guard let file = result.models.first?.path else { throw Failure(.bug, "no model was trained") }
    let predictor = try FilePredictor(file, shownAs: "the trained model")
    guard let truth = table[label] else { throw Failure.noColumn(label, in: table) }
    // As it was learnt: from text, where the model reads columns as they are spelled.
    let texts = predictor.textColumns
    let spelled = try texts.isEmpty ? table : TableFile.table(TableText(table).csv, asText: texts)
    return Evaluation(
      table, try predictor.answers(for: spelled.dropping(label), threads: judge.threads),
      label: truth, positive: judge.suite.positive)
  }

  // MARK: Sanity of the training

  /// Trained on labels that belong to other rows a model cannot know more than which class is frequent.
  private func labelShuffle(_ test: ModelTest, _ margin: Double) async throws -> TestOutcome {
    let (table, label) = try source()
    guard let truth = table[label] else { throw Failure.noColumn(label, in: table) }
    let rows = (0..<table.rowCount).filter { !truth.isMissing($0) }
    guard rows.count >= 20 else { throw Failure(.invalid, "there are fewer than 20 rows") }
    var lots = rows
    var stream = RandomStream(seed: judge.suite.seed, purpose: "shuffled labels")
    stream.shuffle(&lots)
    let labels = Table([truth]).selecting(lots).columns[0]
    let shuffled = table.selecting(rows).replacing(labels)
    // What is held out decides: any model may learn the rest by heart.
    let half = rows.count / 2
    let (train, held) = (
      shuffled.selecting(Array(0..<half)), shuffled.selecting(Array(half..<rows.count))
    )
    let folder = try TemporaryDirectory(prefix: "reprise-shuffle-")
    let result = try await self.train(train, label, ["test_fraction": "0"], in: folder.path)
    let own = try evaluation(result, held, label)
    let metric = judge.usualMetric(own)
    let (value, chance) = (try own.value(metric, own.labelledRows), try Self.chance(own, metric))
    let gain =
      metric.isLoss ? (chance - value) / max(chance, .leastNormalMagnitude) : value - chance
    return TestOutcome(
      test, passed: gain <= margin,
      found:
        "\(metric.text) \(shortNumber(value)) on shuffled labels, \(shortNumber(chance)) without a model",
      value: gain, nearest: "within \(PlainValue.text(NearNumber.above(gain)))")
  }

  /// The metric of the most frequent class, or of the mean.
  private static func chance(_ evaluation: Evaluation, _ metric: ModelMetric) throws -> Double {
    let rows = evaluation.labelledRows
    guard !metric.isOfNumbers else {
      let actual = try evaluation.numbers.actual
      // What the mean itself has as its root mean squared error.
      return Moments(rows.map { actual[$0] }).deviation(freedomsLost: 0)
    }
    let view = try evaluation.classes
    var counts = [Int](repeating: 0, count: view.names.count)
    for row in rows { counts[Int(view.actual[row])] += 1 }
    return Double(counts.max() ?? 0) / Double(rows.count)
  }

  private func oneBatch(
    _ test: ModelTest, _ count: Int, _ minimum: Double
  ) async throws -> TestOutcome {
    let (table, label) = try source()
    guard let truth = table[label] else { throw Failure.noColumn(label, in: table) }
    var rows = (0..<table.rowCount).filter { !truth.isMissing($0) }
    var stream = RandomStream(seed: judge.suite.seed, purpose: "one batch")
    stream.shuffle(&rows)
    rows = rows.prefix(count).sorted()
    let batch = table.selecting(rows)
    let folder = try TemporaryDirectory(prefix: "reprise-batch-")
    let result = try await train(batch, label, ["test_fraction": "0"], in: folder.path)
    let own = try evaluation(result, batch, label)
    let metric: ModelMetric = own.isOfClasses ? .accuracy : .r2
    let value = try own.value(metric, own.labelledRows)
    return TestOutcome(
      test, passed: value >= minimum,
      found: "\(metric.text) \(shortNumber(value)) on the \(judge.count(rows.count)) it learnt",
      value: value, nearest: ">= \(PlainValue.text(NearNumber.below(value)))")
  }
}
