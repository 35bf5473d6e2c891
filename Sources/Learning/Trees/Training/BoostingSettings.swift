import Formats
import Platform

/// What a job says of its data.
struct BoostingSettings {
  var target: String
  var features: [String]
  var drop: Set<String>
  var categorical: [String]
  var weight: String?
  /// The column that says which query a row belongs to, for ranking.
  var group: String?
  var validation: CrossValidation?
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
    group = job.text("group")
    validation = try job.validation
    dialect = try TableOptions.dialect(job.text("delimiter") ?? "auto")
    testFraction = try job.testFraction
    seed = try job.seed
    objective =
      ["objective", "objective_type", "app", "application", "loss"].lazy
      .compactMap { job.text($0) }.first
    try checkGroups()
  }

  /// Whether the objective is one of orders.
  var isRanking: Bool { objective == "rank:ndcg" || objective == "lambdarank" }

  /// Queries are never taken apart: they are the folds' groups.
  private mutating func checkGroups() throws {
    guard isRanking else {
      guard let group else { return }
      throw Failure(
        .invalid, "`group: \(group)` names the queries of a ranking, and nothing is ranked",
        hint:
          "say `objective: rank:ndcg` or `lambdarank`; folds of groups are `cv: {group: \(group)}`")
    }
    guard let group else {
      throw Failure(
        .invalid,
        "`\(objective ?? "")` ranks the rows of each query, and no column says which they are",
        hint: "add `group: COLUMN`")
    }
    guard var validation else { return }
    guard validation.kind ?? .group == .group, validation.group ?? group == group,
      validation.time == nil
    else {
      throw Failure(
        .invalid, "the folds of a ranking are made of whole queries, of `\(group)`",
        hint: "leave `kind`, `group` and `time` of `cv` out")
    }
    validation.kind = .group
    validation.group = group
    self.validation = validation
  }

  /// Columns that say how rows belong together; no features unless they are asked for.
  var rowColumns: [String] { [group].compactMap(\.self) + (validation?.columns ?? []) }

  /// Whether the objective, or a forest's criterion, is one of classes; nil when it is not said.
  var wantsClasses: Bool? {
    objective.map { name in
      name.hasPrefix("binary") || name.hasPrefix("multi") || name == "softmax"
        || ForestOptions.Criterion(rawValue: name)?.isOfClasses == true
    }
  }
}
