import Platform
import Projects

/// The parameters of ``LinearTrainer``, read and checked.
struct LinearOptions {
  var data: TableOptions
  var penalty: Penalty
  var alpha: Double
  var l1Ratio: Double
  var fitsIntercept: Bool
  var standardizes: Bool
  var tolerance: Double
  var maximumIterations: Int
  var selection: Selection
  var isPositive: Bool

  enum Penalty: String, CaseIterable {
    case none, l2, l1, elasticnet
  }

  enum Selection: String, CaseIterable {
    case cyclic, random
  }

  static let parameters: [Parameter] =
    TableParameters.all + [
      Parameter("weight", isRequired: false, description: "column with the weights of the rows"),
      Parameter("seed", .int, default: "0", description: "decides which rows are held out"),
      Parameter(
        "penalty", default: "none", choices: Penalty.allCases.map(\.rawValue),
        description: "none: least squares; l2: ridge; l1: lasso; elasticnet: both"),
      Parameter(
        "alpha", .float, default: "1.0", minimum: 0, description: "strength of the penalty"),
      Parameter(
        "l1_ratio", .float, default: "0.5", minimum: 0, maximum: 1,
        description: "of elasticnet: 1 is l1, 0 is l2"),
      Parameter("fit_intercept", .bool, default: "true"),
      Parameter(
        "standardize", .bool, default: "false",
        description: "penalise coefficients of columns that are scaled to a deviation of 1"),
      Parameter(
        "tol", .float, default: "0.0001", minimum: 0,
        description: "of l1 and elasticnet: ends when the duality gap is at most tol·|y|²"),
      Parameter("max_iter", .int, default: "1000", minimum: 1, maximum: 100_000_000),
      Parameter(
        "selection", default: "cyclic", choices: Selection.allCases.map(\.rawValue),
        description: "order of the coordinates, of l1 and elasticnet"),
      Parameter(
        "positive", .bool, default: "false",
        description: "of l1 and elasticnet: no coefficient below 0"),
    ] + TableOptions.encodingParameters

  init(_ job: TrainingJob) throws {
    data = try TableOptions(job)
    penalty = try job.choice("penalty", default: .none)
    let largest = Double.greatestFiniteMagnitude
    alpha = try job.double("alpha", default: 1, in: 0...largest)
    l1Ratio = try job.double("l1_ratio", default: 0.5, in: 0...1)
    fitsIntercept = try job.truth("fit_intercept", default: true)
    standardizes = try job.truth("standardize", default: false)
    tolerance = try job.double("tol", default: 1e-4, in: 0...largest)
    maximumIterations = try job.int("max_iter", default: 1000, in: 1...100_000_000)
    selection = try job.choice("selection", default: .cyclic)
    isPositive = try job.truth("positive", default: false)
    if isPositive, penalty == .none || penalty == .l2 {
      throw Failure(
        .invalid,
        "`positive` needs a penalty of absolute values, and `penalty` is \(penalty.rawValue)",
        hint: "say `penalty: l1` or `penalty: elasticnet`; `alpha: 0` then penalises nothing")
    }
  }
}
