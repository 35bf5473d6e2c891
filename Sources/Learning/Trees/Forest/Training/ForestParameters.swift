import Platform
import Projects

/// scikit-learn's parameters of forests as those of a trainer.
enum ForestParameters {
  /// Each with what it does.
  static let own: [Parameter] = [
    parameter("n_estimators", "trees; 100 when not given"),
    parameter("criterion", "what splits lessen: gini, entropy, log_loss; squared_error, poisson"),
    parameter("max_depth", "most splits above a leaf; no limit when not given"),
    parameter("min_samples_split", "rows, or share of them, that a node needs to be split; 2"),
    parameter("min_samples_leaf", "rows, or share of them, that a leaf needs; 1"),
    parameter("min_weight_fraction_leaf", "share of all weight that a leaf needs; 0"),
    parameter(
      "max_features", "features that a split looks at: sqrt, log2, a number, a share, none for all"),
    parameter("max_leaf_nodes", "most leaves of a tree; no limit when not given"),
    parameter("min_impurity_decrease", "decrease of impurity that a split needs; 0"),
    parameter("bootstrap", "whether each tree learns from rows drawn with replacement; true"),
    parameter("oob_score", "whether rows that a tree did not draw score it; true with bootstrap"),
    parameter(
      "max_samples", "rows, or share of them, that are drawn for a tree; as many as there are"),
    parameter("class_weight", "none, balanced, balanced_subsample"),
    parameter("random_state", "another name of `seed`"),
  ]

  /// What changes nothing here: how much is printed, and on how many threads it runs.
  static let ignored: Set<String> = ["n_jobs", "nthread", "verbose"]

  /// What scikit-learn has and we have not, with the value that changes nothing.
  static let refused: [(name: String, fine: Set<String>)] = [
    ("ccp_alpha", ["0", "0.0"]), ("monotonic_cst", ["none"]), ("warm_start", ["false"]),
  ]

  static let all: [Parameter] =
    BoostingProblem.parameters + own
    + ignored.sorted().map { parameter($0, "taken, and without effect on the model") }
    + refused.map { parameter($0.name, "refused, unless it changes nothing") }

  private static func parameter(_ name: String, _ description: String) -> Parameter {
    Parameter(name, isRequired: false, description: description)
  }

  /// Those that a job gives a value, in their order.
  static func given(in job: TrainingJob) -> [(name: String, value: String)] {
    let table = Set(BoostingProblem.parameters.map(\.name)).subtracting(["seed"])
    return all.map(\.name).filter { !table.contains($0) }.compactMap { name in
      job.text(name).map { (name, $0) }
    }
  }
}
