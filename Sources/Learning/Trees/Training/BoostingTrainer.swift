import Compute
import Formats
import Platform
import Projects
import SystemPackage

/// `trainer: xgboost` and `trainer: lightgbm`: boosted trees with the parameters and defaults of one library or the other,
/// whose file it writes.
///
/// Rows without a value of the target are left out; a share of the others is held out and scored after each round. What is
/// learnt is decided by `objective`, or by the target: text and truth values are classes, numbers are numbers.
package struct BoostingTrainer: Trainer {
  package let flavour: TreeFlavour
  package var name: String { flavour.rawValue }
  package let summary: String
  package let parameters: [Parameter]
  package let modelEndings = ["json", "ubj", "txt", "onnx"]
  package let settings = [CrossValidation.key]

  package init(_ flavour: TreeFlavour) {
    self.flavour = flavour
    summary =
      flavour == .xgboost
      ? "boosted trees with XGBoost's parameters and files"
      : "boosted trees with LightGBM's parameters and files"
    parameters = BoostingProblem.parameters + BoostingParameters.of(flavour)
  }

  package func train(
    _ job: TrainingJob, reporting observer: any TrainingObserver
  ) async throws -> TrainingResult {
    let job = try job.withThreads()
    var clock = PhaseClock()
    observer.progress(TrainingProgress("reading"))
    let settings = try BoostingSettings(job)
    var table: Table? = try TableFile.read(
      job.data, dialect: settings.dialect, asText: Set(settings.categorical),
      threads: job.threads)
    try await job.pause()
    clock.finish("read")

    observer.progress(TrainingProgress("constructing"))
    let pool = WorkerPool(threads: job.threads)
    var problem = try BoostingProblem(table.take() ?? Table([]), settings)
    problem.notes.forEach(observer.note)
    let given = BoostingParameters.given(in: job, flavour)
    var options = try BoostingOptions(
      flavour, parameters: given, classes: problem.classes.isEmpty ? nil : problem.classes.count,
      features: problem.features.map(\.name))
    var validation: FoldTraining.Result?
    if let training = try problem.validation() {
      clock.finish("construct")
      validation = try await BoostingValidation(
        problem: problem, options: options, job: job, pool: pool
      ).run(training, reporting: observer)
      // Nothing is held out of all rows that could say when to stop: the folds have said it.
      options.rounds = validation?.rounds ?? options.rounds
      options.stopping = nil
      clock.finish("validate")
    }
    try problem.check(options)
    observer.parameters(BoostingParameters.defaults(of: options, given: given))
    let booster = try Booster(
      problem.training, options: options, evaluation: problem.evaluation, on: pool)
    booster.scoresTraining = true
    if booster.keepsMargins { problem.forgetCells() }
    try await job.pause()
    clock.finish("construct")

    let ending = try await boost(booster, job, observer)
    clock.finish("train")

    var model = booster.model()
    model.classes = problem.classes
    model.attributes[BoostedTableModel.targetAttribute] = settings.target
    let report = try BoostingReport(model, of: booster, problem, validation, on: pool)
    for (name, value) in report.metrics {
      observer.metric(name, value, step: Int64(booster.roundCount))
    }
    let path = job.output.appending(flavour == .xgboost ? "model.json" : "model.txt")
    try model.write(to: path)
    clock.finish("evaluate")
    return try TrainingResult(
      ending: ending, models: [.init(path: path, format: ModelFormat(named: path).rawValue)],
      metrics: report.metrics,
      data: problem.facts(file: try job.data), details: report.details,
      timings: clock.timings)
  }

  /// Round by round; what was reached when the training is cancelled is kept.
  private func boost(
    _ booster: Booster, _ job: TrainingJob, _ observer: any TrainingObserver
  ) async throws -> TrainingResult.Ending {
    let total = Int64(booster.options.rounds)
    while !booster.isFinished {
      let report = try booster.step()
      let step = Int64(report.round)
      for score in report.scores {
        observer.metric("\(score.set)_\(score.metric.recordName(flavour))", score.value, step: step)
      }
      observer.progress(TrainingProgress("training", step + 1, of: total, unit: "rounds"))
      do { try await job.pause() } catch is CancellationError {
        if booster.roundCount == 0 { throw CancellationError() }
        return .interrupted
      }
    }
    let best = booster.model().bestRound
    let isEarly = booster.options.stopping != nil && booster.roundCount < booster.options.rounds
    if isEarly, let best { return .stoppedEarly(best: Int64(best)) }
    return .completed
  }
}
