import Formats
import Platform

/// What a job says of its data.
struct BoostingSettings {
  var target: String
  var features: [String]
  var drop: Set<String>
  var categorical: [String]
  var weight: String?
  var dialect: CSVDialect?
  var testFraction: Double
  var seed: UInt64
  /// What the job calls the objective, in either library's words.
  var objective: String?

  init(_ job: TrainingJob) throws {
    target = try job.target
    features = try job.list("features")
    drop = Set(try job.list("drop"))
    categorical = try job.list("categorical")
    weight = job.text("weight")
    dialect = try TableOptions.dialect(job.text("delimiter") ?? "auto")
    testFraction = try job.testFraction
    seed = try job.seed
    objective =
      ["objective", "objective_type", "app", "application", "loss"].lazy
      .compactMap { job.text($0) }.first
  }

  /// Whether the objective is one of classes; nil when it is not said.
  var wantsClasses: Bool? {
    objective.map { $0.hasPrefix("binary") || $0.hasPrefix("multi") || $0 == "softmax" }
  }
}
