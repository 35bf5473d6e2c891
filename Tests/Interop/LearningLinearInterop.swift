import Formats
import Learning
import Platform
import Support
import SystemPackage
import Testing

@Suite("Linear regression against scikit-learn") struct LearningLinearInterop {
  /// Tall, wide, collinear, with constant columns, weights, categories and gaps; each trained on by
  /// both as the same matrix, which the peer builds on its own.
  @Test("coefficients and predictions of 160 generated tables agree to 1e-6") func agrees()
    async throws
  {
    let folder = try TemporaryFolder()
    let cases = try #require(try Peer.run(Self.shared + Self.makeTables, in: folder).array)
    #expect(cases.count == 160)
    for (index, example) in cases.enumerated() {
      let output = folder.path.appending("model-\(index)")
      try FileSystem.createDirectory(output)
      var values = ["target": "y", "test_fraction": "0"]
      for member in example.members ?? [] { values[member.key] = member.value.string }
      let data = folder.path.appending("\(index).csv")
      let result = try await LinearTrainer().train(
        TrainingJob(
          values: values, inputs: [data], folder: folder.path, output: output,
          threads: 1 + index % 2
        ), reporting: SilentObserver())
      let own = try #require(result.details["coefficients"])
      try FileSystem.write(own.text(), to: output.appending("own.json"))
      let predictions = try predict(model: result.models[0].path, data: data)
      try FileSystem.write(predictions.csv(labels: true), to: output.appending("predictions.csv"))
    }
    let verdicts = try #require(try Peer.run(Self.shared + Self.compare, in: folder).array)
    #expect(verdicts.count == cases.count)
    for (index, verdict) in verdicts.enumerated() {
      for name in ["coefficients", "intercept", "predictions", "objective"] {
        let difference = try #require(verdict[name]?.number, "\(index) \(name)")
        #expect(difference <= 1e-6, "table \(index), \(cases[index].text()): \(name)")
      }
    }
    // Of every kind some, and ranks that are not full among them.
    let deficient = verdicts.count { $0["deficient"]?.bool == true }
    #expect(deficient >= 15, "\(deficient)")
  }

  private static let shared = #"""
    import json
    import numpy as np, pandas as pd
    from sklearn.linear_model import LinearRegression, Ridge, Lasso, ElasticNet

