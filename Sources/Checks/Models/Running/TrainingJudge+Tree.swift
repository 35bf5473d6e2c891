import Compute
import Learning
import Platform

extension TrainingJudge {
  /// One tree that is split as CART does, three times in a row at most (L. Breiman et al., "Classification and Regression
  /// Trees", 1984): scikit-learn's `DecisionTreeClassifier(max_depth=3)`, or its regressor.
  private static let simpleTree = TestTrainer(
    "forest",
    values: [
      "n_estimators": "1", "bootstrap": "false", "max_features": "none", "max_depth": "3",
      "test_fraction": "0",
    ])

  /// Against a small tree that learns from the training table and is judged on the suite's rows.
  func simpleTree(
    _ test: ModelTest, _ metric: ModelMetric?, _ margin: ModelTest.Margin
  ) async throws -> TestOutcome {
    let evaluation = try judge.evaluation.get()
    guard judge.suite.train != nil else {
      throw Failure(
        .invalid, "the suite does not say what a simple tree can learn from",
        hint: "add `train: data/train.csv`")
    }
    let (table, label) = try source()
    var values = ["criterion": evaluation.isOfClasses ? "gini" : "squared_error"]
    // The same columns as the model has, where it says which.
    if let features = judge.predictor.features?.filter({ table[$0] != nil }), !features.isEmpty {
      values["features"] = features.map(Self.field).joined(separator: ",")
    }
    let folder = try TemporaryDirectory(prefix: "reprise-tree-")
    let result = try await train(table, label, values, with: Self.simpleTree, in: folder.path)
    guard let file = result.models.first?.path else { throw Failure(.bug, "no tree was grown") }
    let tree = try FilePredictor(file, shownAs: "the simple tree")
    // Other columns than the model's may be text to it.
    let rows =
      try judge.suite.data.map {
        try judge.places.table($0, asText: tree.textColumns, threads: judge.threads)
      } ?? evaluation.table
    let answers = try tree.answers(
      for: rows.dropping(evaluation.label.name), threads: judge.threads)
    let simple = Evaluation(
      evaluation.table, answers, label: evaluation.label, positive: evaluation.positiveName)
    return try judge.compared(
      test, .simpleTree, metric ?? judge.usualMetric(evaluation), margin, to: simple,
      rows: judge.rows(test, of: evaluation))
  }

  /// A name among names with commas between them, as CSV has it.
  private static func field(_ name: String) -> String {
    "\"" + name.replacing("\"", with: "\"\"") + "\""
  }
}
