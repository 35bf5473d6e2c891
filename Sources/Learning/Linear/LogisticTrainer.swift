import Compute
import Formats
import Platform
import Projects
import SystemPackage

/// `trainer: logistic`: multinomial logistic regression with an L2 penalty, by L-BFGS.
///
/// What is minimised is the mean log loss plus l2/(2n) times the squared length of the
/// coefficients, intercepts not counted: scikit-learn's `LogisticRegression(C=1/l2)` on the same
/// standardised columns.
package struct LogisticTrainer: Trainer {
  package let name = "logistic"
  package let summary = "multinomial logistic regression (L-BFGS, L2)"
  package let parameters = LogisticOptions.parameters

  package init() {}

  package func train(
    _ job: TrainingJob, reporting observer: any TrainingObserver
  ) async throws -> TrainingResult {
    let clock = ContinuousClock()
    var times = [clock.now]
    let options = try LogisticOptions(job)
    observer.progress(TrainingProgress("reading"))
    let table = try TableFile.read(
      job.data, dialect: options.dialect, asText: Set(options.categorical))
    try await job.pause()
    times.append(clock.now)

    let problem = try LogisticProblem(table, options)
    problem.notes.forEach(observer.note)
    let pool = WorkerPool(threads: job.threads)
    let train = try problem.encoder.encode(table, rows: problem.split.train)
    let kernel = SoftmaxKernel(
      features: train.matrix, labels: problem.trainLabels, classCount: problem.classes.count)
    try await job.pause()
    times.append(clock.now)

    let (search, ending) = try await minimize(kernel, options, job, pool, observer)
    times.append(clock.now)

    var model = LogisticModel(
      target: options.target, classes: problem.classes, encoder: problem.encoder,
      weights: weights(search.point, kernel), training: .null)
    let report = try LogisticReport(model, problem, train.matrix, search, ending, on: pool)
    for (name, value) in report.metrics {
      observer.metric(name, value, step: Int64(search.iteration))
    }
    model.training = report.facts(options, file: try job.data)
    let path = job.output.appending("model.json")
    try model.write(to: path)
    times.append(clock.now)
    let phases = ["read", "construct", "train", "evaluate"]
    return TrainingResult(
      ending: ending, models: [.init(path: path, format: LogisticModel.format)],
      metrics: report.metrics, data: report.data(file: try job.data), details: report.details,
      timings: phases.indices.map { (phases[$0], times[$0].duration(to: times[$0 + 1])) })
  }

  private func minimize(
    _ kernel: SoftmaxKernel, _ options: LogisticOptions, _ job: TrainingJob, _ pool: WorkerPool,
    _ observer: any TrainingObserver
  ) async throws -> (LimitedMemoryBFGS, TrainingResult.Ending) {
    let objective = PenalizedLoss(kernel: kernel, l2: options.l2, pool: pool)
    let total = Int64(options.maximumIterations)
    let start = [Double](repeating: 0, count: kernel.weightCount)
    var search = LimitedMemoryBFGS(
      start: start, tolerance: options.tolerance, objective.evaluate)
    observer.metric("loss", search.value, step: 0)
    while search.iteration < options.maximumIterations {
      let outcome = search.advance(objective.evaluate)
      let step = Int64(search.iteration)
      switch outcome {
      case .stuck: return (search, .converged)
      case .moved, .converged:
        guard step > 0 else { return (search, .converged) }
        observer.metric("loss", search.value, step: step)
        observer.progress(TrainingProgress("training", step, of: total, unit: "iterations"))
        if outcome == .converged { return (search, .converged) }
      }
      try await job.pause()
    }
    observer.note(
      "stopped after \(options.maximumIterations) iterations without having converged: "
        + "raise `max_iterations` or `l2`")
    return (search, .completed)
  }

  private func weights(_ point: [Double], _ kernel: SoftmaxKernel) -> Matrix {
    var matrix = Matrix(rows: kernel.vectorCount, columns: kernel.features.columns + 1)
    precondition(matrix.elements.count == point.count, "a weight for each element")
    matrix.elements = point
    return matrix
  }
}

/// The function to minimise.
private struct PenalizedLoss {
  let kernel: SoftmaxKernel
  let l2: Double
  let pool: WorkerPool

  func evaluate(_ weights: [Double], _ gradient: inout [Double]) -> Double {
    let n = Double(kernel.features.rows)
    let loss = kernel.loss(weights, gradient: &gradient, on: pool)
    let width = kernel.features.columns + 1
    var squares = 0.0
    for index in weights.indices {
      var slope = gradient[index]
      if index % width != width - 1 {
        squares += weights[index] * weights[index]
        slope += l2 * weights[index]
      }
      gradient[index] = slope / n
    }
    return (loss + l2 / 2 * squares) / n
  }
}
