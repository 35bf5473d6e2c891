import Formats
import Learning
import Platform
import Projects
import Support
import SystemPackage
import Testing

@Suite("Cross-validation against scikit-learn") struct LearningCrossValidationInterop {
  /// What `cross_validate` gives with the same folds and an encoder fitted inside of each.
  @Test("figures and out-of-fold predictions of 30 generated tables agree") func agrees()
    async throws
  {
    let folder = try TemporaryFolder()
    let cases = try #require(try Peer.run(Self.makeTables, in: folder).array)
    #expect(cases.count == 30)
    for (index, example) in cases.enumerated() {
      let output = folder.path.appending("out-\(index)")
      try FileSystem.createDirectory(output)
      let name = try #require(example["trainer"]?.string)
      var values = ["target": "y", "drop": "g"]
      if name == "logistic" { values["tolerance"] = "1e-10" }
      let result = try await Trainers.named(name).train(
        TrainingJob(
          values: values, inputs: [folder.path.appending("\(index).csv")], folder: folder.path,
          output: output, settings: ["cv": Setting("cv", try #require(example["cv"]))]),
        reporting: SilentObserver())
      let metrics = JSONValue.object(result.metrics.map { .init($0.name, .double($0.value)) })
      try FileSystem.write(metrics.text(), to: output.appending("metrics.json"))
    }
    let verdicts = try #require(try Peer.run(Self.compare, in: folder).array)
    #expect(verdicts.count == cases.count)
    for (index, verdict) in verdicts.enumerated() {
      for member in verdict.members ?? [] {
        let difference = member.value.number ?? .infinity
        #expect(difference <= 1e-6, "table \(index), \(cases[index].text()): \(member.key)")
      }
    }
  }

  private static let makeTables = #"""
    import json
    import numpy as np, pandas as pd
    rng = np.random.default_rng(31)
    cases = []
    for index in range(30):
        n, trainer = int(rng.choice([40, 90, 200])), ["linear", "logistic"][index % 2]
        X = rng.normal(size=(n, 3)) * [1, 5, .2] + [0, 3, 1]
        score = X @ rng.normal(size=3) + rng.normal(size=n)
        frame = {"x%d" % j: X[:, j] for j in range(3)}
        frame["g"] = rng.integers(0, 9, n)
        frame["y"] = score if trainer == "linear" else np.where(score > np.median(score), "b", "a")
        pd.DataFrame(frame).to_csv("%s/%d.csv" % (folder, index), index=False)
        folds = int(rng.integers(2, 6))
        kind = ["kfold", "group", "time_series", "stratified" if trainer == "logistic" else "kfold"][index // 2 % 4]
        cv = {"kind": kind, "folds": folds}
        if kind != "time_series": cv["shuffle"] = False
        if kind == "group": cv["group"] = "g"
        if kind == "time_series": cv["gap"] = 1
        cases.append({"trainer": trainer, "cv": cv})
    json.dump(cases, open(folder + "/cases.json", "w"))
    json.dump(cases, open(folder + "/result.json", "w"))
    """#

  private static let compare = #"""
    import json, warnings
    warnings.simplefilter("ignore")
    import numpy as np, pandas as pd
    from sklearn.linear_model import LinearRegression, LogisticRegression
    from sklearn.model_selection import KFold, GroupKFold, StratifiedKFold, TimeSeriesSplit, cross_validate
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    out = []
    for index, case in enumerate(json.load(open(folder + "/cases.json"))):
        table = pd.read_csv("%s/%d.csv" % (folder, index))
        ours = json.load(open("%s/out-%d/metrics.json" % (folder, index)))
        rows = pd.read_csv("%s/out-%d/oof_predictions.csv" % (folder, index))
        X, y, k = table[["x0", "x1", "x2"]].values, table["y"].to_numpy(dtype=object if case["trainer"] == "logistic" else float), case["cv"]["folds"]
        splitter = {"kfold": KFold(k), "group": GroupKFold(k), "stratified": StratifiedKFold(k),
                    "time_series": TimeSeriesSplit(k, gap=1)}[case["cv"]["kind"]]
        if case["trainer"] == "linear":
            model, names = LinearRegression(tol=1e-14), {"rmse": "neg_root_mean_squared_error", "mae": "neg_mean_absolute_error", "r2": "r2"}
        else:
            model = make_pipeline(StandardScaler(), LogisticRegression(tol=1e-10, max_iter=10000))
            names = {"accuracy": "accuracy", "log_loss": "neg_log_loss", "auc": "roc_auc"}
        theirs = cross_validate(model, X, y, groups=table["g"], cv=splitter, scoring=list(names.values()), return_estimator=True, return_indices=True)
        difference = {}
        for name, scoring in names.items():
            values = theirs["test_" + scoring] * (-1 if scoring.startswith("neg") else 1)
            if np.isnan(values).any(): continue
            difference[name] = abs(values.mean() - ours["cv_" + name])
            difference[name + "_std"] = abs(values.std() - ours["cv_%s_std" % name])
        column = "prediction" if case["trainer"] == "linear" else "p(b)"
        worst = 0
        for fold, (fitted, test) in enumerate(zip(theirs["estimator"], theirs["indices"]["test"])):
            own = rows[rows["fold"] == fold]
            assert own["row"].tolist() == test.tolist(), (index, fold)
            wanted = fitted.predict(X[test]) if case["trainer"] == "linear" else fitted.predict_proba(X[test])[:, 1]
            worst = max(worst, np.abs(own[column].values - wanted).max())
        difference["predictions"] = worst
        out.append(difference)
    json.dump(out, open(folder + "/result.json", "w"), default=float)
    """#
}
