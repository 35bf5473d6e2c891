import Compute
import Platform
import Testing

@testable import Checks

@Suite("Cross-validation in a suite of model tests") struct ModelValidationTests {
  /// Two features of which the first decides, groups of six rows, and a day for each row.
  private func folder() throws -> ModelFolder {
    let folder = try ModelFolder()
    var stream = RandomStream(seed: 9, purpose: "validation")
    var text = "a,b,who,day,y,z\n"
    for row in 0..<120 {
      let (a, b) = (stream.unit(), stream.unit())
      let isHigh = a + 0.2 * b > 0.6
      text += "\(a),\(b),p\(row / 6),\(row),\(isHigh ? "yes" : "no"),\(3 * a + b * b)\n"
    }
    try folder.write("train.csv", text)
    return folder
  }

  private func outcome(
    _ cv: String, trainer: String = "logistic", label: String = "y"
  ) async throws -> TestOutcome {
    try await folder().outcome(
      """
      command: cat
      train: train.csv
      label: \(label)
      seed: 4
      trainer: \(trainer)
      cv: \(cv)
      """
    ).outcomes[0]
  }

  @Test(
    "every kind of folds",
    arguments: [
      ("folds: 4", 4), ("kind: kfold, folds: 3, shuffle: false", 3),
      ("kind: stratified, folds: 5, seed: 7", 5), ("kind: group, group: who, folds: 4", 4),
      ("group: who, folds: 3", 3), ("kind: stratified-group, group: who, folds: 3", 3),
      ("kind: time-series, time: day, folds: 4", 4), ("time: day, folds: 4, gap: 5", 4),
      ("time: day, folds: 3, window: rolling, max_train_size: 30, test_size: 20", 3),
      ("time: day, folds: 3, window: expanding", 3), ("kind: stratified, folds: 3, repeats: 4", 12),
      ("kind: nested, outer: 4, inner: 2, grid: {l2: [0.1, 1]}", 4),
      ("kind: nested, group: who, outer: 3, grid: {l2: 1}", 3),
      ("kind: nested, time: day, gap: 2, outer: 3, inner: 2, grid: {l2: 1}", 3),
    ])
  func kinds(plan: String, folds: Int) async throws {
    let found = try await outcome("{\(plan), metric: accuracy, pass: mean - std >= 0.6}")
    #expect(found.verdict == .passed, "\(found.found)")
    #expect(found.found.contains(" of \(folds) folds: "), "\(found.found)")
    guard case .numbers(let names, let values)? = found.details.first else {
      Issue.record("no numbers")
      return
    }
    #expect(names.count == folds)
    #expect(values.count == folds)
  }

  @Test("of a grid the better point is chosen in every fold") func choices() async throws {
    for grid in ["[0.01, 1000000]", "[1000000, 0.01]"] {
      let found = try await outcome(
        "{kind: nested, outer: 3, inner: 3, grid: {l2: \(grid)}, metric: log-loss, pass: mean + std <= 0.4}"
      )
      #expect(found.verdict == .passed, "\(found.found)")
      #expect(found.found.hasSuffix("; chosen: l2=0.01; l2=0.01; l2=0.01"), "\(found.found)")
      #expect(found.test.text == "nested cv log-loss: mean + 1 std <= 0.4")
      guard case .numbers(let names, _)? = found.details.first else { continue }
      #expect(names == ["fold 1: l2=0.01", "fold 2: l2=0.01", "fold 3: l2=0.01"])
    }
  }

  @Test("a grid of two parameters is tried in its order, and the first of equal points is chosen")
  func points() async throws {
    let plan = NestedPlan(inner: 2, grid: [.init("a", ["1", "2"]), .init("b", ["x", "y", "z"])])
    #expect(
      plan.points.map(plan.text) == [
        "a=1, b=x", "a=1, b=y", "a=1, b=z", "a=2, b=x", "a=2, b=y", "a=2, b=z",
      ])
    let found = try await outcome(
      "{kind: nested, outer: 2, inner: 2, grid: {l2: [1, 1.0], max_iterations: [500, 400]}, metric: accuracy, pass: mean > 0}"
    )
    #expect(
      found.found.hasSuffix(
        "; chosen: l2=1, max_iterations=500; l2=1, max_iterations=500"), "\(found.found)")
  }

  @Test("with one point it is plain cross-validation", arguments: ["y", "z"])
  func onePoint(label: String) async throws {
    let trainer =
      label == "y" ? "{name: logistic, features: 'a,b'}" : "{name: linear, features: 'a,b'}"
    let metric = label == "y" ? "log-loss" : "rmse"
    let plain = try await outcome(
      "{folds: 4, metric: \(metric), pass: mean >= 0}", trainer: trainer, label: label)
    let parameter = label == "y" ? "l2: 1.0" : "fit_intercept: true"
    let nested = try await outcome(
      "{kind: nested, outer: 4, inner: 2, grid: {\(parameter)}, metric: \(metric), pass: mean >= 0}",
      trainer: trainer, label: label)
    let (a, b) = (try #require(plain.value), try #require(nested.value))
    #expect(abs(a - b) <= 1e-9 * a, "\(plain.found) and \(nested.found)")
  }

  @Test("the suite's seed deals the rows out, unless the trainer has its own") func seeds()
    async throws
  {
    let plan = "{folds: 3, metric: log-loss, pass: mean >= 0}"
    func value(_ trainer: String) async throws -> Double {
      let found = try await outcome(plan, trainer: trainer)
      return try #require(found.value, "\(found.found)")
    }
    let tree = "name: forest, n_estimators: 1, bootstrap: false, min_samples_leaf: 20"
    // The suite's is 4.
    let usual = try await value("{\(tree)}")
    #expect(try await value("{\(tree), random_state: 4}") == usual)
    #expect(try await value("{\(tree), seed: 4}") == usual)
    #expect(try await value("{\(tree), seed: 5}") != usual)
    let boosted = "name: xgboost, n_estimators: 3"
    #expect(
      try await value("{\(boosted), random_state: 5}") == value("{\(boosted), seed: 5}"))
    #expect(try await value("{name: logistic, seed: 4}") == value("logistic"))
    #expect(try await value("{name: logistic, seed: 5}") != value("logistic"))
  }

  @Test(
    "what a trainer does not have is told",
    arguments: [
      (
        "{kind: nested, grid: {l3: [1]}, metric: accuracy, pass: mean > 0}", "logistic",
        "fold 1 of 5: `logistic` has no parameter `l3`"
      ),
      (
        "{folds: 3, metric: accuracy, pass: mean > 0}", "{name: logistic, l3: 1}",
        "`logistic` has no parameter `l3`"
      ),
      ("{folds: 3, metric: accuracy, pass: mean > 0}", "gbdt", "no trainer named `gbdt`"),
      (
        "{kind: group, metric: accuracy, pass: mean > 0}", "logistic",
        "`cv` asks for folds of groups, and names no column of them"
      ),
      (
        "{folds: 3, metric: rmse, pass: mean > 0}", "logistic",
        "the model predicts classes, and this is of numbers"
      ),
    ])
  func problems(cv: String, trainer: String, message: String) async throws {
    let found = try await outcome(cv, trainer: trainer)
    #expect(found.verdict == .untested)
    #expect(found.found == message)
    #expect(found.problem?.location?.line == 6)
  }
}
