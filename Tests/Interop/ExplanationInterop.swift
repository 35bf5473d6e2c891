import Compute
import Formats
import Learning
import Support
import SystemPackage
import Testing

@Suite("Explanations against XGBoost and LightGBM") struct ExplanationInterop {
  @Test("shares of boosted trees are the libraries' own") func boosted() throws {
    let folder = try TemporaryFolder()
    let cases = try #require(try Peer.run(Self.script, in: folder).array)
    #expect(cases.count == 30)
    var compared = 0
    for expected in cases {
      let name = try #require(expected["name"]?.string)
      let model = try BoostedModel(
        reading: folder.path.appending(#require(expected["file"]?.string)))
      let rows = try #require(expected["rows"]?.array)
      let columns = model.features.indices.map { feature in
        rows.map { $0.array?[feature].number ?? .nan }
      }
      let ours = try TreeExplanation(model).shares(
        FeatureMatrix(columns: columns, features: model.features), on: WorkerPool(threads: 1))
      let theirs = try #require(expected["shares"]?.array).compactMap(\.number)
      try #require(ours.count == theirs.count, "\(name)")
      let difference = zip(ours, theirs).map { ($0 - $1).magnitude / max(1, $1.magnitude) }.max()
      // XGBoost adds up floats.
      let bound = model.flavour == .xgboost ? 2e-5 : 1e-11
      #expect(difference ?? 1 < bound, "\(name): \(difference ?? .nan)")
      compared += ours.count
    }
    #expect(compared > 10_000)
  }

  /// Two numbers with holes, one of few values, two columns of categories; in the rows that are explained there are
  /// categories that no tree has seen.
  private static let script = #"""
    import json, os
    os.environ["OMP_NUM_THREADS"] = "1"
    import numpy as np, xgboost as xgb, lightgbm as lgb
    TYPES = ["q", "q", "q", "c", "c"]
    def rows(n, seed, categories):
        rng = np.random.default_rng(seed)
        X = rng.normal(size=(n, 5)).astype("f4")
        X[:, 2] = np.round(X[:, 2] * 2)
        X[:, 3], X[:, 4] = rng.integers(0, 3, n), rng.integers(0, categories, n)
        X[rng.random(X.shape) < .15] = np.nan
        return X
    X, T = rows(700, 1, 30), rows(60, 2, 34)
    Z = np.nan_to_num(X)
    y = Z[:, 0] * 2 - Z[:, 1] ** 2 + (Z[:, 3] == 1) * 1.5 + (Z[:, 4] % 3 == 0)
    two, three, counts = (y > 0) * 1.0, np.digitize(y, [-1, 1]) * 1.0, np.maximum(np.round(y + 4), 0)
    out = []
    def add(name, file, shares):
        out.append({"name": name, "file": file, "shares": np.ravel(shares).tolist(),
                    "rows": [[None if v != v else float(v) for v in row] for row in T]})
    for depth in [2, 6, 9]:
        for objective, labels, more in [
            ("reg:squarederror", y, {}), ("binary:logistic", two, {}), ("multi:softprob", three, {"num_class": 3}),
            ("count:poisson", counts, {}), ("reg:squarederror", y, {"booster": "dart", "rate_drop": .3})]:
            P = {"objective": objective, "max_depth": depth, "seed": 1, "nthread": 1, **more}
            D = lambda X, y=None: xgb.DMatrix(X, y, feature_types=TYPES, enable_categorical=True)
            model = xgb.train(P, D(X, labels), 12)
            name = f"{len(out)}.json"
            model.save_model(folder + "/" + name)
            add(f"xgboost {P}", name, model.predict(D(T), pred_contribs=True))
        for objective, labels, more in [
            ("regression", y, {}), ("binary", two, {}), ("multiclass", three, {"num_class": 3}),
            ("poisson", counts, {}), ("regression", y, {"zero_as_missing": True})]:
            P = {"objective": objective, "num_leaves": 2 ** depth, "min_data_in_leaf": 3, "verbose": -1, "seed": 1,
                 "num_threads": 1, "min_data_per_group": 5, **more}
            model = lgb.train(P, lgb.Dataset(X, labels, categorical_feature=[3, 4]), 12)
            name = f"{len(out)}.txt"
            model.save_model(folder + "/" + name)
            add(f"lightgbm {P}", name, model.predict(T.astype("f8"), pred_contrib=True))
    json.dump(out, open(folder + "/result.json", "w"))
    """#
}
