import Compute
import Formats
import Learning
import Platform
import Support
import SystemPackage
import Testing

@Suite("Logistic regression against scikit-learn") struct LearningLogisticTests {
  /// Each row of the table is trained on by both, so that both see the same matrix.
  @Test("coefficients agree to 1e-5 and losses to 1e-8, on penguins and 40 generated tables")
  func agrees() async throws {
    let folder = try TemporaryFolder()
    let root = FilePath(#filePath).removingLastComponent().removingLastComponent()
      .removingLastComponent()
    let penguins = root.appending("project-examples/penguins/data/penguins.csv")
    try FileSystem.write(try FileSystem.read(penguins), to: folder.path.appending("0.csv"))
    let cases = try #require(
      try Peer.run(Self.script(Self.makeTables), in: folder).array)
    #expect(cases.count == 41)
    for (index, options) in cases.enumerated() {
      let output = folder.path.appending("model-\(index)")
      try FileSystem.createDirectory(output)
      var values = ["test_fraction": "0", "tolerance": "1e-10", "max_iterations": "20000"]
      for member in options.members ?? [] { values[member.key] = member.value.string }
      let result = try await LogisticTrainer().train(
        TrainingJob(
          values: values, inputs: [folder.path.appending("\(index).csv")], folder: folder.path,
          output: output), reporting: SilentObserver())
      #expect(result.ending == .converged, "\(index)")
      let loss = try #require(result.metrics.first { $0.name == "train_log_loss" })
      try FileSystem.write("\(loss.value)", to: output.appending("loss"))
      let predictions = try predict(
        model: result.models[0].path, data: folder.path.appending("\(index).csv"))
      try FileSystem.write(predictions.csv(labels: true), to: output.appending("predictions.csv"))
    }
    let verdicts = try #require(try Peer.run(Self.script(Self.compare), in: folder).array)
    #expect(verdicts.count == cases.count)
    for (index, verdict) in verdicts.enumerated() {
      for (name, limit) in [
        ("encoding", 1e-12), ("coefficients", 1e-5), ("objective", 1e-8), ("log_loss", 1e-8),
        ("probabilities", 1e-6),
      ] {
        let difference = try #require(verdict[name]?.number, "\(index) \(name)")
        #expect(difference <= limit, "table \(index): \(name)")
      }
      #expect(verdict["labels"]?.int == 0, "table \(index): labels that differ")
    }
  }

  private static func script(_ body: String) -> String { shared + body }

  private static let shared = #"""
    import json, math, random
    import numpy as np, pandas as pd
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import log_loss

