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
    dialect = try LogisticOptions.dialect(job.text("delimiter") ?? "auto")
    testFraction = try job.double("test_fraction", default: 0.2, in: 0...0.9)
    seed = try job.seed
    objective =
      ["objective", "objective_type", "app", "application", "loss"].lazy
      .compactMap { job.text($0) }.first
  }

  /// Whether the objective, or a forest's criterion, is one of classes; nil when it is not said.
  var wantsClasses: Bool? {
    objective.map { name in
      name.hasPrefix("binary") || name.hasPrefix("multi") || name == "softmax"
        || ForestOptions.Criterion(rawValue: name)?.isOfClasses == true
    }
  }
}
