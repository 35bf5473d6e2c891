import Platform
import Testing

@testable import Learning

@Suite("Parameters of boosting") struct ParameterTests {
  private func options(
    _ flavour: TreeFlavour, _ given: [(String, String)], classes: Int? = nil
  ) throws -> BoostingOptions {
    try BoostingOptions(
      flavour, parameters: given.map { (name: $0.0, value: $0.1) }, classes: classes,
      features: ["a", "b", "c"])
  }

  @Test("defaults are the library's")
  func defaults() throws {
    let xgboost = try options(.xgboost, [], classes: 2)
    #expect(xgboost == BoostingOptions(.xgboost, objective: .logistic))
    #expect(xgboost.maximumDepth == 6 && xgboost.learningRate == 0.3)
    let lightgbm = try options(.lightgbm, [], classes: 5)
    #expect(lightgbm.objective == .softmax(classes: 5))
    #expect(lightgbm.maximumLeaves == 31 && lightgbm.minimumRows == 20)
  }

  @Test("both libraries' names are understood, and aliases are one parameter")
  func names() throws {
    let xgboost = try options(
      .xgboost,
      [
        ("eta", "0.1"), ("reg_lambda", "2"), ("max_depth", "8.0"), ("nthread", "4"),
        ("monotone_constraints", "(1,0,-1)"), ("eval_metric", "['rmse', 'mae']"),
        ("objective", "reg:squarederror"),
      ])
    #expect(xgboost.learningRate == 0.1 && xgboost.lambda == 2 && xgboost.maximumDepth == 8)
    #expect(xgboost.monotone == [1, 0, -1])
    #expect(xgboost.metrics == [.rmse, .mae])
    let lightgbm = try options(
      .lightgbm,
      [
        ("n_estimators", "50"), ("min_child_samples", "7"), ("subsample", "0.5"),
        ("subsample_freq", "2"), ("max_depth", "-1"), ("monotone_constraints", "{'b': -1}"),
      ])
    #expect(lightgbm.rounds == 50 && lightgbm.minimumRows == 7 && lightgbm.maximumDepth == 0)
    #expect(lightgbm.sampling.share == 0.5 && lightgbm.sampling.frequency == 2)
    #expect(lightgbm.monotone == [0, -1, 0])
  }

  @Test(
    "what makes no sense is refused in words",
    arguments: [
      (TreeFlavour.xgboost, [("max_dept", "3")], "xgboost has no parameter `max_dept`"),
      (
        .xgboost, [("eta", "0.1"), ("learning_rate", "0.2")],
        "`eta` is 0.1 and `learning_rate` is 0.2: both are `learning_rate`"
      ),
      (.xgboost, [("max_depth", "six")], "`max_depth` must be a whole number, not `six`"),
      (.xgboost, [("objective", "binary:logistik")], "`objective` cannot be `binary:logistik`"),
      (
        .xgboost, [("eval_metric", "auc")],
        "the metric `auc` does not fit the objective `reg:squarederror`"
      ),
      (.xgboost, [("rate_drop", "0.1")], "`rate_drop` has no meaning without `booster: dart`"),
      (.xgboost, [("subsample", "1.5")], "`subsample` is 1.5"),
      (.lightgbm, [("num_leaves", "1")], "`max_leaves` is 1"),
      (
        .lightgbm, [("monotone_constraints", "{'d': 1}")],
        "`monotone_constraints` names `d`, which is no column"
      ),
      (.lightgbm, [("objective", "multiclass")], "`multiclass` needs `num_class`"),
    ])
  func refusals(flavour: TreeFlavour, given: [(String, String)], message: String) {
    let failure = #expect(throws: Failure.self) { try options(flavour, given) }
    #expect(failure?.message == message)
  }
}
