import Formats
import Learning
import Platform
import Support
import SystemPackage
import Testing

@Suite("Sparse logistic regression against scikit-learn") struct LearningSparseLogisticInterop {
  /// saga's and ours are compared by what they minimise: where columns depend on each other the
  /// coefficients are not the only ones.
  @Test("the minimum of 24 generated tables is at least as low, to 1e-7") func agrees() async throws
  {
    let folder = try TemporaryFolder()
    let cases = try #require(try Peer.run(Self.shared + Self.makeTables, in: folder).array)
    #expect(cases.count == 24)
    for (index, example) in cases.enumerated() {
      let output = folder.path.appending("model-\(index)")
      try FileSystem.createDirectory(output)
      var values = [
        "target": "y", "test_fraction": "0", "tolerance": "1e-8", "max_iterations": "20000",
      ]
      for member in example.members ?? [] { values[member.key] = member.value.string }
      let result = try await LogisticTrainer().train(
        TrainingJob(
          values: values, inputs: [folder.path.appending("\(index).csv")], folder: folder.path,
          output: output), reporting: SilentObserver())
      #expect(result.ending == .converged, "\(index)")
    }
    let verdicts = try #require(try Peer.run(Self.shared + Self.compare, in: folder).array)
    #expect(verdicts.count == cases.count)
    var zeros = 0.0
    for (index, verdict) in verdicts.enumerated() {
      let excess = try #require(verdict["excess"]?.number, "\(index)")
      #expect(excess <= 1e-7, "table \(index), \(cases[index].text())")
      let difference = try #require(verdict["coefficients"]?.number, "\(index)")
      #expect(difference <= 1e-3, "table \(index), \(cases[index].text())")
      zeros += verdict["zeros"]?.number ?? 0
    }
    #expect(zeros > 20, "\(zeros)")
  }

  private static let shared = #"""
    import json
    import numpy as np, pandas as pd
    from sklearn.linear_model import LogisticRegression

    """#

  private static let makeTables = #"""
    rng = np.random.default_rng(21)
    cases = []
    for index in range(24):
        n, p, classes = int(rng.choice([40, 150, 300])), int(rng.integers(2, 8)), int(rng.choice([2, 2, 3]))
        X = rng.normal(size=(n, p)) * rng.choice([.5, 1, 4], size=p)
        score = X @ (rng.normal(size=(p, classes)) * (rng.random((p, 1)) < .5)) + rng.gumbel(size=(n, classes))
        label = score.argmax(axis=1); label[:classes] = np.arange(classes)
        frame = {"x%d" % j: X[:, j] for j in range(p)}
        frame["y"] = np.array(["a", "b", "c"])[label]
        pd.DataFrame(frame).to_csv("%s/%d.csv" % (folder, index), index=False)
        l1, l2 = float(rng.choice([.5, 2, 8])), float(rng.choice([0, 0, 1]))
        cases.append({"l1": repr(l1), "l2": repr(l2)})
    json.dump(cases, open(folder + "/cases.json", "w"))
    json.dump(cases, open(folder + "/result.json", "w"))
    """#

  private static let compare = #"""
    out = []
    for index, case in enumerate(json.load(open(folder + "/cases.json"))):
        table = pd.read_csv("%s/%d.csv" % (folder, index))
        model = json.load(open("%s/model-%d/model.json" % (folder, index)))
        l1, l2 = float(case["l1"]), float(case["l2"])
        X = table.drop(columns="y").values
        X = (X - X.mean(axis=0)) / X.std(axis=0)
        classes = model["classes"]
        own = np.array([classes.index(v) for v in table["y"]])
        def objective(w, b):
            z = X @ w.T + b
            if len(classes) == 2: z = np.column_stack([np.zeros(len(z)), z[:, 0]])
            z = z - z.max(axis=1, keepdims=True)
            loss = (np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), own]).sum()
            return (loss + l1 * np.abs(w).sum() + l2 / 2 * (w ** 2).sum()) / len(z)
        ours_w, ours_b = np.array(model["coefficients"]), np.array(model["intercepts"])
        peer = LogisticRegression(C=1 / (l1 + l2), l1_ratio=l1 / (l1 + l2), solver="saga", tol=1e-8, max_iter=20000, random_state=0)
        peer.fit(X, table["y"])
        out.append({
            "excess": objective(ours_w, ours_b) - objective(peer.coef_, peer.intercept_),
            "coefficients": np.abs(ours_w - peer.coef_).max(),
            "zeros": int((ours_w == 0).sum()),
        })
    json.dump(out, open(folder + "/result.json", "w"), default=float)
    """#
}
