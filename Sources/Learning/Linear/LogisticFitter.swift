import Compute
import Platform

/// Finds the weights of a logistic regression, of all rows or of folds.
struct LogisticFitter {
  let problem: LogisticProblem
  let options: LogisticOptions
  let job: TrainingJob
  let pool: WorkerPool

  struct Fit {
    /// A row for each class, or with two one row; a column for each of the matrix, and the intercept.
    var weights: Matrix
    var iterations: Int
    var ending: TrainingResult.Ending
  }

  /// Cross-validation when it is asked for.
  nonisolated(nonsending) func validate(
    reporting observer: any TrainingObserver
  ) async throws -> FoldTraining.Result? {
    guard let folds = try problem.folds() else { return nil }
    let training = FoldTraining(
      folds: folds, table: problem.selection.table,
      truth: .classes(problem.labels, names: problem.classes))
    return try await training.run(job, reporting: observer) { fold in
      FoldAnswer(.probabilities(try await probabilities(of: fold)))
    }
  }

  /// Columns are encoded by what the fold learns from alone. A class that is not there gets the
  /// probability 0.
  nonisolated(nonsending) private func probabilities(of fold: Fold) async throws -> Matrix {
    let (table, count) = (problem.selection.table, problem.classes.count)
    let labels = problem.labels(of: fold.train)
    let known = Set(labels).sorted()
    guard known.count >= 2 else {
      throw Failure(
        .invalid, "its rows to learn from have a single class",
        hint: "ask for fewer folds, or for stratified ones", at: table.location())
    }
    let encoder = try problem.selection.encoder(for: fold.train).encoder
    let train = try encoder.encode(table, rows: fold.train).matrix
    let test = try encoder.encode(table, rows: fold.test).matrix
    let places = Dictionary(uniqueKeysWithValues: known.enumerated().map { ($1, Int32($0)) })
    let fit = try await fit(
      train, labels.map { places[$0] ?? 0 }, classCount: known.count, reporting: SilentObserver())
    let own = SoftmaxKernel.probabilities(
      test, weights: fit.weights.elements, classCount: known.count, on: pool)
    guard known.count < count else { return own }
    var all = Matrix(rows: own.rows, columns: count)
    for row in 0..<own.rows {
      for (place, label) in known.enumerated() { all[row, Int(label)] = own[row, place] }
    }
    return all
  }

  nonisolated(nonsending) func fit(
    _ matrix: PanelMatrix, _ labels: [Int32], classCount: Int,
    reporting observer: any TrainingObserver
  ) async throws -> Fit {
    let kernel = SoftmaxKernel(features: matrix, labels: labels, classCount: classCount)
    if options.l1 > 0 { return try await fitSparsely(kernel, reporting: observer) }
    let objective = PenalizedLoss(kernel: kernel, l2: options.l2, pool: pool)
    let total = Int64(options.maximumIterations)
    let start = [Double](repeating: 0, count: kernel.weightCount)
    var search = LimitedMemoryBFGS(
      start: start, tolerance: options.tolerance, objective.evaluate)
    func fit(_ ending: TrainingResult.Ending) -> Fit {
      Fit(
        weights: weights(search.point, kernel), iterations: search.iteration, ending: ending)
    }
    observer.metric("loss", search.value, step: 0)
    while search.iteration < options.maximumIterations {
      let outcome = search.advance(objective.evaluate)
      let step = Int64(search.iteration)
      switch outcome {
      case .stuck: return fit(.converged)
      case .moved, .converged:
        guard step > 0 else { return fit(.converged) }
        observer.metric("loss", search.value, step: step)
        observer.progress(TrainingProgress("training", step, of: total, unit: "iterations"))
        if outcome == .converged { return fit(.converged) }
      }
      try await job.pause()
    }
    observer.note(unfinished)
    return fit(.completed)
  }

  private var unfinished: String {
    "stopped after \(options.maximumIterations) iterations without having converged: "
      + "raise `max_iterations` or `l2`"
  }

  /// With a penalty on absolute values, which makes coefficients 0 that say little.
  nonisolated(nonsending) private func fitSparsely(
    _ kernel: SoftmaxKernel, reporting observer: any TrainingObserver
  ) async throws -> Fit {
    let objective = PenalizedLoss(kernel: kernel, l2: options.l2, pool: pool)
    let width = kernel.features.columns + 1
    let price = options.l1 / Double(kernel.features.rows)
    let prices = (0..<kernel.weightCount).map { $0 % width == width - 1 ? 0 : price }
    var search = ProximalGradient(
      start: [Double](repeating: 0, count: kernel.weightCount), prices: prices,
      tolerance: options.tolerance, objective.evaluate)
    var ending = TrainingResult.Ending.completed
    observer.metric("loss", search.value, step: 0)
    while ending == .completed, search.iteration < options.maximumIterations {
      if search.advance(objective.evaluate) { ending = .converged }
      let step = Int64(search.iteration)
      observer.metric("loss", search.value, step: step)
      observer.progress(
        TrainingProgress(
          "training", step, of: Int64(options.maximumIterations), unit: "iterations"))
      try await job.pause()
    }
    if ending == .completed { observer.note(unfinished) }
    return Fit(
      weights: weights(search.point, kernel), iterations: search.iteration, ending: ending)
  }

  private func weights(_ point: [Double], _ kernel: SoftmaxKernel) -> Matrix {
    var matrix = Matrix(rows: kernel.vectorCount, columns: kernel.features.columns + 1)
    precondition(matrix.elements.count == point.count, "a weight for each element")
    matrix.elements = point
    return matrix
  }
}