    """#

  private static let makeTables = #"""
    rng = np.random.default_rng(11)
    cases = [{"target": "species", "l2": "1.0"}]
    for index in range(1, 41):
        n = int(rng.choice([30, 120, 400, 1000]))
        classes = int(rng.choice([2, 2, 3, 5]))
        numeric, categorical = int(rng.integers(1, 8)), int(rng.integers(0, 4))
        frame, score = {}, np.zeros((n, classes))
        for j in range(numeric):
            x = rng.normal(size=n) * 10 ** rng.uniform(-3, 4) + rng.normal() * 100
            z = (x - x.mean()) / x.std()
            score += z[:, None] * rng.normal(size=classes)
            if rng.random() < .3: x = np.round(x)
            x = x.astype(float)
            if rng.random() < .4: x[rng.random(n) < .15] = np.nan
            frame["x%d" % j] = x
        for j in range(categorical):
            words = np.array(["red", "green", "blue", "été", "日本", "a,b"])[: int(rng.integers(2, 7))]
            pick = rng.integers(0, len(words), n)
            score += rng.normal(size=(len(words), classes))[pick]
            c = words[pick].astype(object)
            if rng.random() < .4: c[rng.random(n) < .1] = None
            frame["c%d" % j] = c
        if rng.random() < .3: frame["flag"] = rng.random(n) < .4
        score += rng.gumbel(size=(n, classes)) * rng.choice([.3, 1, 3])
        label = score.argmax(axis=1)
        label[:classes] = np.arange(classes)
        frame["y"] = label if rng.random() < .3 else np.array(["no", "yes", "Maybe", "zzz", "été"])[label]
        pd.DataFrame(frame).to_csv("%s/%d.csv" % (folder, index), index=False)
        cases.append({"target": "y", "l2": repr(float(rng.choice([.01, .1, 1, 10, 1.7])))})
    json.dump(cases, open(folder + "/cases.json", "w"))
    json.dump(cases, open(folder + "/result.json", "w"))
    """#

  /// Builds the matrix independently from the table, fits scikit-learn on it, and compares
  /// everything that the model's file and its predictions say.
  private static let compare = #"""
    out = []
    for index, case in enumerate(json.load(open(folder + "/cases.json"))):
        table = pd.read_csv("%s/%d.csv" % (folder, index))
        model = json.load(open("%s/model-%d/model.json" % (folder, index)))
        target, l2 = case["target"], float(case["l2"])
        columns, encoding = [], 0.0
        # Columns that are the same everywhere are left out.
        features = [c for c in table.columns if c != target and table[c].nunique(dropna=pd.api.types.is_numeric_dtype(table[c])) > 1]
        assert [f["name"] for f in model["features"]] == features, (index, features)
        for feature in model["features"]:
            column = table[feature["name"]]
            if pd.api.types.is_numeric_dtype(column):
                x = column.astype(float)
                x = x.fillna(x.mean())
                mean, scale = x.mean(), math.sqrt(((column.astype(float).dropna() - x.mean()) ** 2).mean())
                encoding = max(encoding, abs(feature["mean"] - mean) / max(1, abs(mean)), abs(feature["scale"] / scale - 1))
                columns.append((x - mean) / scale)
            else:
                words = sorted(column.dropna().unique())
                assert feature["categories"] == words, (index, feature)
                assert feature["missing"] == bool(column.isna().any()), (index, feature)
                for word in words: columns.append((column == word).astype(float))
                if feature["missing"]: columns.append(column.isna().astype(float))
        X = np.column_stack(columns)
        keep = table[target].notna()
        X, y = X[keep], table[target][keep].astype(str)
        classes = sorted(y.unique())
        assert model["classes"] == classes, (index, model["classes"])
        best = None
        ours_w = np.array(model["coefficients"]); ours_b = np.array(model["intercepts"])
        def objective(w, b):
            z = X @ w.T + b
            if len(classes) == 2: z = np.column_stack([np.zeros(len(z)), z[:, 0]])
            z = z - z.max(axis=1, keepdims=True)
            own = z[np.arange(len(z)), [classes.index(v) for v in y]]
            return (np.log(np.exp(z).sum(axis=1)) - own).mean() + l2 / 2 / len(z) * (w ** 2).sum()
        # lbfgs as asked, gone on with Newton's method when it stopped before the gradient was small.
        peers = [LogisticRegression(C=1 / l2, tol=1e-10, max_iter=20000, solver=s).fit(X, y) for s in ("lbfgs", "newton-cholesky")]
        peer = min(peers, key=lambda p: objective(p.coef_, p.intercept_))
        # Intercepts of several classes may all be shifted alike.
        shift = lambda b: b - b.mean() if len(b) > 1 else b
        predictions = pd.read_csv("%s/model-%d/predictions.csv" % (folder, index))[keep.values]
        theirs = peer.predict_proba(X)
        probabilities = predictions[["p(%s)" % c for c in classes]].values
        clear = np.sort(theirs, axis=1)[:, -1] - np.sort(theirs, axis=1)[:, -2] > 1e-6
        labels = predictions[target].astype(str).values
        out.append({
            "encoding": encoding,
            "coefficients": max(np.abs(peer.coef_ - ours_w).max(), np.abs(shift(peer.intercept_) - shift(ours_b)).max()),
            "lbfgs": np.abs(peers[0].coef_ - ours_w).max(),
            "objective": max(abs(objective(p.coef_, p.intercept_) - objective(ours_w, ours_b)) for p in peers),
            "log_loss": abs(log_loss(y, peer.predict_proba(X)) - float(open("%s/model-%d/loss" % (folder, index)).read())),
            "probabilities": np.abs(theirs - probabilities).max(),
            "labels": int((labels[clear] != peer.predict(X)[clear]).sum()),
        })
    json.dump(out, open(folder + "/result.json", "w"), default=float)
    """#
}
