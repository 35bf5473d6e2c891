import Formats
import Platform
import Support
import SystemPackage
import Testing

@testable import Checks

@Suite("The simple tree of model tests against scikit-learn") struct SimpleTreeInterop {
  /// Where two splits are equally good, which of them is taken is chance: compared is where scikit-learn's own answer does not
  /// depend on it.
  @Test("40 tables: what a tree of three levels scores on rows that it has not seen")
  func trees() async throws {
    let folder = try TemporaryFolder()
    let cases = try #require(try Peer.run(Self.script, in: folder).array)
    #expect(cases.count == 40)
    var compared = 0
    for (number, expected) in cases.enumerated() {
      let metrics = try #require(expected.members)
      let lines = metrics.map { "- beats simple tree on \($0.key)" }.joined(separator: "\n")
      let suite = try ModelSuite(
        parsing: Array(
          """
          predictions: test\(number).csv
          train: train\(number).csv
          label: y
          tests:
          \(lines)
          """.utf8), file: "m.yml")
      let outcome = try await ModelTesting(
        suite, places: TableFolder(root: folder.path), threads: 1
      ).outcome()
      for (one, metric) in zip(outcome.outcomes, metrics) {
        let values: [Double]
        if case .numbers(_, let found)? = one.details.first {
          values = found
        } else {
          values = []
        }
        let own = try #require(values.last, "\(one.found)")
        guard let wanted = metric.value.number else { continue }
        compared += 1
        #expect(
          abs(own - wanted) <= 1e-5 * max(1, abs(wanted)), "\(metric.key) of case \(number)")
      }
    }
    print("compared with scikit-learn:", compared)
    #expect(compared > 50)
  }

  private static let script = #"""
    import json
    import numpy as np
    import pandas as pd
    from sklearn import metrics as m
    from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
    random = np.random.default_rng(11)
    answers = []
    for number in range(40):
        n = int(random.integers(300, 1500))
        X = pd.DataFrame(random.normal(size=(n, 4)), columns=list("abcd"))
        noise = random.normal(size=n) * random.choice([0.1, 1.0])
        score = X.a + X.b * X.c + noise
        half = n // 2
        def scores(tree):
            said = tree.fit(X[:half], y[:half]).predict(X[half:])
            true = y[half:]
            if number % 2 == 0:
                return {
                    "accuracy": m.accuracy_score(true, said),
                    "balanced accuracy": m.balanced_accuracy_score(true, said),
                    "f1 macro": m.f1_score(true, said, average="macro")}
            return {"rmse": m.root_mean_squared_error(true, said), "r2": m.r2_score(true, said)}
        if number % 2 == 0:
            y, hat, kind = np.where(score > 0.3, "yes", "no"), np.where(X.a > 0, "yes", "no"), DecisionTreeClassifier
        else:
            y, hat, kind = score, X.a, DecisionTreeRegressor
        found = [scores(kind(max_depth=3, random_state=seed)) for seed in range(16)]
        same = all(one == found[0] for one in found)
        answers.append({k: v if same else None for k, v in found[0].items()})
        whole = X.assign(y=y)
        whole[:half].to_csv(f"{folder}/train{number}.csv", index=False)
        whole[half:].assign(prediction=hat[half:]).to_csv(f"{folder}/test{number}.csv", index=False)
    json.dump(answers, open(f"{folder}/result.json", "w"))
    """#
}
