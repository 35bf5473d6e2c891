import Compute
import Platform

/// Cross-validation of boosted trees: where early stopping is asked for, each fold stops on its own
/// rows that it did not learn from.
struct BoostingValidation {
  let problem: BoostingProblem
  let options: BoostingOptions
  let job: TrainingJob
  let pool: WorkerPool

  nonisolated(nonsending) func run(
    _ training: FoldTraining, reporting observer: any TrainingObserver
  ) async throws -> FoldTraining.Result {
    try await training.run(job, reporting: observer) { try await answer($0) }
  }

  nonisolated(nonsending) private func answer(_ fold: Fold) async throws -> FoldAnswer {
    let test = try problem.set(of: fold.test)
    let booster = try Booster(
      try problem.set(of: fold.train), options: options,
      evaluation: options.stopping == nil ? [] : [EvaluationSet("fold", test)], on: pool)
    let model = try await booster.run { _ in
      try await job.pause()
      return .goOn
    }
    let predictor = try BatchPredictor(model)
    let answers = try predictor.predictions(test.matrix, on: pool)
    let rounds = options.stopping == nil ? nil : model.bestRound.map { $0 + 1 }
    guard problem.classes.isEmpty else {
      return FoldAnswer(
        .probabilities(BoostedTableModel.probabilities(answers, model)), rounds: rounds)
    }
    var scores: [(name: String, value: Double)]?
    if case .rankNDCG = options.objective {
      scores = try options.effectiveMetrics.map { metric in
        (metric.recordName(options.flavour), try predictor.score(metric, test, on: pool))
      }
    }
    // Rows of a query stand together in the set, and as they were in the fold.
    let places = Dictionary(
      uniqueKeysWithValues: problem.order(fold.test).enumerated().map { ($1, $0) })
    let numbers = fold.test.map { places[$0].map { answers[$0] } ?? .nan }
    return FoldAnswer(.numbers(numbers), scores: scores, rounds: rounds)
  }
}
