import Compute
import Formats
import Platform
import Projects
import SystemPackage

/// `trainer: forest`: random forests with scikit-learn's parameters and defaults.
///
/// Rows without a value of the target are left out; a share of the others is held out and scored in the end. What is
/// learnt is decided by `criterion`, or by the target: text and truth values are classes, numbers are numbers.
package struct ForestTrainer: Trainer {
  package let name = "forest"
  package let summary = "random forests with scikit-learn's parameters"
  package let parameters = ForestParameters.all
  package let modelEndings = ["json", "onnx"]
  package let settings = [CrossValidation.key]

  package init() {}

  package func train(
    _ job: TrainingJob, reporting observer: any TrainingObserver
  ) async throws -> TrainingResult {
    var clock = PhaseClock()
    observer.progress(TrainingProgress("reading"))
    var settings = try BoostingSettings(job)
    settings.objective = try ForestOptions.objective(job)
    let table = try TableFile.read(
      job.data, dialect: settings.dialect, asText: Set(settings.categorical), threads: job.threads)
    try await job.pause()
    clock.finish("read")

    observer.progress(TrainingProgress("constructing"))
    let pool = WorkerPool(threads: job.threads)
    let problem = try BoostingProblem(table, settings)
    problem.notes.forEach(observer.note)
    let options = try ForestOptions(
      parameters: ForestParameters.given(in: job), classes: !problem.classes.isEmpty)
    var validation: FoldTraining.Result?
    if let training = try problem.validation() {
      clock.finish("construct")
      validation = try await ForestValidation(
        problem: problem, options: options, job: job, pool: pool
      ).run(training, reporting: observer)
      clock.finish("validate")
    }
    let builder = try ForestBuilder(Self.set(problem), options: options, on: pool)
    try await job.pause()
    clock.finish("construct")

    let ending = try await grow(builder, job, observer)
    clock.finish("train")

    var model = ForestModel(
      target: settings.target, classes: problem.classes, forest: builder.model(), training: .null)
    let report = try report(model, builder, problem, validation, on: pool)
    report.notes.forEach(observer.note)
    for (name, value) in report.metrics {
      observer.metric(name, value, step: Int64(builder.treeCount))
    }
    let facts = problem.facts(file: try job.data)
    model.training = Self.facts(facts, report)
    let path = job.output.appending("model.json")
    try model.write(to: path)
    clock.finish("evaluate")
    return TrainingResult(
      ending: ending, models: [.init(path: path, format: LogisticModel.format)],
      metrics: report.metrics, data: facts, details: report.details,
      timings: clock.timings)
  }

  private static func set(_ problem: BoostingProblem) -> ForestSet {
    ForestSet(
      problem.training.matrix, labels: problem.trainingValues, classCount: problem.classes.count,
      weights: problem.training.weights?.map(Double.init))
  }

  /// A few trees at a time; those that are there when the training is cancelled are kept.
  private func grow(
    _ builder: ForestBuilder, _ job: TrainingJob, _ observer: any TrainingObserver
  ) async throws -> TrainingResult.Ending {
    let total = Int64(builder.options.trees)
    while !builder.isFinished {
      builder.step()
      observer.progress(
        TrainingProgress("training", Int64(builder.treeCount), of: total, unit: "trees"))
      do { try await job.pause() } catch is CancellationError {
        observer.note("stopped: the forest has \(counted(builder.treeCount, "tree")) of \(total)")
        return .interrupted
      }
    }
    return .completed
  }

  private func report(
    _ model: ForestModel, _ builder: ForestBuilder, _ problem: BoostingProblem,
    _ validation: FoldTraining.Result?, on pool: WorkerPool
  ) throws -> ForestReport {
    var report = ForestReport(model, validation)
    report.add(
      "train", builder.trainingPredictions(), labels: problem.trainingValues,
      weights: problem.training.weights?.map(Double.init))
    if let set = problem.evaluation.first {
      report.add(
        set.name, try model.forest.predictions(set.data.matrix, on: pool),
        labels: problem.evaluationValues, weights: set.data.weights?.map(Double.init))
    }
    if builder.options.scoresOutOfBag, let answers = builder.outOfBagPredictions() {
      report.addOutOfBag(answers, labels: problem.trainingValues)
    }
    return report
  }

  /// What the model's file says of its training; the data's folder is not in it.
  private static func facts(_ facts: DatasetFacts, _ report: ForestReport) -> JSONValue {
    .object([
      .init("data", .string(facts.file?.lastComponent?.string ?? "")),
      .init("rows", .int(Int64(facts.rows))),
      .init("train_rows", .int(Int64(facts.trainRows))),
      .init("test_rows", .int(Int64(facts.testRows))),
      .init("metrics", .object(report.metrics.map { .init($0.name, .double($0.value)) })),
    ])
  }
}