    """#

  private static let makeTables = #"""
    rng = np.random.default_rng(5)
    cases = []
    for index in range(160):
        penalty = ["none", "l2", "l1", "elasticnet"][index % 4]
        wide = rng.random() < .25
        n = int(rng.choice([2, 8, 12, 20])) if wide else int(rng.choice([40, 150, 400, 1100]))
        p = int(rng.integers(n, n + 25)) if wide else int(rng.integers(1, 9))
        frame, y = {}, rng.normal(size=n) * rng.choice([.1, 1, 5])
        for j in range(p):
            x = rng.normal(size=n) * rng.choice([.2, 1, 3]) + rng.normal() * rng.choice([0, 10])
            x = np.round(x, 3)
            y = y + x * rng.normal() * (rng.random() < .7)
            if rng.random() < .15: x[rng.random(n) < .2] = np.nan
            if np.isnan(x).all(): x[0] = 1.0
            frame["x%d" % j] = x
        if rng.random() < .35:
            frame["twice"] = 2 * frame["x0"]
            if p > 1: frame["sum"] = np.nan_to_num(frame["x0"]) + np.nan_to_num(frame["x1"])
        if rng.random() < .3: frame["same"] = np.full(n, 7.0)
        if rng.random() < .4:
            words = np.array(["red", "green", "blue", "été"])
            pick = rng.integers(0, 4, n)
            c = words[pick].astype(object)
            if rng.random() < .5: c[rng.random(n) < .1] = None
            y = y + rng.normal(size=4)[pick]
            frame["c"] = c
        case = {"penalty": penalty}
        if rng.random() < .4:
            w = np.round(rng.random(n) * 3, 2); w[rng.random(n) < .1] = 0; w[0] = 1.5
            frame["w"] = w
            case["weight"] = "w"
        frame["y"] = np.round(y, 4) if rng.random() < .95 else np.full(n, 2.5)
        if rng.random() < .25: case["fit_intercept"] = "false"
        if rng.random() < .25: case["standardize"] = "true"
        if penalty != "none": case["alpha"] = repr(float(rng.choice([.01, .1, 1, 10]) if penalty == "l2" else rng.choice([.01, .05, .2])))
        if penalty == "elasticnet": case["l1_ratio"] = repr(float(rng.choice([.1, .5, .9, 1])))
        if penalty in ("l1", "elasticnet"):
            case["tol"] = "1e-13"; case["max_iter"] = "10000"
            if rng.random() < .2: case["positive"] = "true"
            if rng.random() < .2: case["selection"] = "random"
            # Of equal columns no coefficient is the only one.
            if penalty == "l1": [frame.pop(k, None) for k in ("twice", "sum")]
            if penalty == "l1" and wide: frame = {k: v for i, (k, v) in enumerate(frame.items()) if i < 3 or k in ("y", "w")}
        if penalty in ("l1", "elasticnet") and case.get("fit_intercept") == "false":
            # Large means make all columns alike, and coordinates creep.
            for k, v in frame.items():
                if k[0] == "x" and np.nanstd(v) > 0: frame[k] = np.round(v - np.nanmean(v), 3)
            [frame.pop(k, None) for k in ("twice", "sum")]
        pd.DataFrame(frame).to_csv("%s/%d.csv" % (folder, index), index=False)
        cases.append(case)
    json.dump(cases, open(folder + "/cases.json", "w"))
    json.dump(cases, open(folder + "/result.json", "w"))
    """#

  private static let compare = #"""
    out = []
    for index, case in enumerate(json.load(open(folder + "/cases.json"))):
        table = pd.read_csv("%s/%d.csv" % (folder, index))
        own = json.load(open("%s/model-%d/own.json" % (folder, index)))
        predictions = pd.read_csv("%s/model-%d/predictions.csv" % (folder, index))["y"].values
        y = table["y"].values
        w = table["w"].values if "weight" in case else None
        intercept, standard = case.get("fit_intercept") != "false", case.get("standardize") == "true"
        columns, names, scales, means = [], [], [], []
        for name in table.columns:
            if name in ("y", "w"): continue
            column = table[name]
            if pd.api.types.is_numeric_dtype(column):
                if column.isna().all(): continue
                mean = column.mean()
                x = column.fillna(mean).values
                if column.dropna().nunique() == 1 and (intercept or standard): continue
                deviation = column.dropna().std(ddof=0) if standard else 1
                columns.append((x - mean) / deviation if standard else x)
                names.append(name); scales.append(deviation); means.append(mean if standard else 0)
            else:
                words = sorted(column.dropna().unique()) + ([None] if column.isna().any() else [])
                if len(words) < 2: continue
                for word in words:
                    columns.append((column.isna() if word is None else column == word).astype(float).values)
                    names.append("%s=%s" % (name, word or "")); scales.append(1); means.append(0)
        X = np.column_stack(columns)
        assert list(own["columns"]) == names, (index, list(own["columns"]), names)
        n, p = X.shape
        kind, alpha, ratio = case["penalty"], float(case.get("alpha", 1)), float(case.get("l1_ratio", .5))
        cd = dict(tol=1e-13, max_iter=200000, positive=case.get("positive") == "true", fit_intercept=intercept)
        model = {
            "none": lambda: LinearRegression(fit_intercept=intercept, tol=10 * max(n, p) * np.finfo(float).eps),
            "l2": lambda: Ridge(alpha=alpha, fit_intercept=intercept, solver="svd"),
            "l1": lambda: Lasso(alpha=alpha, **cd),
            "elasticnet": lambda: ElasticNet(alpha=alpha, l1_ratio=ratio, **cd),
        }[kind]().fit(X, y, sample_weight=w)
        coefficients = model.coef_ / np.array(scales)
        constant = model.intercept_ - (coefficients * np.array(means)).sum()
        ours = np.array(list(own["columns"].values()))
        def objective(c, b):
            r = y - X @ (c * np.array(scales)) - (b + (c * np.array(means)).sum())
            v = np.ones(n) if w is None else w
            c = c * np.array(scales)
            if kind == "none": return (v * r * r).sum()
            if kind == "l2": return (v * r * r).sum() + alpha * (c * c).sum()
            l1 = alpha * (1 if kind == "l1" else ratio)
            return (v * r * r).sum() / v.sum() / 2 + l1 * np.abs(c).sum() + (alpha - l1) / 2 * (c * c).sum()
        # A flat minimum of the lasso leaves coefficients free: then their value must do.
        size = max(1, np.abs(coefficients).max())
        centred = X - (np.average(X, axis=0, weights=w) if intercept else 0)
        if w is not None: centred = centred * np.sqrt(w)[:, None]
        rank = np.linalg.matrix_rank(centred)
        flat = kind in ("l1", "elasticnet") and (kind == "l1" or ratio == 1) and rank < p
        best = objective(coefficients, constant)
        out.append({
            "coefficients": 0 if flat else np.abs(coefficients - ours).max() / size,
            "intercept": 0 if flat else abs(constant - own["intercept"]) / max(1, abs(constant)),
            "predictions": np.abs(model.predict(X) - predictions).max() / max(1, np.abs(y).max()),
            "objective": max(0, objective(ours, own["intercept"]) - best) / max(1, best),
            "deficient": bool(rank < p) and kind == "none",
        })
    json.dump(out, open(folder + "/result.json", "w"), default=float)
    """#
}
