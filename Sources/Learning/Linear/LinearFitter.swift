import Compute
import Formats
import Platform

/// Finds the coefficients of a regression, of all rows or of folds.
///
/// What is minimised is scikit-learn's: |y - Xw|² of `LinearRegression`; |y - Xw|² + alpha·|w|² of
/// `Ridge`; |y - Xw|²/(2n) + alpha·Σ|w| of `Lasso`; and |y - Xw|²/(2n) + alpha·l1_ratio·Σ|w| +
/// alpha·(1 - l1_ratio)/2·|w|² of `ElasticNet`. Weights multiply the squares; the last two scale
/// them to a mean of 1.
struct LinearFitter {
  let problem: LinearProblem
  let options: LinearOptions
  let job: TrainingJob
  let pool: WorkerPool

  struct Fit {
    var model: LinearModel
    var iterations: Int
    var ending: TrainingResult.Ending
    /// How many coefficients the data determine; nil where it was not looked at.
    var rank: Int?
    var notes: [String]
  }

  /// Cross-validation when it is asked for.
  nonisolated(nonsending) func validate(
    reporting observer: any TrainingObserver
  ) async throws -> FoldTraining.Result? {
    guard let folds = try problem.folds() else { return nil }
    let training = FoldTraining(
      folds: folds, table: problem.selection.table, truth: .numbers(problem.target),
      weights: problem.selection.weights)
    return try await training.run(job, reporting: observer) { fold in
      let fit = try await fit(fold.train, reporting: SilentObserver())
      let test = try fit.model.encoder.encode(problem.selection.table, rows: fold.test)
      return FoldAnswer(.numbers(fit.model.predict(test.matrix)))
    }
  }

  nonisolated(nonsending) func fit(
    _ rows: [Int], reporting observer: any TrainingObserver
  ) async throws -> Fit {
    let table = problem.selection.table
    var weights = problem.weights(of: rows)
    if let weights, !weights.contains(where: { $0 > 0 }) {
      throw Failure(.invalid, "all rows to learn from have the weight 0", at: table.location())
    }
    var (encoder, notes) = try problem.selection.encoder(
      for: rows, keepsConstants: !options.fitsIntercept && !options.standardizes)
    if !options.standardizes { encoder.features = encoder.features.map(Self.unscaled) }
    let offsets =
      options.fitsIntercept
      ? nil : encoder.features.flatMap { Self.offsets($0, centred: options.standardizes) }
    if usesDescent, let given = weights {
      let mean = given.reduce(0, +) / Double(given.count)
      weights = given.map { $0 / mean }
    }
    let design = DesignMatrix(
      try encoder.encode(table, rows: rows).matrix, target: problem.target(of: rows),
      weights: weights, offsets: offsets)
    try await job.pause()
    var model = LinearModel(
      target: options.data.target, encoder: encoder, coefficients: [], intercept: 0,
      training: .null)
    var fit: Fit
    if usesDescent {
      let (search, ending) = try await descend(design, observer)
      model.coefficients = search.descent.coefficients
      fit = Fit(model: model, iterations: search.sweeps, ending: ending, notes: notes)
    } else {
      let (coefficients, rank) = LeastSquares(design: design, ridge: ridge(design)).solve(on: pool)
      model.coefficients = coefficients
      fit = Fit(model: model, iterations: 1, ending: .converged, rank: rank, notes: notes)
    }
    fit.model.intercept = design.intercept(fit.model.coefficients)
    // Errors are squared, too.
    guard fit.model.intercept.isFinite, fit.model.coefficients.allSatisfy(\.isFinite),
      dot(design.target, design.target).isFinite
    else {
      throw Failure(
        .invalid, "the numbers of the table are too large to be added up",
        hint: "rescale them, or say `standardize: true`", at: table.location())
    }
    return fit
  }

  private var l1: Double {
    switch options.penalty {
    case .none, .l2: 0
    case .l1: options.alpha
    case .elasticnet: options.alpha * options.l1Ratio
    }
  }

  /// Where no absolute values are penalised and coefficients are free, there is a closed solution.
  private var usesDescent: Bool { l1 > 0 || options.isPositive }

  private func ridge(_ design: DesignMatrix) -> Double {
    switch options.penalty {
    case .none, .l1: 0
    case .l2: options.alpha
    case .elasticnet: options.alpha * (1 - options.l1Ratio) * Double(design.rows)
    }
  }

  nonisolated(nonsending) private func descend(
    _ design: DesignMatrix, _ observer: any TrainingObserver
  ) async throws -> ((descent: CoordinateDescent, sweeps: Int), TrainingResult.Ending) {
    let seed = options.data.seed
    var descent = CoordinateDescent(
      design, l1: l1 * Double(design.rows),
      l2: options.penalty == .elasticnet ? ridge(design) : 0, tolerance: options.tolerance,
      isPositive: options.isPositive,
      lots: options.selection == .random ? RandomStream(seed: seed, purpose: "coordinates") : nil)
    for sweep in 1...options.maximumIterations {
      let isOver = descent.sweep(isLast: sweep == options.maximumIterations)
      observer.progress(
        TrainingProgress(
          "training", Int64(sweep), of: Int64(options.maximumIterations), unit: "sweeps"))
      if isOver { return ((descent, sweep), .converged) }
      try await job.pause()
    }
    observer.note(
      "stopped after \(options.maximumIterations) sweeps without having converged: "
        + "raise `max_iter` or `alpha`, or say `standardize: true`")
    return ((descent, options.maximumIterations), .completed)
  }

  /// Centred all the same: that keeps more digits.
  private static func unscaled(_ feature: Feature) -> Feature {
    guard case .standardized(let mean, _) = feature.encoding else { return feature }
    return Feature(feature.name, .standardized(mean: mean, scale: 1))
  }

  /// What the encoded columns of a feature lack of the numbers that it stands for.
  private static func offsets(_ feature: Feature, centred: Bool) -> [Double] {
    guard case .standardized(let mean, _) = feature.encoding else {
      return [Double](repeating: 0, count: feature.width)
    }
    return [centred ? 0 : mean]
  }
}
