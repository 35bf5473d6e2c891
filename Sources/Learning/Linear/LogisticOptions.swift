import Platform
import Projects

/// The parameters of ``LogisticTrainer``, read and checked.
struct LogisticOptions {
  var data: TableOptions
  var l1: Double
  var l2: Double
  var maximumIterations: Int
  var tolerance: Double

  static let parameters: [Parameter] =
    TableParameters.all + [
      Parameter("seed", .int, default: "0", description: "decides which rows are held out"),
      Parameter(
        "l2", .float, default: "1.0", minimum: 0,
        description: "strength of the penalty on squares, 1/C of scikit-learn"),
      Parameter(
        "l1", .float, default: "0.0", minimum: 0,
        description: "strength of a penalty on absolute values, l1_ratio/C of scikit-learn"),
      Parameter("max_iterations", .int, default: "1000", minimum: 1, maximum: 1_000_000),
      Parameter(
        "tolerance", .float, default: "1e-06", minimum: 0,
        description: "ends when no component of the gradient is larger"),
    ] + TableOptions.encodingParameters

  init(_ job: TrainingJob) throws {
    data = try TableOptions(job)
    let largest = Double.greatestFiniteMagnitude
    l1 = try job.double("l1", default: 0, in: 0...largest)
    l2 = try job.double("l2", default: 1, in: 0...largest)
    maximumIterations = try job.int("max_iterations", default: 1000, in: 1...1_000_000)
    tolerance = try job.double("tolerance", default: 1e-6, in: 0...largest)
  }
}
