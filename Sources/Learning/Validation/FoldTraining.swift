import Compute
import Formats
import Platform
import SystemPackage

/// Cross-validation of any trainer: it is told how to learn from one fold, and does the rest.
///
///     let training = FoldTraining(folds: folds, table: table, truth: .numbers(values), weights: nil)
///     let result = try await training.run(job, reporting: observer) { fold in
///       let model = try fit(fold.train)
///       return FoldAnswer(.numbers(try model.predict(fold.test)))
///     }
///
/// Each fold's figures are told as `fold_<metric>`, a step for each fold; ``Result/metrics`` has
/// `cv_<metric>`, their mean, and `cv_<metric>_std`, their standard deviation (of these very
/// numbers, as NumPy's). The predictions of each row by the model that had not seen it are written
/// to `oof_predictions.csv`.
package struct FoldTraining: Sendable {
  let folds: [Fold]
  let table: Table
  let truth: Truth
  /// Of every row of the table.
  let weights: [Double]?

  /// What is to be predicted, of every row of the table.
  package enum Truth: Sendable {
    case classes([Int32], names: [String])
    case numbers([Double])
  }

  package struct Result: Sendable {
    package var metrics: [(name: String, value: Double)] = []
    /// For the record: every fold's sizes and figures.
    package var details: JSONValue = .null
    /// The mean of the best rounds, rounded; nil when nothing stopped early.
    package var rounds: Int?
    package var file: FilePath
  }

  package init(folds: [Fold], table: Table, truth: Truth, weights: [Double]? = nil) {
    self.folds = folds
    self.table = table
    self.truth = truth
    self.weights = weights
  }

  /// Learns and scores, fold after fold.
  ///
  /// - Throws: what `fit` throws, with the fold's number when it is a ``Failure``; and
  ///   `CancellationError` between folds.
  nonisolated(nonsending) package func run(
    _ job: TrainingJob, reporting observer: any TrainingObserver,
    fit: (Fold) async throws -> FoldAnswer
  ) async throws -> Result {
    var writer = OutOfFoldWriter(truth)
    var scores: [[(name: String, value: Double)]] = []
    var rounds: [Int] = []
    for (number, fold) in folds.enumerated() {
      observer.progress(
        TrainingProgress("validating", Int64(number), of: Int64(folds.count), unit: "folds"))
      let answer: FoldAnswer
      do { answer = try await fit(fold) } catch var failure as Failure {
        failure.message = "fold \(number) of `cv`: \(failure.message)"
        throw failure
      }
      let own = answer.scores ?? self.scores(of: answer.predictions, fold.test)
      for (name, value) in own { observer.metric("fold_\(name)", value, step: Int64(number)) }
      scores.append(own)
      if let best = answer.rounds { rounds.append(best) }
      writer.write(answer.predictions, rows: fold.test, fold: number)
      try await job.pause()
    }
    let file = job.output.appending("oof_predictions.csv")
    try FileSystem.write(writer.bytes, to: file)
    var result = Result(file: file)
    result.metrics = Self.summary(scores)
    result.details = details(scores)
    if !rounds.isEmpty {
      let mean = Double(rounds.reduce(0, +)) / Double(rounds.count)
      result.rounds = max(1, Int(mean.rounded()))
    }
    return result
  }

  private func scores(
    of predictions: FoldAnswer.Predictions, _ rows: [Int]
  ) -> [(name: String, value: Double)] {
    let weights = weights.map { all in rows.map { all[$0] } }
    switch (predictions, truth) {
    case (.probabilities(let matrix), .classes(let labels, _)):
      return ModelScores(matrix, labels: rows.map { labels[$0] }, weights: weights).values
    case (.numbers(let numbers), .numbers(let actual)):
      return ModelScores(numbers: numbers, actual: rows.map { actual[$0] }, weights: weights).values
    case (.probabilities, .numbers), (.numbers, .classes):
      preconditionFailure("predictions of another kind than what is learnt")
    }
  }

  /// A figure that a fold does not have, such as the area under the curve where only one class
  /// stands, is left out of the mean.
  private static func summary(
    _ scores: [[(name: String, value: Double)]]
  ) -> [(name: String, value: Double)] {
    var names: [String] = []
    for (name, _) in scores.joined() where !names.contains(name) { names.append(name) }
    return names.flatMap { name -> [(name: String, value: Double)] in
      let values = scores.compactMap { fold in fold.first { $0.name == name }?.value }
      let mean = values.reduce(0, +) / Double(values.count)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let deviation = (squares / Double(values.count)).squareRoot()
      return [("cv_\(name)", mean), ("cv_\(name)_std", deviation)]
    }
  }

  private func details(_ scores: [[(name: String, value: Double)]]) -> JSONValue {
    .array(
      zip(folds, scores).map { fold, own in
        .object([
          .init("train_rows", .int(Int64(fold.train.count))),
          .init("test_rows", .int(Int64(fold.test.count))),
          .init("metrics", .object(own.map { .init($0.name, .double($0.value)) })),
        ])
      })
  }
}
