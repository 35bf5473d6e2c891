import Compute
import Formats
import SystemPackage

/// How good a finished regression is, and what to keep of its training.
struct LinearReport {
  private(set) var metrics: [(name: String, value: Double)] = []
  private(set) var details: [String: JSONValue] = [:]
  private let problem: LinearProblem
  private let fit: LinearFitter.Fit

  init(
    _ fit: LinearFitter.Fit, _ problem: LinearProblem, _ validation: FoldTraining.Result?
  ) throws {
    self.problem = problem
    self.fit = fit
    if let validation {
      metrics = validation.metrics
      details["folds"] = validation.details
    }
    for (part, rows) in [("train", problem.split.train), ("test", problem.split.test)]
    where !rows.isEmpty {
      let matrix = try fit.model.encoder.encode(problem.selection.table, rows: rows).matrix
      let scores = ModelScores(
        numbers: fit.model.predict(matrix), actual: problem.target(of: rows),
        weights: problem.weights(of: rows))
      metrics += scores.values.map { ("\(part)_\($0)", $1) }
    }
    details["coefficients"] = coefficients
  }

  /// In the table's own units: `{"intercept": 1.5, "columns": {"age": 0.25, "sex=male": -1}}`.
  private var coefficients: JSONValue {
    let own = fit.model.ownUnits
    let names = fit.model.encoder.columnNames
    return .object([
      .init("intercept", .double(own.intercept)),
      .init("columns", .object(zip(names, own.coefficients).map { .init($0, .double($1)) })),
    ])
  }

  func data(file: FilePath) -> DatasetFacts {
    DatasetFacts(
      file: file, rows: problem.selection.table.rowCount, trainRows: problem.split.train.count,
      testRows: problem.split.test.count, features: fit.model.features, target: fit.model.target)
  }

  /// What the model's file says of its training. The data's folder is not in it: the same file
  /// elsewhere gives the same model.
  func facts(_ options: LinearOptions, file: FilePath) -> JSONValue {
    .object([
      .init("data", .string(file.lastComponent?.string ?? "")),
      .init("rows", .int(Int64(problem.selection.table.rowCount))),
      .init("train_rows", .int(Int64(problem.split.train.count))),
      .init("test_rows", .int(Int64(problem.split.test.count))),
      .init("test_fraction", .double(options.data.testFraction)),
      .init("seed", .string(String(options.data.seed))),
      .init("penalty", .string(options.penalty.rawValue)),
      .init("alpha", .double(options.alpha)),
      .init("l1_ratio", .double(options.l1Ratio)),
      .init("fit_intercept", .bool(options.fitsIntercept)),
      .init("standardize", .bool(options.standardizes)),
      .init("missing", .string(options.data.missing.rawValue)),
      .init("rank", fit.rank.map { .int(Int64($0)) } ?? .null),
      .init("iterations", .int(Int64(fit.iterations))),
      .init("converged", .bool(fit.ending == .converged)),
      .init("metrics", .object(metrics.map { .init($0.name, .double($0.value)) })),
    ])
  }
}
