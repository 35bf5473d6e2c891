import Compute
import Formats
import SystemPackage

/// How good a finished model is, and what to keep of its training.
struct LogisticReport {
  private(set) var metrics: [(name: String, value: Double)] = []
  private(set) var details: [String: JSONValue] = [:]
  private let problem: LogisticProblem
  private let model: LogisticModel
  private let iterations: Int
  private let hasConverged: Bool

  init(
    _ model: LogisticModel, _ problem: LogisticProblem, _ train: PanelMatrix,
    _ fit: LogisticFitter.Fit, _ validation: FoldTraining.Result?, on pool: WorkerPool
  ) throws {
    self.problem = problem
    self.model = model
    iterations = fit.iterations
    hasConverged = fit.ending == .converged
    if let validation {
      metrics = validation.metrics
      details["folds"] = validation.details
    }
    measure("train", train, problem.labels(of: problem.split.train), pool)
    if !problem.split.test.isEmpty {
      let test = try problem.encoder.encode(problem.selection.table, rows: problem.split.test)
      measure("test", test.matrix, problem.labels(of: problem.split.test), pool)
    }
  }

  private mutating func measure(
    _ part: String, _ matrix: PanelMatrix, _ labels: [Int32], _ pool: WorkerPool
  ) {
    let probabilities = SoftmaxKernel.probabilities(
      matrix, weights: model.weights.elements, classCount: model.classes.count, on: pool)
    let predicted = Predictions(
      target: model.target, classes: model.classes, probabilities: probabilities)
    let confusion = ConfusionMatrix(
      classes: model.classes, actual: labels, predicted: predicted.labels)
    metrics += ModelScores(probabilities, labels: labels).values.map { ("\(part)_\($0)", $1) }
    details["\(part)_confusion"] = confusion.json
  }

  func data(file: FilePath) -> DatasetFacts {
    DatasetFacts(
      file: file, rows: problem.selection.table.rowCount, trainRows: problem.split.train.count,
      testRows: problem.split.test.count, features: model.features, target: model.target,
      classes: model.classes)
  }

  /// What the model's file says of its training. The data's folder is not in it: the same file
  /// elsewhere gives the same model.
  func facts(_ options: LogisticOptions, file: FilePath) -> JSONValue {
    .object([
      .init("data", .string(file.lastComponent?.string ?? "")),
      .init("rows", .int(Int64(problem.selection.table.rowCount))),
      .init("train_rows", .int(Int64(problem.split.train.count))),
      .init("test_rows", .int(Int64(problem.split.test.count))),
      .init("test_fraction", .double(options.data.testFraction)),
      .init("seed", .string(String(options.data.seed))),
      .init("l1", .double(options.l1)),
      .init("l2", .double(options.l2)),
      .init("tolerance", .double(options.tolerance)),
      .init("missing", .string(options.data.missing.rawValue)),
      .init("iterations", .int(Int64(iterations))),
      .init("converged", .bool(hasConverged)),
      .init("metrics", .object(metrics.map { .init($0.name, .double($0.value)) })),
    ])
  }
}
