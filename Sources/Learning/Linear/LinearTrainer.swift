import Compute
import Formats
import Platform
import Projects
import SystemPackage

/// `trainer: linear`: least squares, ridge, lasso and elastic net; see ``LinearFitter``.
package struct LinearTrainer: Trainer {
  package let name = "linear"
  package let summary = "linear regression (least squares, ridge, lasso, elastic net)"
  package let parameters = LinearOptions.parameters
  package let modelEndings = ["json", "onnx"]
  package let settings = [CrossValidation.key]

  package init() {}

  package func train(
    _ job: TrainingJob, reporting observer: any TrainingObserver
  ) async throws -> TrainingResult {
    var clock = PhaseClock()
    let options = try LinearOptions(job)
    observer.progress(TrainingProgress("reading"))
    let table = try TableFile.read(
      job.data, dialect: options.data.dialect, asText: options.data.categorical)
    try await job.pause()
    clock.finish("read")

    let problem = try LinearProblem(table, options.data)
    problem.notes.forEach(observer.note)
    let pool = WorkerPool(threads: job.threads)
    let fitter = LinearFitter(problem: problem, options: options, job: job, pool: pool)
    clock.finish("construct")
    let validation = try await fitter.validate(reporting: observer)
    if validation != nil { clock.finish("validate") }

    var fit = try await fitter.fit(problem.split.train, reporting: observer)
    fit.notes.forEach(observer.note)
    clock.finish("train")

    let report = try LinearReport(fit, problem, validation)
    for (name, value) in report.metrics {
      observer.metric(name, value, step: Int64(fit.iterations))
    }
    fit.model.training = report.facts(options, file: try job.data)
    let path = job.output.appending("model.json")
    try fit.model.write(to: path)
    clock.finish("evaluate")
    return TrainingResult(
      ending: fit.ending, models: [.init(path: path, format: LogisticModel.format)],
      metrics: report.metrics, data: report.data(file: try job.data), details: report.details,
      timings: clock.timings)
  }
}
