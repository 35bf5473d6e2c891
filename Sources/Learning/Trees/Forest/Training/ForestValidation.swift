import Compute
import Platform

/// Cross-validation of forests: each fold grows a forest of its own from the same seed.
struct ForestValidation {
  let problem: BoostingProblem
  let options: ForestOptions
  let job: TrainingJob
  let pool: WorkerPool

  nonisolated(nonsending) func run(
    _ training: FoldTraining, reporting observer: any TrainingObserver
  ) async throws -> FoldTraining.Result {
    try await training.run(job, reporting: observer) { try await answer($0) }
  }

  /// A class that is not among the fold's rows gets the probability 0.
  nonisolated(nonsending) private func answer(_ fold: Fold) async throws -> FoldAnswer {
    let builder = try ForestBuilder(
      ForestSet(problem, rows: fold.train), options: options, on: pool)
    while !builder.isFinished {
      builder.step()
      try await job.pause()
    }
    let test = try problem.set(of: fold.test)
    let answers = try builder.model().predictions(test.matrix, on: pool)
    guard !problem.classes.isEmpty else { return FoldAnswer(.numbers(answers)) }
    var shares = Matrix(rows: fold.test.count, columns: problem.classes.count)
    shares.elements = answers
    return FoldAnswer(.probabilities(shares))
  }
}

extension ForestSet {
  /// Some rows of a problem's table.
  init(_ problem: BoostingProblem, rows: [Int]) throws {
    let set = try problem.set(of: rows)
    self.init(
      set.matrix, labels: rows.map { problem.labels.values[$0] },
      classCount: problem.classes.count, weights: set.weights?.map(Double.init))
  }
}
