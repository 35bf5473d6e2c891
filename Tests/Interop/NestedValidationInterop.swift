import Formats
import Platform
import Support
import SystemPackage
import Testing

@testable import Checks

@Suite("Folds in folds against scikit-learn's GridSearchCV in cross_validate")
struct NestedValidationInterop {
  /// Where two splits are equally good, which of them is taken is chance: compared is where scikit-learn's own answer does not
  /// depend on it.
  @Test("20 tables: what each fold chooses, and what it scores") func choices() async throws {
    let folder = try TemporaryFolder()
    let cases = try #require(try Peer.run(Self.script, in: folder).array)
    #expect(cases.count == 20)
    var (compared, chosen) = (0, Set<String>())
    for (number, expected) in cases.enumerated() {
      let metric = number % 2 == 0 ? "rmse" : "brier"
      let suite = try ModelSuite(
        parsing: Array(
          """
          command: cat
          train: table\(number).csv
          label: y
          trainer: {name: forest, n_estimators: 1, bootstrap: false, max_features: none, criterion: \(number % 2 == 0 ? "squared_error" : "gini")}
          cv: {kind: nested, outer: 4, inner: 3, shuffle: false, grid: {max_depth: [1, 2, 4], min_samples_leaf: [8, 20]}, metric: \(metric), pass: mean >= 0}
          """.utf8), file: "m.yml")
      let outcome = try await ModelTesting(
        suite, places: TableFolder(root: folder.path), threads: 1
      ).outcome().outcomes[0]
      guard case .numbers(let names, let values)? = outcome.details.first else {
        Issue.record("\(outcome.found)")
        continue
      }
      let folds = try #require(expected.array)
      #expect(folds.count == values.count)
      for (place, fold) in folds.enumerated() {
        guard let text = fold["chosen"]?.string, let score = fold["score"]?.number else { continue }
        compared += 2
        chosen.insert(text)
        #expect(names[place] == "fold \(place + 1): \(text)", "case \(number)")
        #expect(
          abs(values[place] - score) <= 1e-5 * max(1, abs(score)), "fold \(place) of case \(number)"
        )
      }
    }
    print("compared with scikit-learn:", compared, "chosen:", chosen.sorted())
    #expect(compared > 100)
    #expect(chosen.count >= 3)
  }

  private static let script = #"""
    import json
    import numpy as np
    import pandas as pd
    from sklearn.model_selection import GridSearchCV, KFold, StratifiedKFold, cross_validate
    from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
    random = np.random.default_rng(23)
    grid = {"max_depth": [1, 2, 4], "min_samples_leaf": [8, 20]}
    answers = []
    for number in range(20):
        n = int(random.integers(100, 300))
        X = pd.DataFrame(random.normal(size=(n, 3)), columns=list("abc"))
        score = X.a + X.b * X.c + random.normal(size=n) * random.choice([0.1, 1.0])
        if number % 2 == 0:
            y, tree, kind, scoring = score, DecisionTreeRegressor, KFold, "neg_root_mean_squared_error"
        else:
            y, tree, kind, scoring = np.where(score > 0, "yes", "no"), DecisionTreeClassifier, StratifiedKFold, "neg_brier_score"
        target = y if number % 2 == 0 else (y == "yes").astype(int)
        runs = []
        for seed in range(5):
            search = GridSearchCV(tree(random_state=seed), grid, scoring=scoring, cv=kind(3))
            found = cross_validate(search, X, target, scoring=scoring, cv=kind(4), return_estimator=True)
            runs.append([
                {"score": -s, "chosen": ", ".join(f"{k}={e.best_params_[k]}" for k in grid)}
                for s, e in zip(found["test_score"], found["estimator"])])
        answers.append([folds[0] if all(one == folds[0] for one in folds) else {} for folds in zip(*runs)])
        X.assign(y=y).to_csv(f"{folder}/table{number}.csv", index=False)
    json.dump(answers, open(f"{folder}/result.json", "w"))
    """#
}
