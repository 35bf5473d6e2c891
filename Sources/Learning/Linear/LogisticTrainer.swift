import Compute
import Formats
import Platform
import Projects
import SystemPackage

/// `trainer: logistic`: multinomial logistic regression with penalties, by L-BFGS, or by proximal
/// gradients when absolute values are penalised.
///
/// What is minimised is the mean log loss plus l2/(2n) times the squared length of the
/// coefficients plus l1/n times the sum of their absolute values, intercepts not counted:
/// scikit-learn's `LogisticRegression(C=1/l2)` on the same standardised columns, or, with
/// C = 1/(l1 + l2) and l1_ratio = l1/(l1 + l2), its elastic net.
package struct LogisticTrainer: Trainer {
  package let name = "logistic"
  package let summary = "multinomial logistic regression (L1 and L2 penalties)"
  package let parameters = LogisticOptions.parameters
  package let modelEndings = ["json", "onnx"]
  package let settings = [CrossValidation.key]

  package init() {}

  package func train(
    _ job: TrainingJob, reporting observer: any TrainingObserver
  ) async throws -> TrainingResult {
    var clock = PhaseClock()
    let options = try LogisticOptions(job)
    observer.progress(TrainingProgress("reading"))
    let table = try TableFile.read(
      job.data, dialect: options.data.dialect, asText: options.data.categorical)
    try await job.pause()
    clock.finish("read")

    let problem = try LogisticProblem(table, options.data)
    problem.notes.forEach(observer.note)
    let pool = WorkerPool(threads: job.threads)
    let fitter = LogisticFitter(problem: problem, options: options, job: job, pool: pool)
    clock.finish("construct")
    let validation = try await fitter.validate(reporting: observer)
    if validation != nil { clock.finish("validate") }
    let train = try problem.encoder.encode(table, rows: problem.split.train)
    try await job.pause()
    clock.finish("construct")

    let fit = try await fitter.fit(
      train.matrix, problem.labels(of: problem.split.train), classCount: problem.classes.count,
      reporting: observer)
    clock.finish("train")

    var model = LogisticModel(
      target: options.data.target, classes: problem.classes, encoder: problem.encoder,
      weights: fit.weights, training: .null)
    let report = try LogisticReport(
      model, problem, train.matrix, fit, validation, on: pool)
    for (name, value) in report.metrics {
      observer.metric(name, value, step: Int64(fit.iterations))
    }
    model.training = report.facts(options, file: try job.data)
    let path = job.output.appending("model.json")
    try model.write(to: path)
    clock.finish("evaluate")
    return TrainingResult(
      ending: fit.ending, models: [.init(path: path, format: LogisticModel.format)],
      metrics: report.metrics, data: report.data(file: try job.data), details: report.details,
      timings: clock.timings)
  }
}
