import Compute
import Platform

/// Tests the model of a suite.
package struct ModelTesting: Sendable {
  private let suite: ModelSuite
  private let places: any ModelPlaces
  private let threads: Int
  private let now: Double

  /// - Parameter now: seconds since 1970, from which ages are counted.
  package init(
    _ suite: ModelSuite, places: any ModelPlaces, threads: Int,
    now: Double = Double(Clock.milliseconds()) / 1000
  ) {
    self.suite = suite
    self.places = places
    self.threads = threads
    self.now = now
  }

  /// Does all tests of the suite. A test that cannot be done says so, and the others are done.
  ///
  /// - Throws: ``Failure``: the model itself or its data cannot be read.
  ///
  /// - Parameter progress: is told what each test says, before it is done.
  package func outcome(
    progress: (String) -> Void = { _ in }
  ) async throws -> SuiteOutcome {
    let judge = try await ParallelWork.onDeepThread { try self.judge() }
    var outcomes: [TestOutcome] = []
    for test in suite.tests {
      progress(test.text)
      if test.kind.trains {
        outcomes.append(await TrainingJudge(judge).outcome(of: test))
      } else {
        outcomes.append(try await ParallelWork.onDeepThread { judge.outcome(of: test) })
      }
    }
    let table = (try? judge.evaluation.get())?.table
    return SuiteOutcome(
      file: suite.file, source: judge.predictor.name.filter { $0 != "`" },
      rows: table?.rowCount ?? 0, columns: table?.columns.count ?? 0, outcomes: outcomes)
  }

  private func judge() throws -> ModelJudge {
    if case .predictions(let reference, let columns) = suite.model.place {
      return try judge(reference, columns)
    }
    guard let predictor = try places.predictor(suite.model) else {
      throw Failure(.bug, "a model that cannot be opened")
    }
    let evaluation = evaluation(suite.data, by: predictor, "data")
    let training = suite.train.map { self.evaluation($0, by: predictor, "train") }
    return ModelJudge(
      suite: suite, predictor: predictor, places: places, threads: threads, now: now,
      evaluation: evaluation, training: training, champion: champion(evaluation))
  }

  private func judge(_ reference: TableReference, _ columns: PredictionColumns) throws -> ModelJudge
  {
    let table = try places.table(reference, asText: [], threads: threads)
    guard let label = columns.label ?? suite.label else {
      throw Failure(
        .invalid, "the suite does not say which column holds what is true",
        hint: "add `label: COLUMN`", at: suite.model.location)
    }
    let shown = table.source.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    guard let truth = table[label] else { throw Failure.noColumn(label, in: table) }
    let made = try PredictionsTable(
      table, columns, truth: truth, positive: suite.positive, shownAs: shown ?? "predictions")
    let evaluation = Evaluation(table, made.answers, label: truth, positive: suite.positive)
    return ModelJudge(
      suite: suite, predictor: made, places: places, threads: threads, now: now,
      evaluation: .success(evaluation), training: nil, champion: champion(.success(evaluation)))
  }

  private func evaluation(
    _ reference: TableReference?, by predictor: any Predictor, _ key: String
  ) -> Result<Evaluation, Failure> {
    do {
      guard let reference else {
        throw Failure(
          .invalid, "the suite names no rows to test with", hint: "add `data: data/test.csv`")
      }
      let table = try places.table(reference, asText: predictor.textColumns, threads: threads)
      let label = try label(in: table, of: predictor)
      let answers = try predictor.answers(
        for: table.dropping(label.name), threads: threads)
      return .success(Evaluation(table, answers, label: label, positive: suite.positive))
    } catch let failure as Failure {
      return .failure(failure)
    } catch {
      return .failure(Failure(.bug, "\(error)"))
    }
  }

  private func label(in table: Table, of predictor: any Predictor) throws -> Column {
    guard let name = suite.label ?? predictor.target else {
      throw Failure(
        .invalid, "the suite does not say which column is to be predicted",
        hint: "add `label: COLUMN`", at: suite.model.location)
    }
    guard let column = table[name] else {
      var failure = Failure.noColumn(name, in: table)
      failure.message = "the label `\(name)` is no column of \(table.source ?? "the table")"
      throw failure
    }
    return column
  }

  /// The same rows, as the champion answers them.
  private func champion(_ evaluation: Result<Evaluation, Failure>) -> Result<Evaluation, Failure>? {
    guard let reference = suite.champion else { return nil }
    do {
      let own = try evaluation.get()
      if case .predictions(let place, let columns) = reference.place {
        let table = try places.table(place, asText: [], threads: threads)
        guard table.rowCount == own.table.rowCount else {
          throw Failure(
            .invalid,
            "the champion predicts \(DigitGroups.text(table.rowCount)) rows, and there are \(DigitGroups.text(own.table.rowCount))"
          )
        }
        let truth = table[columns.label ?? own.label.name] ?? own.label
        let made = try PredictionsTable(
          table, columns, truth: truth, positive: suite.positive, shownAs: "the champion")
        return .success(
          Evaluation(own.table, made.answers, label: own.label, positive: suite.positive))
      }
      guard let predictor = try places.predictor(reference) else { return nil }
      // A champion may read other columns as text.
      let table =
        try suite.data.map {
          try places.table($0, asText: predictor.textColumns, threads: threads)
        } ?? own.table
      let answers = try predictor.answers(for: table.dropping(own.label.name), threads: threads)
      return .success(
        Evaluation(own.table, answers, label: own.label, positive: suite.positive))
    } catch var failure as Failure {
      failure.message = "the champion cannot be asked: \(failure.message)"
      return .failure(failure)
    } catch {
      return .failure(Failure(.bug, "\(error)"))
    }
  }
}

extension ModelTest.Kind {
  /// Whether a model is trained for it.
  var trains: Bool {
    switch self {
    case .crossValidation, .labelShuffle, .overfitsOneBatch, .baseline(.simpleTree, _, _): true
    default: false
    }
  }
}
